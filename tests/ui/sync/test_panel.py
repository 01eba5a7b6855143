"""The panel over a real outbox: what the user decides there becomes durable."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.account import User
from desktop.domain.errors import Refusal
from desktop.domain.ids import OpId, RecordKind, UserId
from desktop.domain.sync import (
    AttentionItem,
    Conflict,
    OpState,
    OutboxEntry,
    SyncPhase,
    SyncStatus,
    Verb,
)
from desktop.services.outbox import OutboxService
from desktop.services.sync.delivery_values import Reason
from desktop.services.sync.recorder import Wish
from desktop.ui.sync.conflict_sheet import ConflictSheet
from desktop.ui.sync.panel import SyncPanel
from tests.builders import MOSCOW, make_event
from tests.services.house import CRM
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.children import child
from tests.ui.waiting import until


@pytest.fixture
def doorman(qapp: object, tmp_path: Path) -> Doorman:
    return Doorman(tmp_path / "profile")


async def make_waiting(rooms: Rooms, state: OpState = OpState.QUEUED, reason: str = "") -> OpId:
    """A change of the CRM account that stands in ``state``."""
    event = make_event("e1", "Demo", calendar="a1:cal")
    wish = Wish(RecordKind.EVENT, Verb.CREATE, CRM.id, event.id, event)
    (entry,) = await rooms.house.recorder.record([wish])
    moved = replace(entry, state=state, reason=reason)
    await rooms.house.files.own.write(lambda own: own.outbox.update(moved))
    return entry.op_id


async def entry_of(rooms: Rooms, op_id: OpId) -> OutboxEntry:
    entry = await rooms.house.files.own.read(lambda own: own.outbox.get(op_id))
    assert entry is not None
    return entry


async def open_panel(qtbot: QtBot, rooms: Rooms, rows: int = 1) -> SyncPanel:
    house = rooms.house
    outbox = OutboxService(house.files, house.feed, house.clock)
    panel = SyncPanel(outbox, rooms.feed, rooms.tasks, MOSCOW)
    qtbot.addWidget(panel)
    panel.bring_up()
    await until(lambda: child(panel, QListView).model().rowCount() == rows)
    return panel


def press(panel: QWidget, text: str) -> None:
    next(b for b in panel.findChildren(QPushButton) if b.text() == text).click()


async def test_a_parked_change_is_sent_again(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        op_id = await make_waiting(rooms, OpState.PARKED, Refusal.INVALID.value)
        panel = await open_panel(qtbot, rooms)

        press(panel, "Send now")
        await until(lambda: "Waiting to be sent" in row_text(panel))

        assert (await entry_of(rooms, op_id)).state is OpState.QUEUED


async def test_a_discarded_change_leaves_the_list_and_the_screen(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        op_id = await make_waiting(rooms, OpState.PARKED, Refusal.INVALID.value)
        panel = await open_panel(qtbot, rooms)

        press(panel, "Discard")
        await until(lambda: child(panel, QListView).model().rowCount() == 0)

        assert (await entry_of(rooms, op_id)).state is OpState.DISCARDED
        assert "Nothing is waiting" in words(panel)


async def test_saying_that_it_arrived_ends_the_question(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        op_id = await make_waiting(rooms, OpState.ASK, Reason.NOT_PROVED)
        panel = await open_panel(qtbot, rooms)

        press(panel, "It is not there, send it")
        await until(lambda: "Did it arrive?" not in row_text(panel))

        assert (await entry_of(rooms, op_id)).state is OpState.QUEUED


async def test_a_conflict_is_decided_on_the_sheet(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        op_id = await make_waiting(rooms, OpState.CONFLICT, Reason.BOTH_CHANGED)
        seq = (await entry_of(rooms, op_id)).seq
        mine = make_event("e1", "Demo", calendar="a1:cal")
        theirs = replace(mine, summary="Demo, theirs", responsible=UserId("9"))
        boris = User(UserId("9"), CRM.id, "Boris Kern")
        await rooms.house.files.cache.write(lambda cache: cache.users.replace(CRM.id, [boris]))
        conflict = Conflict(seq, mine, mine, theirs)
        await rooms.house.files.own.write(lambda own: own.conflicts.put(conflict))
        panel = await open_panel(qtbot, rooms)

        press(panel, "Choose a version")
        await until(lambda: panel.findChild(ConflictSheet) is not None)
        sheet = child(panel, ConflictSheet)
        assert "Demo, theirs" in words(sheet)
        assert "Boris Kern" in words(sheet)
        press(sheet, "Keep theirs")
        await until(lambda: child(panel, QListView).model().rowCount() == 0)

        assert (await entry_of(rooms, op_id)).state.finished


async def test_an_attention_about_a_change_leads_to_its_row(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        op_id = await make_waiting(rooms, OpState.PARKED, Refusal.INVALID.value)
        panel = await open_panel(qtbot, rooms)
        item = AttentionItem("parked", CRM.id, op_id, "Demo", Refusal.INVALID.value)
        panel.show_status(SyncStatus(SyncPhase.ATTENTION, 1, attention=(item,)))

        press(panel, "Show")

        assert child(panel, QListView).currentIndex().row() == 0


async def test_an_attention_about_an_account_goes_out(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        panel = await open_panel(qtbot, rooms, 0)
        item = AttentionItem("sign in", CRM.id, summary="acme · Anna")
        panel.show_status(SyncStatus(SyncPhase.ATTENTION, attention=(item,)))

        with qtbot.waitSignal(panel.attention_acted) as told:
            press(panel, "Sign in")

        assert told.args == [item]


async def test_a_change_that_is_gone_meanwhile_is_told_in_the_panel(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        await make_waiting(rooms, OpState.PARKED, Refusal.INVALID.value)
        panel = await open_panel(qtbot, rooms)
        await rooms.house.files.own.write(lambda own: own.accounts.remove(CRM.id))

        press(panel, "Send now")

        await until(lambda: "not there any more" in " ".join(words(panel)))


async def test_a_new_change_appears_while_the_panel_is_open(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        panel = await open_panel(qtbot, rooms, 0)

        await make_waiting(rooms)

        await until(lambda: child(panel, QListView).model().rowCount() == 1)
        assert "New event" in row_text(panel)


def row_text(panel: SyncPanel) -> str:
    return str(child(panel, QListView).model().index(0, 0).data() or "")


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
