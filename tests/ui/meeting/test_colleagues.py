"""Colleagues in the dialog: invited by name, never mixed with clients, and their time heeded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from desktop.domain.account import Capabilities
from desktop.domain.availability import BusyTime, Taken
from desktop.domain.errors import OfflineError, Refusal, RefusedError
from desktop.domain.event import Attendee, Participation, Recording
from desktop.domain.ids import RecordKind, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.sync.pull_busy import week_span, weeks_of
from desktop.store.cache import CacheTables
from tests.builders import NOW, make_event, make_user
from tests.ui.meeting.conftest import ALEX, CRM, FORECAST, Desk, Opener, at
from tests.ui.waiting import until

ME, BORIS, VERA = UserId("a1:7"), UserId("a1:8"), UserId("a1:9")
ABLE = replace(CRM, capabilities=Capabilities(responsible=True, attendees=True, free_busy=True))


class Portal:
    """What the server says of colleagues' time; ``error`` instead of an answer."""

    def __init__(self) -> None:
        self.busy: dict[UserId, tuple[BusyTime, ...]] = {BORIS: (), VERA: ()}
        self.error: Exception | None = None
        self.asked: list[tuple[UserId, ...]] = []
        self.desk: Any = None

    async def read(self, users: tuple[UserId, ...], span: TimeSpan) -> None:
        self.asked.append(users)
        if self.error is not None:
            raise self.error

        def write(cache: CacheTables) -> None:
            for user in users:
                for week in weeks_of(span):
                    times = self.busy[user]
                    inside = [one for one in times if one.span.overlaps(week_span(week))]
                    cache.busy.put(ABLE.id, user, week, inside, self.desk.house.clock())

        await self.desk.house.files.cache.write(write)


@asynccontextmanager
async def opened(
    open_desk: Opener, portal: Portal | None = None, **more: Any
) -> AsyncIterator[Desk]:
    portal = portal or Portal()
    async with open_desk(account=ABLE, **more, busy=portal) as desk:
        portal.desk = desk
        users = [make_user(ME, "Anna Titova"), make_user(BORIS, "Boris Orlov")]
        users.append(make_user(VERA, "Vera Kim", email="vera@acme.example"))
        await desk.house.files.cache.write(lambda cache: cache.users.replace(ABLE.id, users))
        yield desk


def more_open(desk: Desk) -> None:
    if not desk.dialog.form.more.opened:
        desk.press("meetingMore")


def invite(desk: Desk, text: str) -> None:
    more_open(desk)
    line = desk.line("meetingAttendeeSearch")
    line.setFocus()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


async def answered(desk: Desk) -> None:
    """Until the server was asked about colleagues, and has answered."""
    watch = desk.page.clashes.busy
    await until(lambda: not watch.waiting and not watch.known.asking)
    for _answer in range(3):  # what is known again, then what is in the way
        await desk.settle()


async def test_a_colleague_is_invited_by_typing_a_name_and_enter(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)

        invite(desk, "orl")

        assert desk.draft.attendees == (BORIS,)
        assert desk.draft.contacts == (ALEX.id,)
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert [(one.user, one.participation) for one in event.attendees] == [
            (ME, Participation.ORGANIZER),
            (BORIS, Participation.NEEDS_ACTION),
        ]
        assert (event.record, event.recorded_as) == (RecordKind.EVENT, Recording.EVENT)


