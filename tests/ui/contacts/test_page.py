import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.domain.contact import Contact, MatchReason, SearchResult
from desktop.domain.errors import StoreFullError
from desktop.domain.ids import ContactId
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Topic
from desktop.services.sync.cursor_names import CONTACTS_TOTAL
from desktop.ui.contacts.page import ContactsPage
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.chip import Chip
from tests.builders import MOSCOW, make_contact
from tests.services.house import CRM, LOCAL, House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

ALEX = make_contact("alex", "Alex Vronsky", company="Acme GmbH", phone="+49 30 1001020")
ANNA = make_contact("anna", "Anna Vronskaya", company="Nordlicht AG")
ZOE = make_contact("zoe", "Zoe Adams")


@asynccontextmanager
async def open_page(folder: Path, *known: Contact) -> AsyncIterator[tuple[House, ContactsPage]]:
    async with open_house(folder) as house:
        await know(house, *known)
        tasks = TaskRunner()
        feed = FeedSignals(house.feed, tasks)
        page = ContactsPage(house.contacts, tasks, feed, house.clock, MOSCOW)
        page.resize(280, 500)
        page.show()
        try:
            yield house, page
        finally:
            await tasks.close()
            page.close()
            page.deleteLater()


async def know(house: House, *contacts: Contact) -> None:
    await house.files.cache.write(lambda cache: cache.contacts.upsert(contacts))
    house.feed.publish(Topic.CONTACTS)


def shown(page: ContactsPage) -> list[str]:
    return [hit.contact.name for hit in page.list.contacts.hits()]


def listen(page: ContactsPage) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []

    def opened(contact_id: ContactId) -> None:
        said.append(("open", contact_id))

    def wished(contact_id: ContactId, span: TimeSpan | None) -> None:
        said.append(("schedule", contact_id, span))

    page.contact_opened.connect(opened)
    page.schedule_requested.connect(wished)
    return said


async def test_the_list_answers_what_is_typed(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, ANNA, ZOE) as (_, page):
        QTest.keyClicks(page.field, "vron")
        await until(lambda: len(shown(page)) == 2)

        assert set(shown(page)) == {"Alex Vronsky", "Anna Vronskaya"}
        assert page.footer.whole_text() == "2 of 3 contacts"
        assert page.list.currentIndex().row() == 0


async def test_enter_waits_for_the_answer_to_what_was_typed(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, ANNA, ZOE) as (_, page):
        said = listen(page)

        QTest.keyClicks(page.field, "zoe")
        QTest.keyClick(page.field, Qt.Key.Key_Return)  # before any answer can be there
        assert said == []
        await until(lambda: bool(said))

        assert said == [("open", "zoe")]


async def test_typing_on_takes_the_wish_back(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, ZOE) as (_, page):
        said = listen(page)

        QTest.keyClicks(page.field, "zo")
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        QTest.keyClicks(page.field, "e")
        await until(lambda: shown(page) == ["Zoe Adams"])
        await asyncio.sleep(0)

        assert said == []


async def test_arrows_move_in_the_list_without_leaving_the_field(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, ANNA) as (_, page):
        said = listen(page)
        page.activateWindow()
        page.focus_search()
        QTest.keyClicks(page.field, "vron")
        await until(lambda: len(shown(page)) == 2)

        QTest.keyClick(page.field, Qt.Key.Key_Down)
        QTest.keyClick(page.field, Qt.Key.Key_Down)
        second = page.list.contacts.hits()[1].contact.id
        assert page.current_id() == second
        assert page.field.hasFocus()
        QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

        assert said == [("schedule", second, None)]


async def test_an_empty_field_shows_pinned_people_under_a_heading(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, ANNA) as (house, page):
        await house.contacts.set_pinned(ALEX.id, True)
        page.start()
        await until(lambda: bool(shown(page)))

        assert page.list.contacts.hits()[0].reason is MatchReason.PINNED
        assert page.list.contacts.has_sections()
        assert page.current_id() is None


async def test_without_contacts_the_way_to_an_account_is_shown(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page):
        for account in (CRM, LOCAL):
            await house.accounts.remove(account.id)
        page.start()
        await until(page.state.isVisible)
        asked: list[bool] = []
        page.account_requested.connect(lambda: asked.append(True))

        page.state.acted.emit()

        assert page.state.title() == "No contacts yet"
        assert asked == [True]


async def test_an_account_without_contacts_offers_to_make_one(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page):
        await house.files.own.write(lambda own: own.accounts.remove(CRM.id))
        house.feed.publish(Topic.ACCOUNTS)
        page.start()
        await until(page.state.isVisible)
        asked: list[bool] = []
        page.contact_requested.connect(lambda: asked.append(True))

        page.state.acted.emit()

        assert page.state.action_text() == "New contact"
        assert asked == [True]


