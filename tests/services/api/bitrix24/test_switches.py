"""Whatever a portal does where the documentation is silent, the same is seen of it.

One story under each value of each switch of the emulated portal: what stands there is pulled,
something is booked, changed, moved, taken part in and deleted.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.event import Event, EventKind, Participation, Reminder
from desktop.domain.ids import RecordKind, UserId, new_uid
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import Verb
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.limits import RateLimiter
from desktop.services.api.port import EventWindow
from desktop.services.sync.merge import same_content
from tests.builders import make_event, make_op, make_span
from tests.servers.portal import Portal

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
MONDAY = date(2026, 11, 16)
MONTH = TimeSpan(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC))

SWITCHES: tuple[dict[str, Any], ...] = (
    {},
    {"ts_reading": "first"},
    {"ts_reading": "own"},
    {"update_clears": ["rrule"]},
    {"update_clears": ["crm_fields"]},
    {"update_clears": ["remind"]},
    {"update_clears": ["files", "foreign_reminders"]},
    {"update_clears": ["rrule", "crm_fields", "remind", "files", "foreign_reminders"]},
    {"tail_exceptions": "lost"},
    {"occurrence_delete": "returns"},
    {"occurrence_delete": "refused"},
    {"off_rule_start": "shown"},
    {"expansion": "masters"},
    {"rindex_told": False},
    {"rule_numbers": "text"},
    {"meeting_flag": "letter"},
    {"zones_honoured": False},
    {"offsets_honoured": False},
    {"name_required": True},
    {"open_windows": False},
    {"busy_reading": "series"},
    {"busy_reading": "first"},
    {"busy_reading": "own"},
    {"absence_ids": "text"},
    {"private_values": ["0", "1"]},
    {"private_values": ["N", "Y"]},
    {"private_values": ["", "Y"]},
    {"answers_grow_version": False},
    {"crm_event_activity": "general"},
    {"crm_event_activity": "meeting"},
    {"call_events": True},
    {"partial_edits": False},
    {"declined": "hidden"},
    {"declined": "as_set"},
    {"language": "de"},
    {"language": "ru"},
    {"culture": "de"},
    {"culture": "iso"},
    {"culture": "gb"},
    {"culture": "in"},
    {"culture": "jp"},
    {"zone": "America/New_York"},
    {"zone": "Pacific/Auckland"},
)


class Hurry:
    """A clock that every wait moves on, so that no test waits for the pace of background reads."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def limiter() -> RateLimiter:
    hurry = Hurry()
    return RateLimiter(clock=hurry.clock, sleep=hurry.sleep)


