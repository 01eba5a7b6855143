"""Calendars of groups and of the company: read with one's own, written in their name."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.event import Calendar, CalendarKind, Event, EventKind, Participation
from desktop.domain.ids import CalendarId, RecordKind, RemoteId, new_uid
from desktop.domain.sync import Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.signing_in.access import WebhookAccess
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.port import EventWindow
from desktop.services.api.trust import build_context
from tests.builders import make_account, make_event, make_op, make_span
from tests.servers.portal import Portal

WEEK = TimeSpan(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
TEN = {"start": "2026-11-17T10:00:00", "end": "2026-11-17T11:00:00"}
MOST_BYTES = 20_000


def add(portal: Portal, kind: str, owner: int, name: str, *, by: int = 12, **more: Any) -> int:
    """A colleague's event in a shared calendar."""
    times = {"from": TEN["start"], "to": TEN["end"], "timezone_from": "Europe/Berlin"}
    sent = {"type": kind, "ownerId": owner, "section": 0, "name": name, **times, **more}
    return int(portal.control.call("calendar.event.add", sent, by=by))


@pytest.fixture
def sales(portal: Portal) -> Any:
    """A group of Anna's that her settings name; ``group`` and ``section``."""
    made = portal.control.add_group("Sales", 7, 12, number=6)
    sections = {"user7": "41", "group6": str(made["section"])}
    portal.control.set_user_options(7, defaultSections=sections)
    return made


def names(window: EventWindow) -> dict[str, str]:
    """Of everything that is shown: its title and its calendar."""
    told = {one.id: one.name for one in window.calendars}
    return {
        one.record.summary: told[one.record.calendar_id]
        for one in window.records
        if isinstance(one.record, Event)
    }


def calendar(window: EventWindow, name: str) -> Calendar:
    return next(one for one in window.calendars if one.name == name)


def wish(calendar_id: CalendarId, **more: Any) -> Event:
    values = {
        "kind": EventKind.EVENT,
        "when": make_span(date(2026, 11, 18), hours=(10, 11)).in_zone(UTC),
    }
    return make_event("s1", "Planning", account="b1", calendar=calendar_id, **{**values, **more})


def op(event: Event, verb: Verb = Verb.CREATE, **more: Any) -> Any:
    return make_op(new_uid(), event, verb=verb, kind=RecordKind.EVENT, account="b1", **more)


async def pulled(b24: Bitrix24Account) -> EventWindow:
    await b24.check()
    return await b24.pull_events(WEEK)


async def test_one_batch_reads_the_users_the_groups_and_the_companys_events(portal, b24, sales):
    portal.control.add_event(7, name="Mine", **TEN)
    add(portal, "group", 6, "Theirs")
    add(portal, "company_calendar", 0, "Everybody's")
    await b24.check()
    portal.control.clear_requests()

    window = await b24.pull_events(WEEK)

    assert names(window) == {"Mine": "My calendar", "Theirs": "Sales", "Everybody's": "Company"}
    assert portal.control.count() == 1


async def test_calendars_tell_whose_they_are_and_what_may_be_done(portal, b24, sales):
    window = await pulled(b24)

    told = {
        one.name: (one.kind, one.writable, one.changeable, one.external)
        for one in window.calendars[:4]
    }
    assert told == {
        "My calendar": (CalendarKind.OWN, True, True, ""),
        "Team (read only)": (CalendarKind.OWN, False, False, "google"),
        "Company": (CalendarKind.COMPANY, True, False, ""),
        "Sales": (CalendarKind.GROUP, True, False, ""),
    }
    assert len({one.id for one in window.calendars}) == len(window.calendars)


async def test_a_calendar_that_may_only_be_looked_at_is_shown_and_not_written(portal, b24, sales):
    portal.control.share_section(sales["section"], SG6=15)
    add(portal, "group", 6, "Theirs", by=1)

    window = await pulled(b24)

    assert not calendar(window, "Sales").writable
    records: Any = window.records
    assert [one.record.read_only for one in records] == [True]


async def test_who_is_in_no_group_reads_the_companys_calendar_alone(portal, b24):
    window = await pulled(b24)

    kinds = [one.kind for one in window.calendars]
    assert kinds.count(CalendarKind.COMPANY) == 1
    assert CalendarKind.GROUP not in kinds


async def test_a_group_that_one_has_left_costs_nothing_else(portal, b24, sales):
    portal.control.add_event(7, name="Mine", **TEN)
    portal.control.patch("group", 6, members=[12])

    window = await pulled(b24)
    portal.control.clear_requests()
    again = await b24.pull_events(WEEK)

    assert names(window) == names(again) == {"Mine": "My calendar"}
    owners = [one["ownerId"] for one in portal.control.commands("calendar.event.get")]
    assert "6" not in map(str, owners)


async def test_a_shared_calendar_that_did_not_come_is_no_emptiness(portal, b24, sales):
    add(portal, "group", 6, "Theirs")
    await pulled(b24)
    portal.control.fail("QUERY_LIMIT_EXCEEDED", "calendar.event.get", times=-1)

    with pytest.raises(RefusedError) as refused:
        await b24.pull_events(WEEK)

    assert refused.value.reason is Refusal.BUSY


