"""Answers in the forms that the reference shows, as the client takes them."""

from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest

from desktop.domain.errors import OutcomeUnknownError
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.calendar.calendar_rows import USERS
from desktop.services.api.bitrix24.calendar.wire_calendar import user_of
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.contacts.wire_contacts import CONTACTS
from desktop.services.api.bitrix24.signing_in.access import WebhookAccess
from desktop.services.api.bitrix24.signing_in.oauth_values import pair_of
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from tests.services.api.bitrix24.sample_table import NEVER_MET, READ_BY
from tests.services.api.bitrix24.samples import SAMPLES, raw
from tests.services.api.bitrix24.test_trap_table import collected

SERVER = "https://oauth.bitrix.info"
PAIR = {
    "access_token": "k2vv81…",
    "client_endpoint": "https://nordwind.bitrix24.eu/rest/",
    "domain": "oauth.bitrix.info",
    "expires_in": 3600,
    "member_id": "0f" * 16,
    "refresh_token": "9qq03l…",
    "scope": "crm,calendar",
    "server_endpoint": "https://oauth.bitrix.info/rest/",
    "status": "L",
}
MOVED_OCCURRENCE = {
    "originalDate": "02/15/2027 10:00:00 am",
    "originalDavXmlId": "20270215T090000Z-00ff@nordwind.example",
    "instanceTz": "Europe/Vilnius",
    "recEventId": 8002,
    "id": 8001,
}


def answering(result: object) -> Bitrix24Client:
    """A client of a portal that always answers this."""
    content = msgspec.json.encode({"result": result, "time": {}})

    async def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(content))

    return Bitrix24Client(
        JsonHttp("Parley/test", transport=httpx.MockTransport(answer)),
        WebhookAccess(parse_webhook("https://nordwind.bitrix24.eu/rest/7/abcdefgh12345678/")),
        RateLimiter(),
    )


def test_every_sample_is_read_by_tests_that_are_there() -> None:
    numbers = {f"S{number}" for number in range(1, 35)}
    assert numbers | set(SAMPLES) == READ_BY.keys() | NEVER_MET.keys()
    for named in {test for tests in READ_BY.values() for test in tests}:
        file, _, test = named.partition("::")
        assert test in collected(file), named


def test_a_short_page_and_an_empty_one_are_read() -> None:
    rows, count = CONTACTS.counted(raw([{"ID": "7301", "NAME": "Ona", "LAST_NAME": "Berg"}]))
    assert (count, [row.id for row in rows]) == (1, ["7301"])
    assert CONTACTS.counted(raw([])) == ([], 0)


def test_an_employee_with_empty_objects_for_times_is_read() -> None:
    told = {
        "ID": "31",
        "ACTIVE": True,
        "NAME": "Vera",
        "LAST_NAME": "Nowak",
        "EMAIL": "vera@nordwind.example",
        "TIMESTAMP_X": {},
        "LAST_ACTIVITY_DATE": {},
        "PERSONAL_BIRTHDAY": "",
        "UF_DEPARTMENT": [2],
    }
    (row,) = USERS.rows(raw([told]))
    user = user_of(row, AccountId("b1"))

    assert user is not None
    assert (user.id, user.name, user.email) == ("31", "Vera Nowak", "vera@nordwind.example")


@pytest.mark.parametrize("told", [8001, "8001"])
async def test_a_write_tells_the_id_of_what_it_made(told: object) -> None:
    adds: list[Callable[[Bitrix24Client], Any]] = [
        lambda client: client.activity_add({"SUBJECT": "Fair"}),
        lambda client: client.event_add({"name": "Fair"}),
        lambda client: client.comment_add({"COMMENT": "Fair"}),
    ]
    client = answering(told)
    assert [await add(client) for add in adds] == ["8001"] * len(adds)
    await client.aclose()


@pytest.mark.parametrize("told", [None, False, [], {}, "", 0, -1])
async def test_what_tells_no_id_leaves_a_create_unknown(told: object) -> None:
    client = answering(told)
    with pytest.raises(OutcomeUnknownError):
        await client.activity_add({"SUBJECT": "Fair"})
    await client.aclose()


@pytest.mark.parametrize("told", [True, 8001, MOVED_OCCURRENCE])
async def test_a_change_is_done_whether_it_tells_yes_a_number_or_an_object(told: object) -> None:
    client = answering(told)
    await client.event_update({"id": 8001, "name": "Fair"})
    await client.event_delete("8001")
    await client.aclose()


async def test_an_event_that_is_gone_is_told_as_nothing() -> None:
    client = answering(None)
    reply = await client.event_get("8001")
    await client.aclose()

    assert bytes(reply.result) == b"null"


@pytest.mark.parametrize(("more", "user"), [({}, ""), ({"user_id": 31, "expires": 1}, "31")])
def test_a_pair_of_tokens_is_read(more: dict[str, object], user: str) -> None:
    pair = pair_of({**PAIR, **more}, SERVER)

    assert pair is not None
    assert (pair.access, pair.refresh) == (PAIR["access_token"], PAIR["refresh_token"])
    assert (pair.endpoint, pair.member_id) == (PAIR["client_endpoint"], PAIR["member_id"])
    assert (pair.server, pair.user_id) == (SERVER, user)


@pytest.mark.parametrize("number", [2, 3])
def test_a_refusal_of_the_sign_in_server_is_no_pair(number: int) -> None:
    assert pair_of(SAMPLES["S24"][number], SERVER) is None
