"""The card's CRM side over real services: the cache at once, the server a moment later."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.account import Capabilities
from desktop.domain.crm import Block, Deal
from desktop.domain.errors import OfflineError
from desktop.domain.ids import ContactId, DealId
from desktop.services.changes import Topic
from desktop.services.comments import CommentService
from desktop.services.dossiers import DossierService
from desktop.store.dossier_blocks import Deals, Past, put_block
from desktop.ui.contacts.card_page import ContactCardPage
from desktop.ui.contacts.dossier_desk import FRESH, STALE, CrmParts
from desktop.ui.contacts.own_fields_page import OwnFieldsPage
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.elided_link import ElidedLink
from tests.builders import MOSCOW, make_contact
from tests.services.house import CRM, House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

ALEX = make_contact("a1:contact:15", "Alex Vronsky", phone="+49 30 1001020")
ABLE = replace(
    CRM,
    address="https://acme.bitrix24.com",
    capabilities=Capabilities(deals=True, timeline=True),
)
OFFER = Deal(DealId("9"), CRM.id, "Offer")


class Server:
    """Knows of one deal; may be out of reach."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.asked: list[ContactId] = []
        self.error: Exception | None = None

    async def read(self, contact_id: ContactId, *, watched: bool = True) -> None:
        self.asked.append(contact_id)
        if self.error is not None:
            raise self.error
        at = self._house.clock()

        def write(cache) -> None:
            put_block(cache.dossiers, contact_id, CRM.id, Block.DEALS, Deals((OFFER,)), at)
            put_block(cache.dossiers, contact_id, CRM.id, Block.TIMELINE, Past(), at)

        await self._house.files.cache.write(write)
        self._house.feed.publish(Topic.TIMELINE, contact_id)

    async def own_fields(self):
        raise OfflineError


@asynccontextmanager
async def open_page(
    folder: Path, error: Exception | None = None
) -> AsyncIterator[tuple[House, ContactCardPage, Server]]:
    async with open_house(folder) as house:
        await house.add(ABLE)
        await house.files.cache.write(lambda cache: cache.contacts.upsert([ALEX]))
        tasks, server = TaskRunner(), Server(house)
        server.error = error
        crm = CrmParts(
            DossierService(house.files, house.feed, lambda _account: server),
            CommentService(house.files, house.undo, house.clock),
        )
        feed = FeedSignals(house.feed)
        page = ContactCardPage(house.contacts, tasks, feed, house.clock, MOSCOW, crm=crm)
        page.show()
        try:
            yield house, page, server
        finally:
            await tasks.close()
            page.close()
            page.deleteLater()


def said(page: ContactCardPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def links(page: ContactCardPage) -> set[str]:
    return {link.whole_text() for link in page.findChildren(ElidedLink)}


async def test_opening_a_card_asks_the_server_once_and_shows_what_it_says(tmp_path, qapp):
    async with open_page(tmp_path) as (_house, page, server):
        page.open(ALEX.id)
        await until(lambda: page.view.dossier.dossier() is not None)
        await until(lambda: "Offer" in links(page))
        page.open(ALEX.id)
        await until(lambda: page.contact_id() == ALEX.id)

        assert server.asked == [ALEX.id]
        assert child(page, IconButton, "openContactPage").isVisible()


async def test_after_a_while_the_server_is_asked_again(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page, server):
        page.open(ALEX.id)
        await until(lambda: len(server.asked) == 1)
        house.clock.forward(seconds=2 * FRESH.total_seconds())
        page.open(ALEX.id)

        await until(lambda: len(server.asked) == 2)


async def test_offline_what_was_never_read_says_so(tmp_path, qapp):
    async with open_page(tmp_path, OfflineError()) as (_house, page, _server):
        page.open(ALEX.id)

        await until(lambda: "Offline" in said(page))
        assert "Alex Vronsky" in said(page)


async def test_a_comment_is_kept_and_shown_at_once_also_offline(tmp_path, qapp):
    async with open_page(tmp_path, OfflineError()) as (house, page, _server):
        page.open(ALEX.id)
        await until(lambda: page.view.dossier.dossier() is not None)
        page.view.comment_requested.emit(ALEX.id, "Prefers mornings")

        await until(lambda: "Prefers mornings" in said(page))
        assert "waiting to be sent" in said(page)
        assert await house.files.own.read(lambda own: own.outbox.count_unfinished()) == 1
        (trash,) = [
            button
            for button in page.view.dossier.findChildren(IconButton)
            if button.accessibleName() == "Take the comment back"
        ]
        trash.click()
        await until(lambda: "Prefers mornings" not in said(page))


async def test_choosing_fields_offline_says_what_is_wrong(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page, server):
        tasks = TaskRunner()
        dossiers = DossierService(house.files, house.feed, lambda _account: server)
        fields = OwnFieldsPage(dossiers, tasks, page)
        fields.choose(ABLE.id)
        dialog = fields.dialog()
        assert dialog is not None
        await until(lambda: any(b.text() == "Retry" for b in dialog.findChildren(QPushButton)))
        dialog.reject()

        assert fields.dialog() is None
        await tasks.close()


async def test_a_card_that_stays_open_is_read_again_now_and_then(tmp_path, qapp):
    async with open_page(tmp_path) as (house, page, server):
        page.open(ALEX.id)
        await until(lambda: len(server.asked) == 1)
        await until(lambda: page.view.dossier.dossier() is not None)
        house.feed.publish(Topic.SYNC)
        house.clock.forward(seconds=2 * STALE.total_seconds())
        house.feed.publish(Topic.SYNC)

        await until(lambda: len(server.asked) == 2)