@pytest.mark.parametrize(
    ("name", "home"), [("Sales", ("group", 6)), ("Company", ("company_calendar", 0))]
)
async def test_an_event_is_written_in_the_name_of_its_calendar(portal, b24, sales, name, home):
    window = await pulled(b24)
    place = calendar(window, name)

    made = await b24.push(op(wish(place.id)), None)
    assert made.record.record.calendar_id == place.id
    moved = replace(made.record.record, summary="Moved")
    changed = await b24.push(op(moved, Verb.UPDATE, base=made.record.record), made.remote_id)
    row = portal.control.record("event", int(made.remote_id))
    assert (row["type"], row["owner"], row["name"]) == (*home, "Moved")
    assert changed.record.record.summary == "Moved"
    sent = portal.control.commands("calendar.event.update")[0]
    assert (sent["type"], sent["ownerId"]) == home
    assert names(await b24.pull_events(WEEK))["Moved"] == name

    await b24.push(op(moved, Verb.DELETE, base=moved), made.remote_id)
    assert portal.control.record("event", int(made.remote_id)) is None


async def test_it_is_written_before_any_window_was_read(portal, b24, sales):
    place = CalendarId(f"b1:group6:{sales['section']}")

    made = await b24.push(op(wish(place)), None)

    assert portal.control.record("event", int(made.remote_id))["type"] == "group"


async def test_an_answer_that_was_lost_is_looked_for_in_the_same_calendar(portal, b24, sales):
    entry = op(wish(CalendarId(f"b1:group6:{sales['section']}")))
    await b24.push(entry, None)

    found = await b24.look_up(entry)

    assert [one.marker for one in found] == [entry.op_id]


async def test_an_event_stays_with_whom_it_was_made_for(portal, b24, sales):
    window = await pulled(b24)
    made = await b24.push(op(wish(calendar(window, "Sales").id)), None)
    base = made.record.record
    moved = replace(base, calendar_id=calendar(window, "My calendar").id)

    with pytest.raises(RefusedError) as refused:
        await b24.push(op(moved, Verb.UPDATE, base=base), made.remote_id)

    assert refused.value.reason is Refusal.UNSUPPORTED


async def test_a_groups_meeting_and_the_copy_of_it_are_one_record(portal, b24, sales):
    number = add(portal, "group", 6, "Theirs", is_meeting="Y", attendees=[7, 12])

    window = await pulled(b24)

    record: Any = window.records[0]
    assert len(window.records) == 1
    assert record.remote_id == RemoteId(str(number))
    assert len(record.aliases) == 1
    assert record.record.participation is Participation.NEEDS_ACTION
    yes = replace(record.record, participation=Participation.ACCEPTED)
    await b24.push(op(yes, Verb.UPDATE, base=record.record), record.remote_id)
    listed = portal.control.record("event", number)["attendees"]
    answers = {one["id"]: one["status"] for one in listed}
    assert answers[7] == "Y"


async def test_a_groups_event_has_nobody_responsible(portal, b24, sales):
    add(portal, "group", 6, "Theirs")

    window = await pulled(b24)

    records: Any = window.records
    assert [one.record.responsible for one in records] == [None]


async def test_whoever_has_no_calendar_at_all_gets_one_with_the_first_event(portal, b24):
    for row in portal.control.records("section"):
        if row["OWNER_ID"] == "7":
            portal.control.erase("section", int(row["ID"]))
    window = await pulled(b24)
    assert not any(one.is_default for one in window.calendars)

    made = await b24.push(op(wish(CalendarId("b1:calls"))), None)

    after = await b24.pull_events(WEEK)
    assert made.record.record.calendar_id in {one.id for one in after.calendars}


class Meter(httpx.AsyncBaseTransport):
    """Counts what goes over the line, answers packed as web servers pack them."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.requests = self.sent = self.received = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        body = await response.aread()
        self.requests += 1
        self.sent += len(await request.aread()) + sum(map(len, map(str, request.headers.raw)))
        self.received += len(gzip.compress(body)) + sum(map(len, map(str, response.headers.raw)))
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(body)
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
def metered(portal: Portal, people, qloop) -> Iterator[tuple[Bitrix24Account, Meter]]:
    meter = Meter(httpx.AsyncHTTPTransport(verify=build_context(portal.ca_file)))
    account = Bitrix24Account(
        make_account("b1", user_id="7", time_zone="Europe/Berlin"),
        WebhookAccess(parse_webhook(portal.webhook_url)),
        http=JsonHttp("Parley/test", transport=meter),
        limiter=RateLimiter(),
        people=people,
        clock=lambda: datetime.now(UTC),
    )
    yield account, meter
    qloop.run_until_complete(account.aclose())


async def test_a_cycle_in_which_nothing_changed_costs_little(portal, metered, sales):
    """Five requests and 20 kB, whatever calendars there are."""
    b24, meter = metered
    for number in (21, 22, 23):
        portal.control.add_group(f"Team {number}", 7, number=number)
    usual = {"user7": "41", **{f"group{number}": "" for number in (6, 21, 22, 23)}}
    portal.control.set_user_options(7, defaultSections=usual)
    for number in range(30):
        day = f"2026-11-{16 + number % 5}T{8 + number // 5:02}:00:00"
        portal.control.add_event(7, name=f"Meeting {number}", start=day, end=day)
    for number in range(5):
        add(portal, "group", 6, f"Sprint {number}")
    await pulled(b24)
    pages = [page async for page in b24.pull_contacts(None)]
    meter.requests = meter.sent = meter.received = 0

    window = await b24.pull_events(WEEK)
    async for _page in b24.pull_contacts(pages[-1].cursor):
        pass

    assert len(window.records) == 35
    assert meter.requests <= 5
    assert meter.sent + meter.received <= MOST_BYTES