async def test_the_list_has_colleagues_only_and_neither_me_nor_who_is_invited(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        more_open(desk)
        picker = desk.dialog.form.more.colleagues.picker
        picker.line.setFocus()

        QTest.keyClick(picker.line, Qt.Key.Key_Down)
        assert [one.id for one in picker._found.users()] == [BORIS, VERA]
        QTest.keyClick(picker.line, Qt.Key.Key_Return)
        QTest.keyClick(picker.line, Qt.Key.Key_Down)
        assert [one.id for one in picker._found.users()] == [VERA]
        QTest.keyClicks(picker.line, "vron")
        assert picker._found.users() == ()
        assert picker.list_open


async def test_a_chip_goes_by_backspace(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        invite(desk, "vera@")
        invite(desk, "boris")

        QTest.keyClick(desk.line("meetingAttendeeSearch"), Qt.Key.Key_Backspace)

        assert desk.draft.attendees == (VERA,)


async def test_a_name_that_is_nobody_keeps_the_dialog_open_and_says_so(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        more_open(desk)
        QTest.keyClicks(desk.line("meetingAttendeeSearch"), "zzz")

        desk.save_by_keys()
        await desk.settle()

        assert desk.page.is_open
        assert "zzz" in desk.dialog.form.more.colleagues.note.text()


async def test_a_sentence_says_that_guests_make_it_a_calendar_event(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        more_open(desk)
        why = desk.dialog.form.more.colleagues.why
        assert why.isHidden()

        invite(desk, "boris")

        assert "calendar event" in why.text()
        assert "Alex Vronsky" in why.text()


@pytest.mark.parametrize(
    ("able", "words"),
    [
        (Capabilities(missing_scopes=("user",)), "permission: user"),
        (Capabilities(), "does not let you invite"),
    ],
)
async def test_where_nobody_can_be_invited_it_says_why(open_desk: Opener, able, words):
    async with open_desk(account=replace(CRM, capabilities=able)) as desk:
        await desk.open_new(contact=ALEX)
        more_open(desk)
        field = desk.dialog.form.more.colleagues
        assert field.picker.isHidden()
        assert words in field.why.text()


async def test_a_meeting_that_is_an_activity_keeps_what_only_events_have_out(open_desk: Opener):
    kept = make_event("e7", "Demo", at(11, 12), record=RecordKind.ACTIVITY, contacts=(ALEX.id,))
    async with opened(open_desk, events=(kept,)) as desk:
        await desk.open_event("e7")
        more_open(desk)
        field = desk.dialog.form.more.colleagues
        assert field.picker.isHidden()
        assert "activity" in field.why.text()
        assert not desk.find(QComboBox, "meetingShownAs").isVisible()


async def test_out_of_office_and_private_are_kept_and_shown_again(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingTitle", "Dentist")
        more_open(desk)
        box = desk.find(QComboBox, "meetingShownAs")
        box.setCurrentIndex(2)
        box.activated.emit(2)
        desk.find(QCheckBox, "meetingPrivate").click()
        desk.save_by_keys()
        await until(lambda: desk.booked)

        event = await desk.event(desk.booked[0])
        assert (event.busy, event.away, event.private) == (True, True, True)
        await desk.open_event(event.id)
        assert box.currentData() == (True, True)
        assert desk.find(QCheckBox, "meetingPrivate").isChecked()


async def test_who_is_busy_is_named_and_the_free_slots_suit_all(open_desk: Opener):
    portal = Portal()
    portal.busy[BORIS] = (BusyTime(at(11, 12).in_zone(UTC)),)
    portal.busy[VERA] = (BusyTime(at(12, 13).in_zone(UTC)),)
    async with opened(open_desk, portal) as desk:
        await desk.open_new(at(11, 12), ALEX)
        invite(desk, "boris")
        invite(desk, "vera")
        await answered(desk)

        banner = desk.dialog.form.conflict
        assert banner.text() == "Boris is busy 11:00 – 12:00"
        assert [chip.value() for chip in banner.chips()] == ["13:00", "14:00", "17:00"]
        assert portal.asked == [(BORIS, VERA)]


async def test_away_and_perhaps_have_words_of_their_own(open_desk: Opener):
    portal = Portal()
    day = TimeSpan(at(0, 1).start, at(0, 1).start + timedelta(days=1)).in_zone(UTC)
    portal.busy[BORIS] = (BusyTime(day, Taken.AWAY),)
    portal.busy[VERA] = (BusyTime(at(11, 12).in_zone(UTC), Taken.TENTATIVE),)
    async with opened(open_desk, portal) as desk:
        await desk.open_new(at(11, 12), ALEX)
        invite(desk, "boris")
        invite(desk, "vera")
        await answered(desk)

        text = desk.dialog.form.conflict.text()
        assert text == "Boris is out of office all day. Vera may be busy 11:00 – 12:00"


@pytest.mark.parametrize("error", [OfflineError(), RefusedError(Refusal.FORBIDDEN)])
async def test_what_could_not_be_asked_is_unknown_and_no_slot_is_called_free(
    open_desk: Opener, error
):
    portal = Portal()
    async with opened(open_desk, portal) as desk:
        old = NOW - timedelta(hours=3)
        await desk.open_new(at(11, 12), ALEX)

        def known(cache: CacheTables) -> None:
            for week in weeks_of(TimeSpan(at(0, 1).start, at(0, 1).start + timedelta(days=21))):
                cache.busy.put(ABLE.id, BORIS, week, (), old)
                cache.busy.put(ABLE.id, BORIS, week - 7, (), old)

        await desk.house.files.cache.write(known)
        portal.error = error
        invite(desk, "boris")
        await answered(desk)

        banner = desk.dialog.form.conflict
        assert banner.text() == "Boris: unknown since 08:00"
        assert banner.chips() == ()
        assert "unknown since 08:00" in desk.find(QLabel, "meetingBusyAge").text()
        assert desk.dialog.panel.strip._stage.busy.unknown


async def test_nobody_ever_told_is_not_known(open_desk: Opener):
    portal = Portal()
    portal.error = OfflineError()
    async with opened(open_desk, portal) as desk:
        await desk.open_new(at(11, 12), ALEX)
        invite(desk, "vera")
        await answered(desk)
        assert desk.dialog.form.conflict.text() == "When Vera can come is not known"


async def test_the_server_is_asked_once_after_the_last_change_and_never_after_closing(
    open_desk: Opener,
):
    portal = Portal()
    async with opened(open_desk, portal) as desk:
        await desk.open_new(at(11, 12), ALEX)
        invite(desk, "boris")
        invite(desk, "vera")
        for hour in (13, 14, 15):
            desk.page.editor.set_when(at(hour, hour + 1))
        await answered(desk)
        assert portal.asked == [(BORIS, VERA)]

        invite(desk, "")  # nobody more
        desk.page.editor.remove_colleague(VERA)
        desk.page._close()
        assert not desk.page.clashes.busy.waiting
        await asyncio.sleep(0)
        assert len(portal.asked) == 1


async def test_the_meeting_that_is_changed_does_not_hinder_its_own_guests(open_desk: Opener):
    portal = Portal()
    portal.busy[BORIS] = (BusyTime(at(11, 12).in_zone(UTC)),)
    mine = Attendee(ME, participation=Participation.ORGANIZER)
    kept = make_event("e7", "Plan", at(11, 12), attendees=(mine, Attendee(BORIS)), organizer=ME)
    async with opened(open_desk, portal, events=(kept, FORECAST)) as desk:
        await desk.open_event("e7")
        await answered(desk)
        assert desk.dialog.form.conflict.text() == ""

        desk.page.editor.set_when(at(11.5, 12.5))
        await answered(desk)
        assert desk.dialog.form.conflict.text() == ""


async def test_another_account_has_other_colleagues(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        invite(desk, "boris")

        desk.page.editor.set_calendar(
            next(
                one.id
                for one in desk.page.editor.surroundings.calendars
                if one.account_id != ABLE.id
            )
        )

        assert desk.draft.attendees == ()


async def test_a_busy_stretch_is_said_to_who_cannot_see_it(open_desk: Opener):
    portal = Portal()
    portal.busy[BORIS] = (BusyTime(at(13, 14).in_zone(UTC)),)
    async with opened(open_desk, portal) as desk:
        await desk.open_new(at(11, 12), ALEX)
        invite(desk, "boris")
        await answered(desk)
        said = desk.dialog.panel.strip.accessibleDescription()
        assert "Boris Orlov: busy 13:00 – 14:00" in said


async def test_the_line_stays_in_sight_when_the_chips_need_another_row(open_desk: Opener):
    async with opened(open_desk) as desk:
        await desk.open_new(contact=ALEX)
        desk.dialog.resize(620, 420)
        desk.dialog.activateWindow()
        for name in ("orl", "kim"):
            invite(desk, name)
            await desk.settle()

        line = desk.line("meetingAttendeeSearch")
        shown = [line]
        await until(lambda: not shown[0].visibleRegion().isEmpty())
        assert line.visibleRegion().boundingRect().height() == line.height()
