"""Two public clients, written by others against the real thing, at work on the emulated portal."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import BitrixAPIError, BitrixRequestError
from fast_bitrix24 import BitrixAsync

from .portal import Portal

Task = Callable[[BitrixAsync], Awaitable[Any]]


def with_fast_bitrix24(portal: Portal, task: Task) -> Any:
    """Runs ``task`` with the community's client, which trusts the portal's authority."""

    async def work() -> Any:
        context = ssl.create_default_context(cafile=portal.ca_file)
        connector = aiohttp.TCPConnector(ssl=context)
        async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as session:
            return await task(BitrixAsync(portal.webhook_url, verbose=False, client=session))

    return asyncio.run(work())


@pytest.fixture
def token(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> BitrixWebhook:
    """The portal's webhook in the form of the vendor's client."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    identity = portal.control.identity()
    return BitrixWebhook(
        domain=f"127.0.0.1:{portal.port}",
        webhook_token=f"{identity['user']}/{identity['secret']}",
    )


@pytest.fixture
def vendors(token: BitrixWebhook) -> Any:
    """The vendor's client."""
    return Client(token)


@pytest.mark.parametrize("count", [0, 50, 51, 260])
def test_fast_bitrix24_reads_every_contact_once(portal: Portal, count: int) -> None:
    if count:
        portal.control.seed_contacts(count)

    found = with_fast_bitrix24(
        portal, lambda b: b.get_all("crm.contact.list", {"select": ["ID", "NAME"]})
    )

    assert sorted(int(row["ID"]) for row in found) == list(range(1, count + 1))


def test_fast_bitrix24_reads_items_and_cards(portal: Portal) -> None:
    portal.control.seed_contacts(120)

    items = with_fast_bitrix24(
        portal, lambda b: b.get_all("crm.item.list", {"entityTypeId": 3, "select": ["id"]})
    )
    cards = with_fast_bitrix24(portal, lambda b: b.get_by_ID("crm.contact.get", [3, 4]))

    assert sorted(item["id"] for item in items) == list(range(1, 121))
    assert {key: card["ID"] for key, card in cards.items()} == {"3": "3", "4": "4"}


def test_fast_bitrix24_writes_through_batches_with_its_own_encoding(portal: Portal) -> None:
    names = ["A&B +1", "50 %", "ä🙂", "[x]=1"]
    sent = [{"fields": {"NAME": name, "PHONE": [{"VALUE": "+49 30"}]}} for name in names]

    with_fast_bitrix24(portal, lambda b: b.call("crm.contact.add", sent))

    stored = portal.control.contacts()
    assert [row["NAME"] for row in stored] == names
    assert {row["PHONE"][0]["VALUE"] for row in stored} == {"+49 30"}


def test_fast_bitrix24_waits_out_a_refusal_of_the_bucket(portal: Portal) -> None:
    portal.control.seed_contacts(10)
    portal.control.fail("QUERY_LIMIT_EXCEEDED", times=2)

    found = with_fast_bitrix24(portal, lambda b: b.get_all("crm.contact.list"))

    assert len(found) == 10
    assert [entry["status"] for entry in portal.control.requests()] == [503, 503, 200]


def test_a_blind_retry_after_a_lost_answer_books_twice(portal: Portal) -> None:
    """What a careless client does here is the reason why faults come after the commit, too."""
    portal.control.fault("drop_after", "crm.contact.add")

    with_fast_bitrix24(
        portal, lambda b: b.call("crm.contact.add", {"fields": {"NAME": "x"}}, raw=True)
    )

    assert len(portal.control.contacts()) == 2


