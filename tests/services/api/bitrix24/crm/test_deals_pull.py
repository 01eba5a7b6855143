"""All open deals once a day, in between what changed, in as few requests as there can be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.services.api.bitrix24.crm.deals_pull import WHOLE_EVERY, DealCursor, DealsPull
from tests.servers.portal import Portal


async def pulled(b24, cursor=None):
    return [page async for page in b24.pull_deals(cursor)]


def add(portal: Portal, title: str, contact: int, **more) -> int:
    return portal.control.add_deal(TITLE=title, CONTACT_ID=contact, **more)


def titles(pages) -> set[str]:
    return {one.deal.title for page in pages for one in page.deals}


async def test_every_open_deal_of_a_contact_comes_in_one_request(portal, b24):
    await b24.check()
    alex = portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky")
    add(portal, "Licence", alex)
    add(portal, "Won", alex, STAGE_ID="WON")
    portal.control.add_deal(TITLE="Nobody's")
    portal.control.clear_requests()
    (page,) = await pulled(b24)

    assert titles([page]) == {"Licence"}
    assert page.deals[0].contact == str(alex)
    assert page.deals[0].deal.stage
    assert page.whole
    assert page.last
    assert portal.control.count() <= 2  # the second names the stages, and only this time


async def test_many_deals_come_in_batches(portal, b24):
    portal.control.seed_contacts(50)
    portal.control.seed_deals(6_000)
    await b24.check()
    portal.control.clear_requests()
    pages = await pulled(b24)

    assert len(pages) > 1
    assert [page.last for page in pages][-2:] == [False, True]
    assert [page.whole for page in pages][:2] == [True, False]
    assert portal.control.count() <= len(pages) + 1
    ids = [one.deal.id for page in pages for one in page.deals]
    assert len(ids) == len(set(ids)) > 2_500


async def test_afterwards_only_what_changed_is_read(portal, b24):
    await b24.check()
    alex = portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky")
    old = add(portal, "Old", alex)
    won = add(portal, "To be won", alex)
    cursor = (await pulled(b24))[-1].cursor
    portal.control.advance(1_000)
    cursor = (await pulled(b24, cursor))[-1].cursor
    portal.control.advance(1_000)
    portal.control.call("crm.deal.update", {"id": won, "fields": {"STAGE_ID": "WON"}})
    add(portal, "Young", alex)
    portal.control.clear_requests()
    (page,) = await pulled(b24, cursor)

    assert titles([page]) == {"Young"}
    assert page.gone == {str(won)}
    assert str(old) not in {one.deal.id for one in page.deals}
    assert not page.whole
    assert portal.control.count() == 1


async def test_after_a_day_all_are_read_again_and_so_is_a_strange_cursor(portal, b24):
    await b24.check()
    now = datetime.now(UTC)
    stale = DealCursor(now, now - WHOLE_EVERY - timedelta(minutes=1))
    for cursor in (msgspec.json.encode(stale).decode(), "nonsense", "{}"):
        assert (await pulled(b24, cursor))[0].whole

    fresh = DealCursor(now, now)
    assert not (await pulled(b24, msgspec.json.encode(fresh).decode()))[0].whole


async def test_a_portal_with_the_new_family_tells_its_deals_too(portal, b24):
    alex = portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky")
    add(portal, "Licence", alex, OPPORTUNITY="12500.50", CURRENCY_ID="EUR")
    portal.control.configure(missing_methods=["crm.deal.list", "crm.contact.list"])
    await b24.check()
    (page,) = await pulled(b24)

    assert titles([page]) == {"Licence"}
    assert replace(page.deals[0].deal, changed_at=None).currency == "EUR"
    assert isinstance(b24._deals, DealsPull)