def named(switch: dict[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in switch.items()) or "usual"


def furnish(portal: Portal) -> None:
    """What colleagues and the user have made in the portal's own pages."""
    control = portal.control
    berlin = {"timezone_from": "Europe/Berlin"}
    control.add_event(
        7,
        name="Dentist",
        start="2026-11-17T08:00:00",
        end="2026-11-17T09:00:00",
        private_event="Y",
        accessibility="absent",
        **berlin,
    )
    control.add_event(7, name="Fair", start="2026-11-19", end="2026-11-20", skip_time="Y")
    control.add_event(
        12,
        name="Review",
        start="2026-11-18T15:00:00",
        end="2026-11-18T16:00:00",
        is_meeting="Y",
        attendees=[12, 7],
        **berlin,
    )
    control.seed_series(
        7,
        name="Stand-up",
        start="2026-11-09T09:30:00",
        end="2026-11-09T09:45:00",
        rrule={"FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "COUNT": 6},
        left_out=["2026-11-18"],
        moved={"2026-11-23": "2026-11-23T12:00:00"},
        **berlin,
    )


@pytest.fixture(params=SWITCHES, ids=named)
def switched(request: pytest.FixtureRequest, portal: Portal) -> dict[str, Any]:
    """The switch that is set; what colleagues made is there already."""
    furnish(portal)
    portal.control.configure(**request.param)
    return dict(request.param)


FURNISHED = [
    "09 09:30 Stand-up",
    "11 09:30 Stand-up",
    "16 09:30 Stand-up",
    "17 08:00 Dentist private away",
    "18 15:00 Review NEEDS_ACTION",
    "19 all day Fair",
    "23 12:00 Stand-up",
    "25 09:30 Stand-up",
]


def seen(window: EventWindow) -> list[str]:
    """Every occurrence as a calendar in Berlin has it."""
    events = {one.remote_id: one.record for one in window.records}
    assert all(isinstance(one, Event) for one in events.values())
    whole: Any = events
    found = [(one.start, one.all_day, whole[one.remote_id]) for one in window.occurrences]
    for one in whole.values():
        if one.recurrence is None:
            start = one.when.in_zone(BERLIN).start
            found.append((start, isinstance(one.when, DateSpan), one))
    lines = []
    for start, all_day, event in found:
        when = f"{start:%d} all day" if all_day else f"{start.astimezone(BERLIN):%d %H:%M}"
        marks = [event.summary, "private" * event.private, "away" * event.away]
        if event.participation is not None:
            marks.append(event.participation.name)
        lines.append(" ".join([when, *filter(None, marks)]))
    return sorted(lines)


def op(wish: Event, verb: Verb = Verb.CREATE, **more: Any) -> Any:
    return make_op(new_uid(), wish, verb=verb, kind=RecordKind.EVENT, account="b1", **more)


async def made(b24: Bitrix24Account, wish: Event) -> Any:
    return (await b24.push(op(wish), None)).record


async def changed(b24: Bitrix24Account, record: Any, **changes: Any) -> Any:
    wish = replace(record.record, **changes)
    entry = op(wish, Verb.UPDATE, base=record.record)
    return (await b24.push(entry, record.remote_id)).record


def wish(**more: Any) -> Event:
    values: dict[str, Any] = {
        "kind": EventKind.EVENT,
        "when": make_span(date(2026, 11, 20), hours=(10, 11), zone=BERLIN).in_zone(UTC),
        "time_zone": "Europe/Berlin",
        "reminders": (Reminder(15),),
        "description": "Bring the offer",
    }
    return make_event("n1", "Offer", account="b1", calendar="b1:41", **{**values, **more})


async def test_what_stands_there_is_seen_the_same(portal: Portal, b24, switched):
    await b24.check()

    assert seen(await b24.pull_events(MONTH)) == FURNISHED
    assert seen(await b24.pull_events(MONTH)) == FURNISHED


async def test_a_booking_is_kept_changed_moved_and_deleted(portal: Portal, b24, switched):
    contact = portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky")
    await b24.check()
    event = wish(contacts=(f"b1:contact:{contact}",), private=True, away=True)

    record = await made(b24, event)
    same = replace(event, responsible=record.record.responsible, kind=record.record.kind)
    assert same_content(record.record, same)

    record = await changed(b24, record, summary="Offer, again")
    assert same_content(record.record, replace(same, summary="Offer, again"))
    later = event.when.in_zone(UTC).starting(datetime(2026, 11, 24, 9, tzinfo=UTC))
    record = await changed(b24, record, when=later)
    window = await b24.pull_events(MONTH)
    shown = [one for one in seen(window) if "Offer" in one]
    assert shown == ["24 10:00 Offer, again private away"]

    await b24.push(op(record.record, Verb.DELETE, base=record.record), record.remote_id)
    assert await b24.fetch(RecordKind.EVENT, record.remote_id) is None


async def test_another_zone_keeps_the_instant(portal: Portal, b24, switched):
    await b24.check()
    there = make_span(date(2026, 11, 20), hours=(10, 11), zone=TOKYO).in_zone(UTC)

    record = await made(b24, wish(when=there, time_zone="Asia/Tokyo"))
    assert record.record.when.start == there.start

    later = there.starting(there.start + timedelta(hours=2))
    record = await changed(b24, record, when=later)
    assert (record.record.when.start, record.record.when.end) == (later.start, later.end)


async def test_a_series_is_kept_and_changed_as_a_whole(portal: Portal, b24, switched):
    await b24.check()
    rule = RecurrenceRule(Frequency.WEEKLY, count=4, by_day=("MO", "TH"))
    first = make_span(MONDAY, hours=(17, 18), zone=BERLIN).in_zone(UTC)

    record = await made(b24, wish(when=first, recurrence=rule))
    record = await changed(b24, record, summary="Offer, again", reminders=(Reminder(30),))

    assert (record.record.recurrence, record.record.reminders) == (rule, (Reminder(30),))
    assert seen(await b24.pull_events(MONTH)) == sorted(
        [*FURNISHED, *(f"{day} 17:00 Offer, again" for day in (16, 19, 23, 26))]
    )
    await b24.push(op(record.record, Verb.DELETE, base=record.record), record.remote_id)
    assert seen(await b24.pull_events(MONTH)) == FURNISHED


async def test_an_invitation_is_answered(portal: Portal, b24, switched):
    await b24.check()
    window = await b24.pull_events(MONTH)
    record: Any = next(one for one in window.records if one.record.summary == "Review")

    answered = await changed(b24, record, participation=Participation.ACCEPTED)

    assert answered.record.participation is Participation.ACCEPTED
    assert answered.revision != record.revision
    assert "18 15:00 Review ACCEPTED" in seen(await b24.pull_events(MONTH))


async def test_a_colleagues_time_is_taken_the_same(portal: Portal, b24, switched):
    portal.control.add_event(
        12,
        name="Gym",
        start="2026-11-17T08:00:00",
        end="2026-11-17T09:00:00",
        timezone_from="Europe/Berlin",
        rrule={"FREQ": "DAILY", "COUNT": 3},
    )
    portal.control.add_absence(12, "2026-11-20", "2026-11-20")
    await b24.check()
    await b24.pull_events(MONTH)

    told = await b24.free_busy((UserId("12"),), MONTH)

    spans = sorted(one.span.start.astimezone(BERLIN) for one in told[UserId("12")])
    assert [f"{one:%d %H}" for one in spans[:4]] == ["17 08", "18 08", "18 15", "19 08"]
    there = ZoneInfo(switched.get("zone", "Europe/Berlin"))
    assert spans[4] == datetime(2026, 11, 20, tzinfo=there)