def test_the_vendors_client_reads_in_all_its_three_ways(portal: Portal, vendors: Any) -> None:
    portal.control.seed_contacts(260)
    everybody = [str(number) for number in range(1, 261)]
    contacts = vendors.crm.contact

    assert len(contacts.list(select=["ID"]).result) == 50
    paged = contacts.list(select=["ID"]).as_list().result
    assert [row["ID"] for row in paged] == everybody
    chained = list(contacts.list(select=["ID"]).as_list_fast().result)
    assert [row["ID"] for row in chained] == everybody
    items = vendors.crm.item.list(entity_type_id=3, select=["id"]).as_list_fast().result
    assert [item["id"] for item in items] == list(range(1, 261))


def test_the_vendors_client_books_a_meeting_and_finds_its_event(
    portal: Portal, vendors: Any
) -> None:
    contact = portal.control.add_contact(NAME="Alex", PHONE="+49 30")
    fields = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": contact,
        "TYPE_ID": 1,
        "SUBJECT": "Demo",
        "START_TIME": "2026-11-17T14:00:00+03:00",
        "END_TIME": "2026-11-17T15:00:00+03:00",
        "RESPONSIBLE_ID": 7,
        "COMMUNICATIONS": [{"VALUE": "+49 30", "ENTITY_TYPE_ID": 3, "ENTITY_ID": contact}],
    }

    number = vendors.crm.activity.add(fields).result

    assert [int(row["ID"]) for row in portal.control.activities()] == [number]
    (event,) = portal.control.events()
    assert (event["name"], event["owner"], event["activity"]) == ("Demo", 7, number)


def test_the_vendors_client_understands_batches_and_errors(portal: Portal, vendors: Any) -> None:
    number = portal.control.add_contact(NAME="Zoe")
    calls = {"me": vendors.profile(), "zoe": vendors.crm.contact.get(number)}

    both = vendors.call_batch(calls).result

    assert (both.result["me"]["ID"], both.result["zoe"]["NAME"]) == ("7", "Zoe")
    with pytest.raises(BitrixAPIError, match="Not found"):
        _ = vendors.crm.contact.get(999).result
    portal.control.fail("NO_AUTH_FOUND")
    with pytest.raises(BitrixAPIError, match="Wrong authorization data"):
        _ = vendors.profile().result


def test_the_vendors_client_follows_a_rename_by_the_hosts_name(
    portal: Portal, token: BitrixWebhook, vendors: Any
) -> None:
    """It forgets the port, so it gets no further; that it read the redirect is what counts."""
    portal.control.rename("localhost")

    with pytest.raises(BitrixRequestError):
        _ = vendors.profile().result

    assert token.domain == "localhost"
    assert portal.control.requests()[0]["outcome"] == "moved"


@pytest.mark.parametrize("count", [0, 50, 130])
def test_fast_bitrix24_reads_deals_and_leads(portal: Portal, count: int) -> None:
    if count:
        portal.control.seed_deals(count)
        portal.control.seed_leads(count)

    async def both(client: BitrixAsync) -> list[Any]:
        deals = await client.get_all("crm.deal.list", {"select": ["ID"]})
        leads = await client.get_all("crm.item.list", {"entityTypeId": 1, "select": ["id"]})
        return [len({int(row["ID"]) for row in deals}), len({row["id"] for row in leads})]

    assert with_fast_bitrix24(portal, both) == [count, count]


def test_fast_bitrix24_comments_and_reads_stages(portal: Portal) -> None:
    contact = portal.control.add_contact(NAME="Alex")
    owner = {"ENTITY_ID": contact, "ENTITY_TYPE": "contact"}
    sent = [{"fields": {**owner, "COMMENT": f"A&B {at} ä"}} for at in range(3)]

    async def work(client: BitrixAsync) -> Any:
        await client.call("crm.timeline.comment.add", sent)
        return await client.get_all("crm.status.list", {"filter": {"ENTITY_ID": "STATUS"}})

    stages = with_fast_bitrix24(portal, work)

    assert [row["COMMENT"] for row in portal.control.records("comment")] == [
        "A&B 0 ä",
        "A&B 1 ä",
        "A&B 2 ä",
    ]
    assert "NEW" in {row["STATUS_ID"] for row in stages}
