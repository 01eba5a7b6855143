"""Deals of everybody: known before a card is opened, and a way to find people."""

from datetime import UTC, datetime
from decimal import Decimal

from desktop.domain.account import Capabilities
from desktop.domain.contact import MatchReason
from desktop.domain.crm import Block, Deal
from desktop.domain.ids import ContactId, DealId, RemoteId
from desktop.domain.ranking import Acquaintance
from desktop.services.api.port import DealPage, RemoteDeal, RemoteDossier
from desktop.services.contacts import search_everywhere
from desktop.services.dossiers import DossierService
from tests.builders import ACCOUNT, MONDAY, make_account, make_contact

ABLE = Capabilities(deals=True, timeline=True)
ALEX, BORIS = ContactId("a1:contact:15"), ContactId("a1:contact:16")
AROUND = Acquaintance(frozenset(), {}, MONDAY)


def deal(number: int, title: str, contact: str = "15", day: int = 1) -> RemoteDeal:
    changed = datetime(2026, 11, day, tzinfo=UTC)
    made = Deal(DealId(str(number)), ACCOUNT, title, "New", Decimal(number), "EUR", changed)
    return RemoteDeal(RemoteId(contact), made)


async def pull(desk, *pages: DealPage) -> None:
    edge = desk.edges[ACCOUNT]
    edge.capabilities, edge.deal_pages = ABLE, pages
    if (ACCOUNT, "15") not in edge.rows:
        edge.put(make_contact("x", "Alex Vronsky"), "15")
        edge.put(make_contact("y", "Boris Orlov"), "16")
    desk.supervisor.sync_now()
    await desk.idle()


def service(desk) -> DossierService:
    return DossierService(desk.files, desk.feed, desk.supervisor.dossiers)


async def found(desk, query: str):
    return await desk.files.cache.search(lambda c: search_everywhere(c, query, 10, AROUND))


async def test_a_contacts_deals_are_known_before_anybody_looked(open_desk) -> None:
    page = DealPage((deal(18, "Licence"), deal(19, "Pilot", day=3)), cursor="1", last=True)
    async with open_desk(make_account(capabilities=ABLE)) as desk:
        await pull(desk, page)

        deals = await service(desk).deals(ALEX)
        assert [one.title for one in deals] == ["Pilot", "Licence"]
        state = (await service(desk).of(ALEX)).state_of(Block.DEALS)
        assert state.as_of is not None
        assert await service(desk).deals(BORIS) == ()


async def test_what_a_card_has_read_later_holds_until_the_next_pull(open_desk) -> None:
    page = DealPage((deal(18, "Licence"),), cursor="1", last=True)
    async with open_desk(make_account(capabilities=ABLE)) as desk:
        await pull(desk, page)
        newer = deal(20, "Only on the card").deal
        desk.edges[ACCOUNT].dossiers[RemoteId("15")] = RemoteDossier(deals=(newer,))
        await service(desk).refresh(ALEX)
        assert await service(desk).deals(ALEX) == (newer,)

        await pull(desk, DealPage((deal(21, "Pulled"),), cursor="2", last=True))
        titles = {one.title for one in await service(desk).deals(ALEX)}
        assert titles == {"Licence", "Pulled"}


async def test_a_closed_deal_goes_and_a_whole_reading_forgets_the_rest(open_desk) -> None:
    both = DealPage((deal(18, "Licence"), deal(19, "Pilot")), cursor="1", last=True)
    async with open_desk(make_account(capabilities=ABLE)) as desk:
        await pull(desk, both)
        await pull(desk, DealPage((), gone=frozenset({"18"}), cursor="2", last=True))
        assert [one.title for one in await service(desk).deals(ALEX)] == ["Pilot"]

        await pull(desk, DealPage((deal(22, "New"),), cursor="3", whole=True, last=True))
        assert [one.title for one in await service(desk).deals(ALEX)] == ["New"]


async def test_people_are_found_by_their_deals(open_desk) -> None:
    page = DealPage((deal(18, "Jahreslizenz Müller"), deal(19, "Pilot", "16")), last=True)
    async with open_desk(make_account(capabilities=ABLE)) as desk:
        await pull(desk, page)

        (hit,) = await found(desk, "jahresliz")
        assert hit.contact.id == ALEX
        assert hit.reason is MatchReason.DEAL
        assert hit.reason_text == "Jahreslizenz Müller"
        assert hit.reason_ranges == ((0, 9),)
        (mixed,) = await found(desk, "boris pilot")
        assert mixed.contact.id == BORIS
        assert await found(desk, "boris jahreslizenz") == ()


async def test_a_name_comes_before_a_deal_and_nobody_twice(open_desk) -> None:
    page = DealPage((deal(18, "Boris wants more"), deal(19, "Boris", "16")), last=True)
    async with open_desk(make_account(capabilities=ABLE)) as desk:
        await pull(desk, page)

        hits = await found(desk, "boris")
        assert [hit.contact.id for hit in hits] == [BORIS, ALEX]
        assert [hit.reason for hit in hits] == [MatchReason.NAME, MatchReason.DEAL]


async def test_an_account_without_deals_is_not_asked_for_them(open_desk) -> None:
    async with open_desk() as desk:
        await desk.idle()

        assert "deals" not in desk.edges[ACCOUNT].calls