async def test_a_miss_among_part_of_the_contacts_is_asked_for_later(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (house, page):
        await house.files.cache.write(
            lambda cache: cache.cursors.put(CRM.id, CONTACTS_TOTAL, "50000")
        )
        QTest.keyClicks(page.field, "karenin")
        await until(page.state.isVisible)
        assert page.state.action_text() == "Search when online"
        answers: list[SearchResult] = []
        page.late_answer_arrived.connect(answers.append)

        page.state.acted.emit()
        await until(lambda: page.state.action_text() == "")
        await asyncio.sleep(0.05)
        page.field.clear()
        await know(house, make_contact("k", "Alexei Karenin"))
        await until(lambda: bool(answers))

        assert answers[0].query == "karenin"
        assert [hit.contact.name for hit in answers[0].hits] == ["Alexei Karenin"]


async def test_late_contacts_are_appended_below(tmp_path, qapp):
    async with open_page(tmp_path, ANNA) as (house, page):
        QTest.keyClicks(page.field, "vron")
        await until(lambda: shown(page) == ["Anna Vronskaya"])

        await know(house, ALEX)
        await until(lambda: len(shown(page)) == 2)

        assert shown(page) == ["Anna Vronskaya", "Alex Vronsky"]
        assert page.current_id() == ANNA.id


async def test_an_error_is_told_and_can_be_tried_again(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (_, page):
        page._on_failed(StoreFullError())
        assert page.state.isVisible()
        assert page.state.action_text() == "Retry"

        page.field.setText("vron")
        await until(lambda: bool(shown(page)))

        assert page.list.isVisible()


async def test_a_click_on_a_row_opens_it(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (_, page):
        said = listen(page)
        QTest.keyClicks(page.field, "vron")
        await until(lambda: bool(shown(page)))
        rect = page.list.visualRect(page.list.contacts.index(0))

        QTest.mouseClick(
            page.list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            rect.center(),
        )

        assert said == [("open", "alex")]


async def test_search_for_types_for_the_user(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (_, page):
        page.search_for("acme")
        await until(lambda: bool(shown(page)))

        assert page.field.text() == "acme"
        assert page.field.selectedText() == "acme"


OTHER = replace(ANNA, id=ContactId("other"), account_id=LOCAL.id)


async def test_with_one_account_there_is_nothing_to_choose(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (_, page):
        page.filter.show_accounts([CRM])
        assert not page.filter.isVisible()

        page.filter.show_accounts([CRM, LOCAL])
        assert page.filter.isVisible()


async def test_one_account_is_searched_by_keys_alone_and_all_again(tmp_path, qapp):
    async with open_page(tmp_path, ANNA, OTHER) as (_, page):
        page.filter.show_accounts([CRM, LOCAL])
        QTest.keyClicks(page.field, "vron")
        await until(lambda: len(shown(page)) == 2)

        page.filter.setFocus()
        QTest.keyClick(page.filter, Qt.Key.Key_Return)
        menu = child(page, QMenu, "contactAccountMenu")
        await until(menu.isVisible)
        assert [one.text() for one in menu.actions() if one.isChecked()] == ["All accounts"]
        for _ in range(3):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        await until(lambda: len(shown(page)) == 1)

        only = child(page, Chip, "contactOnlyAccount")
        assert page.list.contacts.hits()[0].contact == OTHER
        assert only.value() == f"Only {LOCAL.title}"
        assert page.footer.whole_text() == "1 of 1 contacts"

        QTest.keyClick(only, Qt.Key.Key_Delete)
        await until(lambda: len(shown(page)) == 2)
        assert not only.isVisible()


async def test_nobody_in_one_account_leads_to_all_of_them(tmp_path, qapp):
    async with open_page(tmp_path, ALEX) as (_, page):
        page.filter.show_accounts([CRM, LOCAL])
        page.filter.choose(LOCAL.id)
        QTest.keyClicks(page.field, "alex")
        await until(lambda: "Nobody found for “alex”" in page.state.title())

        page.state.acted.emit()
        await until(lambda: shown(page) == ["Alex Vronsky"])


async def test_an_account_that_is_gone_is_not_the_only_one_any_more(tmp_path, qapp):
    async with open_page(tmp_path, ALEX, OTHER) as (_, page):
        page.filter.show_accounts([CRM, LOCAL])
        page.filter.choose(LOCAL.id)

        page.filter.show_accounts([CRM])

        assert page.filter.account_id is None
        assert not child(page, Chip, "contactOnlyAccount").isVisible()
