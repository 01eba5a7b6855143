"""Pulling contacts: few requests, nothing missed, nothing shifted, resumable at any page."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from desktop.domain.contact import Contact
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.contacts import contacts_first
from desktop.services.api.bitrix24.contacts.contacts_cursor import (
    Cursor,
    Segment,
    asked_since,
    read_cursor,
    write_cursor,
)
from desktop.services.api.limits import RateLimiter
from desktop.services.api.port import ContactPage
from tests.services.api.conftest import connect


async def pulled(b24: Bitrix24Account, cursor: str | None = None) -> list[ContactPage]:
    return [page async for page in b24.pull_contacts(cursor)]


def ids(pages: list[ContactPage]) -> list[int]:
    return [int(record.remote_id) for page in pages for record in page.records]


def cards(pages: list[ContactPage]) -> dict[str, Contact]:
    found = {}
    for page in pages:
        for record in page.records:
            assert isinstance(record.record, Contact)
            found[str(record.remote_id)] = record.record
    return found


@pytest.mark.slow
async def test_twenty_thousand_contacts_take_nine_requests_and_no_limit_error(portal, b24):
    first, last = portal.control.seed_contacts(20_000)
    portal.control.clear_requests()
    pages = await pulled(b24)

    assert portal.control.count() == 9
    assert portal.control.refused_by_bucket() == 0
    assert sorted(set(ids(pages))) == list(range(first, last + 1))
    assert len(ids(pages)) == 20_000 + len(pages[0].records), "the first ones come again"
    assert (pages[-1].done, pages[-1].total, pages[-1].last) == (20_000, 20_000, True)
    assert [page.last for page in pages[:-1]] == [False] * (len(pages) - 1)
    assert len(pages[0].records) == 100, "some are there at once"
    assert max(len(page.records) for page in pages) <= 500

    portal.control.clear_requests()
    again = await pulled(b24, pages[-1].cursor)
    assert portal.control.count() == 1
    assert (ids(again), again[-1].last) == ([], True)


@pytest.mark.parametrize(
    ("count", "requests"),
    [(0, 1), (1, 1), (50, 2), (51, 2), (2_499, 2), (2_500, 2), (2_501, 3), (5_000, 3)],
)
async def test_every_size_is_read_wholly(portal, b24, count, requests):
    if count:
        portal.control.seed_contacts(count)
    portal.control.clear_requests()
    pages = await pulled(b24)

    assert sorted(set(ids(pages))) == sorted(int(row["ID"]) for row in portal.control.contacts())
    assert portal.control.count() == requests
    assert pages[-1].done == count
    assert pages[-1].last


async def test_companies_come_with_their_names(portal, b24):
    firm = portal.control.add_company(TITLE="Acme GmbH")
    number = portal.control.add_contact(NAME="Alex", COMPANY_ID=firm)
    (card,) = cards(await pulled(b24)).values()

    assert card.company == "Acme GmbH"
    assert card.company_remote_id == str(firm)
    assert card.id == f"b1:contact:{number}"


async def test_a_pull_goes_on_from_any_page(portal, people, b24):
    portal.control.seed_contacts(6_000)
    whole = sorted(set(ids(await pulled(b24))))
    pages = await pulled(b24)
    for stop in (1, 2, 5, len(pages) - 1):
        other = connect(portal, people, RateLimiter())
        rest = await pulled(other, pages[stop - 1].cursor)
        await other.aclose()

        assert sorted({*ids(pages[:stop]), *ids(rest)}) == whole
        assert rest[-1].last
        assert rest[-1].done == 6_000


async def test_leaving_a_pull_early_leaves_nothing_under_way(portal, b24):
    portal.control.seed_contacts(3_000)
    async with aclosing(b24.pull_contacts(None)) as pages:
        async for page in pages:
            if page.done > 600:
                break
    assert (await b24.check()).user_id == "7"


async def test_contacts_that_come_and_go_meanwhile_shift_no_page(portal, b24):
    first, last = portal.control.seed_contacts(4_000)
    seen: list[int] = []
    added: list[int] = []
    cursor = ""
    async for page in b24.pull_contacts(None):
        if not added:
            for number in range(first + 60, first + 3_900, 3):
                portal.control.delete_contact(number)
            added = [portal.control.add_contact(NAME="New") for _ in range(3)]
        seen += [int(record.remote_id) for record in page.records]
        cursor = page.cursor

    kept = set(range(first, last + 1)) - set(range(first + 60, first + 3_900, 3))
    assert kept <= set(seen)
    assert len(seen) == len(set(seen)) + 100
    assert set(added) <= set(seen) | set(ids(await pulled(b24, cursor)))


@pytest.mark.parametrize("fault", ["error", "drop_before"])
async def test_a_stretch_that_fails_does_not_lose_the_others(portal, people, b24, fault):
    first, last = portal.control.seed_contacts(10_000)
    more = {"code": "QUERY_LIMIT_EXCEEDED"} if fault == "error" else {"times": 2}
    portal.control.fault(fault, "crm.contact.list", contains="[%3C%3DID]=5000", **more)
    before: list[ContactPage] = []
    with pytest.raises((RefusedError, OutcomeUnknownError)):
        async for page in b24.pull_contacts(None):
            before.append(page)  # noqa: PERF401 (what came before the error counts)
    assert len(set(ids(before))) == 7_500

    other = connect(portal, people)
    rest = await pulled(other, before[-1].cursor)
    await other.aclose()
    assert sorted({*ids(before), *ids(rest)}) == list(range(first, last + 1))


@pytest.mark.parametrize("fault", [{"kind": "cut"}, {"kind": "status", "status": 504}])
async def test_a_long_chain_that_is_cut_off_is_asked_for_in_a_shorter_one(portal, b24, fault):
    first, last = portal.control.seed_contacts(2_600)
    portal.control.fault(method="crm.contact.list", contains="c49", **fault)
    pages = await pulled(b24)

    assert sorted(set(ids(pages))) == list(range(first, last + 1))
    assert pages[-1].last


async def test_a_slow_portal_is_asked_for_a_few_people_beside(portal, b24, monkeypatch):
    monkeypatch.setattr(contacts_first, "SLOW_S", 0.0)
    first, last = portal.control.seed_contacts(3_000)
    portal.control.fault("hold_before", "crm.contact.list", contains="c49")
    pages = []
    async for page in b24.pull_contacts(None):
        pages.append(page)
        portal.control.release()

    assert ids(pages[:1]) == list(range(first, first + 200))
    assert sorted(set(ids(pages))) == list(range(first, last + 1))
    assert (pages[-1].done, pages[-1].total, pages[-1].last) == (3_000, 3_000, True)


async def test_a_pull_left_while_the_portal_is_slow_leaves_nothing_under_way(
    portal, b24, monkeypatch
):
    monkeypatch.setattr(contacts_first, "SLOW_S", 0.0)
    first, last = portal.control.seed_contacts(3_000)
    portal.control.fault("hold_before", "crm.contact.list", contains="c49")
    async with aclosing(b24.pull_contacts(None)) as begun:
        early = await anext(begun)
    portal.control.release()

    rest = await pulled(b24, early.cursor)
    assert sorted(set(ids(rest))) == list(range(first, last + 1))


async def test_a_portal_too_slow_to_count_is_read_without_counting(portal, b24):
    first, last = portal.control.seed_contacts(6_000)
    portal.control.fault("status", "crm.contact.list", status=504, contains="e1", times=-1)
    pages = await pulled(b24)

    assert sorted(set(ids(pages))) == list(range(first, last + 1))
    assert pages[-1].total is None
    assert pages[-1].last


async def test_what_changed_comes_and_nothing_else(portal, b24):
    first, _last = portal.control.seed_contacts(120)
    pages = await pulled(b24)
    portal.control.advance(600)
    portal.control.change_contact(first + 7, NAME="Renamed")
    new = portal.control.add_contact(NAME="New")
    changed = await pulled(b24, pages[-1].cursor)

    assert {first + 7, new} == set(ids(changed))
    assert cards(changed)[str(first + 7)].given_name == "Renamed"

    changed = await pulled(b24, changed[-1].cursor)  # once more, because the filter overlaps
    portal.control.advance(600)
    changed = await pulled(b24, changed[-1].cursor)
    portal.control.clear_requests()
    quiet = await pulled(b24, changed[-1].cursor)
    assert ids(quiet) == []
    assert portal.control.count() == 1


async def test_many_changes_are_read_to_the_last_one(portal, b24):
    portal.control.seed_contacts(60)
    pages = await pulled(b24)
    portal.control.advance(600)
    first, last = portal.control.seed_contacts(3_000, seed=2)
    for number in range(first, first + 450):
        portal.control.change_contact(number, POST="CEO")
    changed = await pulled(b24, pages[-1].cursor)

    assert set(range(first, first + 450)) <= set(ids(changed))
    assert changed[-1].last
    assert [page.last for page in changed].count(True) == 1
    assert last > first


async def test_a_renamed_company_changes_its_contacts(portal, b24):
    firm = portal.control.add_company(TITLE="Acme GmbH")
    other = portal.control.add_company(TITLE="Orion")
    number = portal.control.add_contact(NAME="Alex", COMPANY_ID=firm)
    portal.control.add_contact(NAME="Olga", COMPANY_ID=other)
    portal.control.advance(600)
    pages = await pulled(b24)
    portal.control.advance(600)
    portal.control.call("crm.company.update", {"id": firm, "fields": {"TITLE": "Acme AG"}})
    changed = cards(await pulled(b24, pages[-1].cursor))

    assert {key: card.company for key, card in changed.items()} == {str(number): "Acme AG"}


async def test_after_a_restart_a_changed_contact_still_knows_its_company(portal, people, b24):
    firm = portal.control.add_company(TITLE="Acme GmbH")
    number = portal.control.add_contact(NAME="Alex", COMPANY_ID=firm)
    pages = await pulled(b24)
    portal.control.advance(600)
    portal.control.change_contact(number, POST="CEO")
    other = connect(portal, people)
    changed = cards(await pulled(other, pages[-1].cursor))
    await other.aclose()

    assert changed[str(number)].company == "Acme GmbH"


async def test_more_companies_than_fit_into_the_first_request_are_read_too(portal, b24):
    for number in range(1_900):
        portal.control.add_company(TITLE=f"Firm {number}")
    firm = portal.control.add_company(TITLE="The last firm")
    portal.control.seed_contacts(60)
    number = portal.control.add_contact(NAME="Alex", COMPANY_ID=firm)

    assert cards(await pulled(b24))[str(number)].company == "The last firm"


async def test_a_sweep_tells_who_exists(portal, b24):
    first, last = portal.control.seed_contacts(2_700)
    portal.control.delete_contact(first + 3)

    existing = await b24.sweep_contacts()
    assert {int(one) for one in existing} == set(range(first, last + 1)) - {first + 3}


async def test_a_sweep_that_breaks_off_is_an_error_not_fewer_contacts(portal, b24):
    portal.control.seed_contacts(200)
    portal.control.fail("INTERNAL_SERVER_ERROR", "crm.contact.list")

    with pytest.raises((OutcomeUnknownError, RefusedError)):
        await b24.sweep_contacts()


async def test_no_right_to_the_crm_is_told_not_taken_for_an_empty_portal(portal, b24):
    portal.control.fail("insufficient_scope", "crm.contact.list", times=-1)

    with pytest.raises(RefusedError) as caught:
        await pulled(b24)
    assert caught.value.reason is Refusal.MISSING_SCOPE


async def test_a_filter_that_is_ignored_does_not_run_for_ever(portal, b24):
    portal.control.seed_contacts(200)
    portal.control.configure(ignored_filter_keys=["ID"])

    async with asyncio.timeout(10):
        with pytest.raises(OutcomeUnknownError):
            await b24.sweep_contacts()


@pytest.mark.parametrize("told", ["absent", "bare", "iso"])
async def test_a_server_without_a_clock_in_its_answers_is_pulled_as_well(portal, b24, told):
    portal.control.configure(time_shape=told, total_without_count=False)
    number = portal.control.add_contact(NAME="Alex")
    pages = await pulled(b24)
    portal.control.change_contact(number, NAME="Alexander")

    changed = cards(await pulled(b24, pages[-1].cursor))
    assert changed[str(number)].given_name == "Alexander"


SINCE = datetime(2026, 11, 16, 8, tzinfo=UTC)


def test_a_cursor_survives_the_store():
    cursor = Cursor(SINCE, (Segment(50, 2_500), Segment(2_500)), 50, 4_000)

    assert read_cursor(write_cursor(cursor)) == cursor


@pytest.mark.parametrize("text", [None, "", "{}", "garbage", '{"since": "2026-11-16"}'])
def test_a_cursor_that_cannot_be_read_begins_anew(text):
    assert read_cursor(text) is None


def test_changes_are_asked_for_two_minutes_early_with_an_offset():
    assert asked_since(Cursor(SINCE)) == "2026-11-16T07:58:00+00:00"
