"""Every account with what it can do, and a way out that says what it costs."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.account import Account, AccountState, Capabilities
from desktop.domain.ids import AccountId, RecordKind
from desktop.domain.sync import AccountSync, Progress, SyncPhase, SyncStatus, Verb
from desktop.services.sync.recorder import Wish
from desktop.ui.accounts.account_card import AccountCard
from desktop.ui.accounts.accounts_dialog import AccountsDialog
from desktop.ui.accounts.exports import Export, file_name
from desktop.ui.accounts.removal_sheet import RemovalSheet
from desktop.ui.accounts.welcome_dialog import WelcomeDialog
from desktop.ui.interchange.import_dialog import ImportDialog
from tests.builders import MOSCOW, make_contact, make_event
from tests.services.house import CRM, LOCAL, LOCAL_CALENDAR
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.children import child
from tests.ui.waiting import until


async def open_accounts(qtbot: QtBot, rooms: Rooms) -> AccountsDialog:
    house = rooms.house
    dialog = AccountsDialog(
        house.accounts,
        rooms.interchange,
        house.schedule,
        rooms.feed,
        rooms.tasks,
        house.clock,
        MOSCOW,
    )
    qtbot.addWidget(dialog)
    dialog.bring_up()
    await until(lambda: any(card.isVisible() for card in dialog.findChildren(AccountCard)))
    return dialog


def card_of(dialog: AccountsDialog, account: Account) -> AccountCard:
    return next(c for c in dialog.findChildren(AccountCard) if c.account.id == account.id)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, widget: QWidget, name: str) -> None:
    qtbot.mouseClick(child(widget, QPushButton, name), Qt.MouseButton.LeftButton)


async def test_each_account_says_what_it_can_do(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        poor = Capabilities(create_events=False, calls=False, missing_scopes=("crm",))
        await rooms.house.add(replace(CRM, capabilities=poor))

        dialog = await open_accounts(qtbot, rooms)

        said = texts(card_of(dialog, CRM))
        assert "Can: see contacts" in said
        assert "Cannot: book meetings, book calls." in said
        assert "Ask for the scope crm." in said


async def test_an_account_that_lost_its_key_says_so_and_leads_to_a_new_one(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        await rooms.house.add(replace(CRM, state=AccountState.SIGN_IN))
        dialog = await open_accounts(qtbot, rooms)

        assert "sign in again" in texts(card_of(dialog, CRM))
        press(qtbot, card_of(dialog, CRM), "signInButton")

        assert child(dialog, WelcomeDialog).windowTitle() == "Sign in again"


async def test_progress_of_the_first_sync_has_numbers(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)

        progress = Progress(34, 200, "contacts")
        one = AccountSync(CRM.id, SyncPhase.SYNCING, progress)
        dialog.show_status(SyncStatus(SyncPhase.SYNCING, accounts=(one,)))

        assert "34 of 200" in texts(card_of(dialog, CRM))
        assert "34 of 200" not in texts(card_of(dialog, LOCAL))


async def test_removal_names_the_waiting_changes_first(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        event = make_event("e1", "Demo at <b>Acme</b>", calendar="a1:cal")
        wish = Wish(RecordKind.EVENT, Verb.CREATE, CRM.id, event.id, event)
        await rooms.house.recorder.record([wish])
        dialog = await open_accounts(qtbot, rooms)

        press(qtbot, card_of(dialog, CRM), "removeAccountButton")
        sheet = child(dialog, RemovalSheet)
        confirm = child(sheet, QPushButton, "confirmRemovalButton")
        await until(confirm.isEnabled)

        waiting = child(sheet, QLabel, "removalWaiting")
        going = child(sheet, QLabel, "removalGoing")
        assert "1 change has not reached the server" in waiting.text()
        assert "Demo at <b>Acme</b>" in waiting.text()
        assert waiting.textFormat() is Qt.TextFormat.PlainText
        assert "stay on the server" in going.text()
        assert waiting.mapTo(sheet, waiting.pos()).y() < going.mapTo(sheet, going.pos()).y()


async def test_removing_takes_the_card_and_the_account_away(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)

        press(qtbot, card_of(dialog, CRM), "removeAccountButton")
        confirm = child(child(dialog, RemovalSheet), QPushButton, "confirmRemovalButton")
        await until(confirm.isEnabled)
        qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton)
        await until(lambda: len(dialog.findChildren(AccountCard)) == 1)

        assert [one.id for one in await rooms.house.accounts.all()] == [LOCAL.id]


async def test_keeping_it_keeps_it(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)
        press(qtbot, card_of(dialog, CRM), "removeAccountButton")
        sheet = child(dialog, RemovalSheet)
        await until(child(sheet, QPushButton, "confirmRemovalButton").isEnabled)

        assert sheet.focusWidget() is not child(sheet, QPushButton, "confirmRemovalButton")
        sheet.reject()

        assert len(await rooms.house.accounts.all()) == 2


async def test_data_of_this_computer_is_offered_for_export_before_it_goes(
    qtbot: QtBot, doorman: Doorman
) -> None:
    async with doorman.open() as rooms:
        contact = make_contact(account="home")
        wish = Wish(RecordKind.CONTACT, Verb.CREATE, LOCAL.id, contact.id, contact)
        await rooms.house.recorder.record([wish])
        dialog = await open_accounts(qtbot, rooms)

        press(qtbot, card_of(dialog, LOCAL), "removeAccountButton")
        sheet = child(dialog, RemovalSheet)
        await until(child(sheet, QPushButton, "confirmRemovalButton").isEnabled)

        assert "1 contact and 0 events are deleted for good" in texts(sheet)
        assert "Export it first" in texts(sheet)


async def test_sample_data_goes_without_a_trace(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        sample = await rooms.house.accounts.add_local(sample=True)
        dialog = await open_accounts(qtbot, rooms)

        press(qtbot, card_of(dialog, sample), "removeAccountButton")
        sheet = child(dialog, RemovalSheet)
        confirm = child(sheet, QPushButton, "confirmRemovalButton")
        await until(confirm.isEnabled)
        assert "without a trace" in texts(sheet)
        qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton)
        await until(lambda: len(dialog.findChildren(AccountCard)) == 2)

        files = rooms.house.files
        assert await files.cache.read(lambda cache: cache.contacts.count(sample.id)) == 0
        assert await files.own.read(lambda own: own.items.of_account(sample.id)) == ()


async def test_an_export_writes_what_the_account_holds(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        event = make_event("e1", "Club night", account="home", calendar=LOCAL_CALENDAR.id)
        wish = Wish(RecordKind.EVENT, Verb.CREATE, LOCAL.id, event.id, event)
        await rooms.house.recorder.record([wish])
        dialog = await open_accounts(qtbot, rooms)
        target = tmp_path / "out.ics"

        card_of(dialog, LOCAL).export_requested.emit(LOCAL, Export.CALENDAR)
        child(dialog, QFileDialog, "exportFileDialog").fileSelected.emit(str(target))
        await until(target.exists)

        assert b"SUMMARY:Club night" in target.read_bytes()
        await until(lambda: "Written: out.ics" in texts(dialog))


async def test_an_export_that_cannot_be_written_says_so(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)

        card_of(dialog, LOCAL).export_requested.emit(LOCAL, Export.CARDS)
        target = tmp_path / "missing" / "out.vcf"
        child(dialog, QFileDialog, "exportFileDialog").fileSelected.emit(str(target))

        await until(lambda: "could not be written" in texts(dialog))


async def test_an_import_offers_the_calendars_of_that_account(
    qtbot: QtBot, doorman: Doorman, tmp_path: Path
) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)
        path = tmp_path / "people.csv"
        path.write_text("Name,Phone\nAnna Petrova,+7 900 000-00-01\n", "utf-8")

        press(qtbot, card_of(dialog, LOCAL), "importFileButton")
        child(dialog, QFileDialog, "importFileDialog").fileSelected.emit(str(path))
        await until(lambda: dialog.findChildren(ImportDialog))
        found = child(dialog, ImportDialog)
        await until(lambda: "1 contact to add" in texts(found))

        found.reject()


async def test_an_account_added_elsewhere_appears(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        dialog = await open_accounts(qtbot, rooms)

        await rooms.house.accounts.add_local(title="Second")
        await until(lambda: len(dialog.findChildren(AccountCard)) == 3)

        await until(lambda: "Second" in texts(dialog))


async def test_without_accounts_it_says_so(qtbot: QtBot, doorman: Doorman) -> None:
    async with doorman.open() as rooms:
        for account in (LOCAL.id, CRM.id):
            await rooms.house.accounts.remove(AccountId(account))
        house = rooms.house
        dialog = AccountsDialog(
            house.accounts,
            rooms.interchange,
            house.schedule,
            rooms.feed,
            rooms.tasks,
            house.clock,
            MOSCOW,
        )
        qtbot.addWidget(dialog)

        dialog.bring_up()
        await until(lambda: "No accounts yet" in texts(dialog))


def test_a_title_becomes_a_name_that_every_system_takes() -> None:
    assert file_name('acme: "Anna" <7>/..\\x\n') == "acme Anna 7 .. x"
    assert file_name("...") == "Parley"
