from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desktop.services.changes import Topic
from desktop.ui.contacts.card_page import ContactCardPage
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from tests.builders import MOSCOW, make_contact
from tests.services.house import House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

ALEX = make_contact("alex", "Alex Vronsky", account="home", phone="+49 30 1001020")
ANNA = make_contact("anna", "Anna Vronskaya", account="home")


@asynccontextmanager
async def open_page(folder: Path) -> AsyncIterator[tuple[House, ContactCardPage]]:
    async with open_house(folder) as house:
        await house.contacts.save(ALEX, new=True)
        await house.contacts.save(ANNA, new=True)
        tasks = TaskRunner()
        page = ContactCardPage(
            house.contacts, tasks, FeedSignals(house.feed, tasks), house.clock, MOSCOW
        )
        page.show()
        try:
            yield house, page
        finally:
            await tasks.close()
            page.close()
            page.deleteLater()


async def test_it_opens_a_contact_with_the_focus_on_booking(tmp_path, qapp):
    async with open_page(tmp_path) as (_, page):
        page.open(ALEX.id)
        await until(lambda: page.contact_id() == ALEX.id)
        assert page.focusWidget() is child(page, QPushButton, "scheduleMeetingButton")

        wished: list[object] = []
        page.schedule_requested.connect(lambda contact, _span: wished.append(contact))
        page.schedule()

        assert wished == [ALEX.id]


async def test_only_the_newest_contact_is_shown(tmp_path, qapp):
    async with open_page(tmp_path) as (_, page):
        page.open(ALEX.id)
        page.open(ANNA.id)
        await until(lambda: page.contact_id() == ANNA.id)

        assert page.view.accessibleName() == "Anna Vronskaya"


async def test_it_follows_what_changes_about_the_contact(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page):
        page.open(ALEX.id)
        await until(lambda: page.contact_id() == ALEX.id)

        await house.contacts.save(replace(ALEX, position="CEO"))

        def promoted() -> bool:
            card = page.view.card()
            return card is not None and card.contact.position == "CEO"

        await until(promoted)


async def test_pinning_is_kept_and_shown(tmp_path, qapp):
    async with open_page(tmp_path) as (_, page):
        page.open(ALEX.id)
        await until(lambda: page.contact_id() == ALEX.id)

        page.view.pin_requested.emit(ALEX.id, True)

        def pinned() -> bool:
            card = page.view.card()
            return card is not None and card.pinned

        await until(pinned)


async def test_deleting_leaves_no_card_behind(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page):
        page.open(ALEX.id)
        await until(lambda: page.contact_id() == ALEX.id)
        gone: list[bool] = []
        page.gone.connect(lambda: gone.append(True))

        page.view.delete_requested.emit(ALEX.id)
        await until(lambda: bool(gone))

        assert page.contact_id() is None
        house.feed.publish(Topic.CONTACTS)
        assert page._refresh.isActive() is False
