"""The whole account against the emulated portal over HTTPS."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.contact import AddressKind, Contact, Phone
from desktop.domain.errors import (
    IdentityChangedError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
)
from desktop.domain.event import Event, EventKind, Priority, Reminder
from desktop.domain.ids import ContactId, RecordKind, RemoteId, UserId, new_uid
from desktop.domain.sync import OutboxEntry, Record, Verb
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.markers import marker_line
from desktop.services.api.port import EventWindow
from tests.builders import make_contact, make_event, make_op
from tests.servers.portal import Portal
from tests.services.api.conftest import connect

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 17, 14, tzinfo=MOSCOW)
SPAN = TimeSpan(START - timedelta(days=20), START + timedelta(days=60))
PHONE = [{"VALUE": "+493012345678", "VALUE_TYPE": "WORK"}]


@pytest.fixture
def alex(portal: Portal) -> str:
    """A contact with a phone, for whom colleague 12 is responsible."""
    number = portal.control.add_contact(
        NAME="Alex", LAST_NAME="Vronsky", PHONE=PHONE, ASSIGNED_BY_ID=12
    )
    return str(number)


def meeting(contact: str, **more: Any) -> Event:
    values = {
        "summary": "Meeting with Alex Vronsky",
        "when": TimeSpan(START, START + timedelta(hours=1)),
        "record": RecordKind.ACTIVITY,
        "kind": EventKind.MEETING,
        "time_zone": "Europe/Moscow",
        "contacts": (ContactId(f"b1:contact:{contact}"),),
        "location": "Office, room 3",
        "description": "Bring the revised offer",
        "reminders": (Reminder(15),),
    }
    return make_event("e1", account="b1", calendar="b1:41", **{**values, **more})


def op(wish: Record | None, verb: Verb = Verb.CREATE, **more: Any) -> OutboxEntry:
    kind = RecordKind.CONTACT if isinstance(wish, Contact) else RecordKind.EVENT
    if isinstance(wish, Event):
        kind = wish.record
    return make_op(new_uid(), wish, verb=verb, kind=more.pop("kind", kind), account="b1", **more)


async def book(b24: Bitrix24Account, wish: Record) -> tuple[OutboxEntry, Any]:
    entry = op(wish)
    return entry, await b24.push(entry, None)


async def change(b24: Bitrix24Account, pushed: Any, **changes: Any) -> Any:
    base = pushed.record.record
    wish = replace(base, **changes)
    entry = op(wish, Verb.UPDATE, base=base, kind=pushed.record.kind)
    return await b24.push(entry, pushed.remote_id)


def only(window: EventWindow) -> Any:
    (record,) = window.records
    return record


# Who we are


async def test_the_check_is_one_request_and_tells_who_and_what(portal, b24):
    identity = await b24.check()

    assert portal.control.count() == 1
    assert (identity.user_id, identity.user_name, identity.admin) == ("7", "Anna Titova", False)
    assert identity.time_zone == "Europe/Berlin"
    assert identity.capabilities.missing_scopes == ()
    assert identity.capabilities.calls
    assert identity.capabilities.responsible
    assert abs(identity.clock_offset_s) < 5


async def test_the_servers_clock_is_measured(portal, b24):
    portal.control.advance(400)

    assert (await b24.check()).clock_offset_s == pytest.approx(400, abs=5)


async def test_a_webhook_that_changed_its_owner_stops_the_account(portal, people):
    account = connect(portal, people, user_id=UserId("12"))

    with pytest.raises(IdentityChangedError):
        await account.check()
    await account.aclose()


@pytest.mark.parametrize(
    ("missing", "capability"),
    [
        (["crm.activity.add"], "calls"),
        (["crm.contact.list", "crm.item.list"], "contacts"),
        (["crm.contact.add"], "create_contacts"),
        (["crm.deal.list", "crm.item.list"], "deals"),
        (["calendar.event.get"], "calendar"),
    ],
)
async def test_what_a_portal_does_not_know_is_not_offered(portal, b24, missing, capability):
    portal.control.configure(missing_methods=missing)

    assert not getattr((await b24.check()).capabilities, capability)


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("NO_AUTH_FOUND", 401, Refusal.SIGN_IN),
        ("INVALID_CREDENTIALS", 403, Refusal.SIGN_IN),
        ("PORTAL_DELETED", 403, Refusal.STOPPED),
        ("OVERLOAD_LIMIT", 503, Refusal.STOPPED),
        ("user_access_error", 403, Refusal.STOPPED),
        ("QUERY_LIMIT_EXCEEDED", 503, Refusal.BUSY),
        ("QUERY_LIMIT_EXCEEDED", 200, Refusal.BUSY),
        ("OPERATION_TIME_LIMIT", 429, Refusal.METHOD_BUSY),
    ],
)
async def test_system_errors_reach_the_caller_as_refusals(portal, b24, code, status, reason):
    portal.control.fail(code, status=status)

    with pytest.raises(RefusedError) as caught:
        await b24.check()
    assert caught.value.reason is reason


async def test_the_limiter_hears_of_limit_errors(portal, b24, limiter):
    portal.control.fail("QUERY_LIMIT_EXCEEDED")
    with pytest.raises(RefusedError):
        await b24.check()

    assert limiter.pace.per_s == 0.5


async def test_a_blocked_method_waits_until_its_time_is_reset(portal, b24, alex):
    await b24.fetch(RecordKind.CONTACT, RemoteId(alex))
    await b24.look_up(op(make_contact()))  # tells when the method's time is reset
    portal.control.fail("OPERATION_TIME_LIMIT", "crm.contact.list")

    with pytest.raises(RefusedError) as caught:
        await b24.look_up(op(make_contact()))
    assert caught.value.reason is Refusal.METHOD_BUSY
    assert caught.value.retry_after_s == pytest.approx(570, abs=40)

    sent = portal.control.count()
    with pytest.raises(RefusedError):
        await b24.look_up(op(make_contact()))
    assert portal.control.count() == sent


@pytest.mark.parametrize(
    ("fault", "page"),
    [
        ({"kind": "cut"}, False),
        ({"kind": "status", "status": 200}, True),
        ({"kind": "status", "status": 502}, True),
        ({"kind": "status", "status": 503}, True),
        ({"kind": "status", "status": 200, "body": "[]"}, False),
        ({"kind": "drop_before"}, False),
        ({"kind": "drop_after", "reset": True}, False),
        ({"kind": "error", "code": "INTERNAL_SERVER_ERROR"}, False),
    ],
)
async def test_answers_that_are_none_are_unknown(portal, b24, fault, page):
    portal.control.fault(**fault)

    with pytest.raises(OutcomeUnknownError) as caught:
        await b24.check()
    assert caught.value.page is page


async def test_a_moved_portal_gets_nothing_and_is_named(portal, b24, people):
    with Portal(portal.folder.parent / "other") as other:
        portal.control.fault("redirect", times=-1, location=f"{other.url}/rest/7/whatever/profile")
        with pytest.raises(RefusedError) as caught:
            await b24.check()
        assert other.control.count() == 0

    assert caught.value.reason is Refusal.MOVED
    assert caught.value.subject == other.url


async def test_a_portal_that_is_gone_is_offline(portal, b24):
    await b24.check()
    portal.kill()

    with pytest.raises((OutcomeUnknownError, OfflineError)):
        await b24.check()
    with pytest.raises(OfflineError):
        await b24.check()


# Booking


async def test_booking_reads_the_contact_and_sends_every_field(portal, b24, alex):
    entry, pushed = await book(b24, meeting(alex, priority=Priority.HIGH))

    requests = portal.control.requests()
    assert [one["method"] for one in requests] == ["crm.contact.get", "crm.activity.add", "batch"]
    assert requests[1]["content_type"] == "application/json"
    assert requests[1]["params"]["fields"] == {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": int(alex),
        "TYPE_ID": 1,
        "SUBJECT": "Meeting with Alex Vronsky",
        "START_TIME": "2026-11-17T14:00:00+03:00",
        "END_TIME": "2026-11-17T15:00:00+03:00",
        "COMPLETED": "N",
        "PRIORITY": 3,
        "RESPONSIBLE_ID": 12,
        "DESCRIPTION": "Bring the revised offer",
        "DESCRIPTION_TYPE": 1,
        "LOCATION": "Office, room 3",
        "NOTIFY_TYPE": 1,
        "NOTIFY_VALUE": 15,
        "COMMUNICATIONS": [{"VALUE": "+493012345678", "ENTITY_TYPE_ID": 3, "ENTITY_ID": int(alex)}],
        "ORIGINATOR_ID": "parley",
        "ORIGIN_ID": entry.op_id,
    }
    assert pushed.record is not None
    assert pushed.record.marker == entry.op_id
    assert pushed.record.record.calendar_id == "b1:others"


async def test_a_call_has_a_direction_and_a_number(portal, b24, alex):
    await book(b24, meeting(alex, kind=EventKind.CALL, responsible=UserId("7")))

    (sent,) = portal.control.commands("crm.activity.add")
    assert sent["fields"]["TYPE_ID"] == 2
    assert sent["fields"]["DIRECTION"] == 2
    assert sent["fields"]["RESPONSIBLE_ID"] == 7
    assert sent["fields"]["COMMUNICATIONS"][0]["TYPE"] == "PHONE"


async def test_an_incoming_call_that_comes_back_stays_one(portal, b24, alex):
    """As when its deletion is taken back."""
    call = meeting(alex, kind=EventKind.CALL, responsible=UserId("7"), incoming=True)

    _entry, pushed = await book(b24, call)

    (sent,) = portal.control.commands("crm.activity.add")
    assert sent["fields"]["DIRECTION"] == 1
    assert pushed.record.record.incoming


async def test_the_fresh_card_is_used_and_the_cache_where_it_cannot_be_read(
    portal, b24, people, alex
):
    people.cards[ContactId(f"b1:contact:{alex}")] = make_contact(
        account="b1", phone="+371 old", responsible=UserId("1")
    )
    await book(b24, meeting(alex))
    portal.control.fail("INTERNAL_SERVER_ERROR", "crm.contact.get")
    await book(b24, meeting(alex))

    fresh, cached = (one["fields"] for one in portal.control.commands("crm.activity.add"))
    assert fresh["COMMUNICATIONS"][0]["VALUE"] == "+493012345678"
    assert fresh["RESPONSIBLE_ID"] == 12
    assert cached["COMMUNICATIONS"][0]["VALUE"] == "+371 old"
    assert cached["RESPONSIBLE_ID"] == 1


async def test_an_address_does_for_a_meeting_but_not_for_a_call(portal, b24):
    number = portal.control.add_contact(
        NAME="Eve", EMAIL=[{"VALUE": "eve@a.example", "VALUE_TYPE": "WORK"}]
    )
    await book(b24, meeting(str(number)))

    with pytest.raises(RefusedError) as caught:
        await book(b24, meeting(str(number), kind=EventKind.CALL))
    assert caught.value.reason is Refusal.NO_COMMUNICATION
    (sent,) = portal.control.commands("crm.activity.add")
    assert sent["fields"]["COMMUNICATIONS"][0]["VALUE"] == "eve@a.example"


async def test_nobody_to_reach_is_told_before_anything_is_written(portal, b24):
    number = portal.control.add_contact(NAME="Silent")

    with pytest.raises(RefusedError) as caught:
        await book(b24, meeting(str(number)))
    assert caught.value.reason is Refusal.NO_COMMUNICATION
    assert portal.control.count("crm.activity.add") == 0


async def test_a_contact_that_is_gone_is_told(portal, b24, people, alex):
    portal.control.delete_contact(int(alex))
    with pytest.raises(RefusedError) as caught:
        await book(b24, meeting(alex))
    assert (caught.value.reason, caught.value.subject) == (Refusal.NOT_FOUND, "owner")

    people.unknown.add(ContactId("b1:contact:999"))
    with pytest.raises(RefusedError) as caught:
        await book(b24, meeting("999"))
    assert caught.value.subject == "owner"
    assert portal.control.count("crm.activity.add") == 0


async def test_a_long_title_is_cut_and_an_empty_one_never_sent(portal, b24, alex):
    await book(b24, meeting(alex, summary="x" * 300))
    await book(b24, meeting(alex, summary="  "))

    first, second = portal.control.commands("crm.activity.add")
    assert first["fields"]["SUBJECT"] == "x" * 255
    assert second["fields"]["SUBJECT"].strip()


async def test_a_create_whose_answer_is_lost_is_found_by_its_marker(portal, b24, alex):
    await book(b24, meeting(alex))  # another one that must not be taken for it
    portal.control.fault("drop_after", "crm.activity.add")
    entry = op(meeting(alex))
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)
    assert found.marker == entry.op_id
    assert await b24.look_up(op(meeting(alex))) == ()


async def test_a_portal_that_ignores_the_markers_key_is_not_believed(portal, b24, alex):
    await book(b24, meeting(alex))
    portal.control.configure(ignored_filter_keys=["ORIGIN_ID", "ORIGINATOR_ID"])

    assert await b24.look_up(op(meeting(alex))) == ()


async def test_a_request_that_arrived_twice_shows_twice_lowest_id_first(portal, b24, alex):
    portal.control.fault("twice", "crm.activity.add")
    entry, _pushed = await book(b24, meeting(alex))

    first, second = await b24.look_up(entry)
    assert int(first.remote_id) < int(second.remote_id)


async def test_cancelling_a_booking_leaves_it_unknown_not_repeated(portal, b24, alex):
    portal.control.fault("hold_after", "crm.activity.add")
    entry = op(meeting(alex))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(b24.push(entry, None))
        while not portal.control.faults_met():
            await asyncio.sleep(0.01)
        task.cancel()

    assert task.cancelled()
    assert len(await b24.look_up(entry)) == 1
    assert portal.control.count("crm.activity.add") == 1


# Changing and deleting


async def test_a_move_sends_both_times_and_nothing_else(portal, b24, alex):
    _entry, pushed = await book(b24, meeting(alex, responsible=UserId("7")))
    later = TimeSpan(START + timedelta(days=1), START + timedelta(days=1, hours=2))
    moved = await change(b24, pushed, when=later, time_zone="Europe/Moscow")

    (sent,) = portal.control.commands("crm.activity.update")
    assert sent["fields"] == {
        "START_TIME": "2026-11-18T14:00:00+03:00",
        "END_TIME": "2026-11-18T16:00:00+03:00",
    }
    assert moved.record.record.when.in_zone(UTC) == later.in_zone(UTC)


async def test_each_changed_field_travels_alone(portal, b24, alex):
    _entry, pushed = await book(b24, meeting(alex))
    for changes, sent in (
        ({"summary": "New"}, {"SUBJECT": "New"}),
        ({"location": ""}, {"LOCATION": ""}),
        ({"description": "d"}, {"DESCRIPTION": "d", "DESCRIPTION_TYPE": 1}),
        ({"reminders": ()}, {"NOTIFY_TYPE": 0, "NOTIFY_VALUE": 0}),
        ({"priority": Priority.LOW}, {"PRIORITY": 1}),
        ({"completed": True}, {"COMPLETED": "Y"}),
        ({"responsible": UserId("7")}, {"RESPONSIBLE_ID": 7}),
    ):
        portal.control.clear_requests()
        pushed = await change(b24, pushed, **changes)
        (update,) = portal.control.commands("crm.activity.update")
        assert update["fields"] == sent
        for name, value in changes.items():
            assert getattr(pushed.record.record, name) == value


async def test_nothing_changed_sends_no_write(portal, b24, alex):
    _entry, pushed = await book(b24, meeting(alex))
    await change(b24, pushed)

    assert portal.control.count("crm.activity.update") == 0


async def test_another_contact_becomes_the_owner(portal, b24, alex):
    other = portal.control.add_contact(NAME="Olga", PHONE=[{"VALUE": "+7 999"}])
    _entry, pushed = await book(b24, meeting(alex))
    moved = await change(b24, pushed, contacts=(ContactId(f"b1:contact:{other}"),))

    assert moved.record.record.contacts[0] == f"b1:contact:{other}"
    (stored,) = portal.control.activities()
    assert stored["OWNER_ID"] == str(other)


async def test_a_call_does_not_become_a_meeting(b24, portal, alex):
    _entry, pushed = await book(b24, meeting(alex, kind=EventKind.CALL))

    with pytest.raises(RefusedError) as caught:
        await change(b24, pushed, kind=EventKind.MEETING)
    assert caught.value.reason is Refusal.UNSUPPORTED


async def test_deleting_twice_is_done_twice(portal, b24, alex):
    _entry, pushed = await book(b24, meeting(alex))
    delete = op(None, Verb.DELETE, kind=RecordKind.ACTIVITY, base=pushed.record.record)

    await b24.push(delete, pushed.remote_id)
    await b24.push(delete, pushed.remote_id)

    assert portal.control.activities() == []
    assert await b24.fetch(RecordKind.ACTIVITY, pushed.remote_id) is None


async def test_no_right_to_a_record_is_not_its_absence(portal, b24, alex):
    portal.control.hide("contact", int(alex))

    with pytest.raises(RefusedError) as caught:
        await b24.fetch(RecordKind.CONTACT, RemoteId(alex))
    assert caught.value.reason is Refusal.FORBIDDEN


# The calendar


async def test_a_meeting_and_its_calendar_event_are_one_record(portal, b24, alex):
    await b24.check()
    _entry, pushed = await book(b24, meeting(alex, responsible=UserId("7")))
    assert len(portal.control.events()) == 1

    portal.control.clear_requests()
    record = only(await b24.pull_events(SPAN))

    assert portal.control.count() == 1
    assert (record.kind, record.remote_id) == (RecordKind.ACTIVITY, pushed.remote_id)
    (event,) = portal.control.events()
    assert record.aliases == ((RecordKind.EVENT, str(event["id"])),)
    assert record.record == pushed.record.record
    assert record.record.calendar_id == "b1:41"


async def test_a_call_and_what_was_booked_for_others_have_their_own_calendars(portal, b24, alex):
    await book(b24, meeting(alex, kind=EventKind.CALL, responsible=UserId("7")))
    await book(b24, meeting(alex, summary="For John"))
    window = await b24.pull_events(SPAN)

    records: list[Any] = [one.record for one in window.records]
    assert {one.summary: one.calendar_id for one in records} == {
        "Meeting with Alex Vronsky": "b1:calls",
        "For John": "b1:others",
    }
    assert {"b1:41", "b1:calls", "b1:others"} <= {one.id for one in window.calendars}
    assert [one.id for one in window.calendars if one.is_default] == ["b1:41"]
    assert [one.name for one in window.users] == ["Maria Admin", "Anna Titova", "John Smith"]


async def test_many_activities_are_read_to_the_last_one(portal, b24, alex):
    for number in range(730):
        portal.control.call(
            "crm.activity.add",
            {
                "fields": {
                    "OWNER_TYPE_ID": 3,
                    "OWNER_ID": int(alex),
                    "TYPE_ID": 2,
                    "SUBJECT": f"Call {number}",
                    "START_TIME": "2026-11-17T14:00:00+03:00",
                    "END_TIME": "2026-11-17T15:00:00+03:00",
                    "RESPONSIBLE_ID": 7,
                    "DIRECTION": 2,
                    "COMMUNICATIONS": [{"VALUE": "1", "ENTITY_ID": int(alex), "ENTITY_TYPE_ID": 3}],
                }
            },
        )
    window = await b24.pull_events(SPAN)

    assert len({record.remote_id for record in window.records}) == 730


@pytest.mark.parametrize("culture", ["us", "de", "iso", "gb"])
@pytest.mark.parametrize("reading", ["series", "first", "own"])
async def test_a_series_comes_as_its_occurrences_in_every_culture(portal, b24, culture, reading):
    portal.control.configure(culture=culture, ts_reading=reading)
    portal.control.add_event(
        name="Single",
        start="2026-11-30T10:00:00",
        end="2026-11-30T11:00:00",
        timezone_from="Europe/Riga",
        timezone_to="Europe/Riga",
    )
    number = portal.control.add_event(
        name="Stand-up",
        start="2026-10-05T09:00:00",
        end="2026-10-05T09:30:00",
        timezone_from="Europe/Riga",
        timezone_to="Europe/Riga",
        rrule={"FREQ": "WEEKLY", "INTERVAL": 1, "BYDAY": ["MO"], "UNTIL": "2026-12-07"},
    )
    riga = ZoneInfo("Europe/Riga")
    span = TimeSpan(datetime(2026, 10, 12, tzinfo=riga), datetime(2026, 11, 17, tzinfo=riga))
    window = await b24.pull_events(span)

    inside = [one for one in window.occurrences if span.start <= one.start < span.end]
    assert [one.start for one in inside] == [
        datetime(2026, month, day, 9, tzinfo=riga)
        for month, day in ((10, 12), (10, 19), (10, 26), (11, 2), (11, 9), (11, 16))
    ]
    assert {one.remote_id for one in inside} == {str(number)}
    series: Any
    (series,) = (r.record for r in window.records if r.remote_id == str(number))
    assert not series.read_only
    assert series.recurrence.by_day == ("MO",)
    if culture == "us":
        again = await b24.pull_events(SPAN)
        (series,) = (r.record for r in again.records if r.remote_id == str(number))
        assert series.when.start == datetime(2026, 10, 5, 9, tzinfo=riga)


async def test_a_wide_span_is_read_in_parts(portal, b24):
    portal.control.add_event(
        name="Far",
        start="2027-08-01T10:00:00",
        end="2027-08-01T11:00:00",
        timezone_from="Europe/Riga",
        timezone_to="Europe/Riga",
    )
    window = await b24.pull_events(TimeSpan(START, START + timedelta(days=300)))

    assert only(window).record.summary == "Far"
    for asked in portal.control.commands("calendar.event.get"):
        first, last = (date.fromisoformat(asked[name]) for name in ("from", "to"))
        assert (last - first).days <= 123


async def test_without_the_calendars_permission_the_timeline_still_comes(portal, b24, alex):
    await book(b24, meeting(alex, responsible=UserId("7")))
    portal.control.fail("insufficient_scope", "calendar.*", times=-1)
    window = await b24.pull_events(SPAN)

    assert only(window).record.calendar_id == "b1:calls"


async def test_a_window_that_could_not_be_read_is_an_error_not_an_emptiness(portal, b24):
    portal.control.fail("INTERNAL_SERVER_ERROR", "calendar.event.get")
    with pytest.raises(OutcomeUnknownError):
        await b24.pull_events(SPAN)

    portal.control.fail("ACCESS_DENIED", "crm.activity.list", times=-1)
    with pytest.raises(RefusedError):
        await b24.pull_events(SPAN)


# Calendar events of our own


def event(**more: Any) -> Event:
    return meeting("0", **{"record": RecordKind.EVENT, "contacts": (), **more})


async def test_an_event_is_sent_with_its_zone_its_link_and_its_marker(portal, b24, alex):
    entry, pushed = await book(
        b24, event(contacts=(ContactId(f"b1:contact:{alex}"),), private=True, busy=False)
    )

    (sent,) = portal.control.commands("calendar.event.add")
    assert sent == {
        "type": "user",
        "ownerId": 7,
        "section": 41,
        "name": "Meeting with Alex Vronsky",
        "from": "2026-11-17T14:00:00",
        "to": "2026-11-17T15:00:00",
        "timezone_from": "Europe/Moscow",
        "timezone_to": "Europe/Moscow",
        "skip_time": "N",
        "description": f"Bring the revised offer\n{marker_line(entry.op_id)}",
        "accessibility": "free",
        "importance": "normal",
        "private_event": "Y",
        "location": "Office, room 3",
        "remind": [{"type": "min", "count": 15}],
        "crm_fields": [f"C_{alex}"],
    }
    assert pushed.record.record.description == "Bring the revised offer"
    assert pushed.record.record.contacts == (f"b1:contact:{alex}",)
    assert await b24.look_up(entry) == (pushed.record,)
    assert await b24.look_up(op(event())) == ()


async def test_a_changed_event_is_sent_whole_and_keeps_what_we_cannot_show(portal, b24, alex):
    entry, pushed = await book(b24, event(contacts=(ContactId(f"b1:contact:{alex}"),)))
    portal.control.patch(
        "event",
        int(pushed.remote_id),
        remind=[{"type": "min", "count": 15}, {"type": "date", "value": "x"}],
    )
    changed = await change(b24, pushed, summary="New title", reminders=(Reminder(30),))

    (sent,) = portal.control.commands("calendar.event.update")
    assert sent["name"] == "New title"
    assert sent["from"] == "2026-11-17T14:00:00"
    assert sent["timezone_from"] == "Europe/Moscow"
    assert sent["skip_time"] == "N"
    assert sent["section"] == 41
    assert sent["description"].endswith(marker_line(entry.op_id))
    assert sent["crm_fields"] == [f"C_{alex}"]
    assert {"type": "date", "value": "x"} in sent["remind"]
    assert changed.record.record.reminders == (Reminder(30),)
    assert await b24.look_up(entry)


async def test_all_day_events_stay_all_day_when_only_the_title_changes(portal, b24):
    days = DateSpan(date(2026, 11, 20), date(2026, 11, 22))
    _entry, pushed = await book(b24, event(when=days))
    changed = await change(b24, pushed, summary="Trade fair")

    assert pushed.record.record.when == days
    assert changed.record.record.when == days
    (sent,) = portal.control.commands("calendar.event.update")
    assert (sent["from"], sent["to"], sent["skip_time"]) == ("2026-11-20", "2026-11-21", "Y")


async def test_an_event_whose_answer_is_lost_is_found_by_its_marker(portal, b24):
    portal.control.fault("drop_after", "calendar.event.add")
    entry = op(event())
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)
    assert found.marker == entry.op_id


async def test_what_is_a_series_only_there_is_not_deleted_as_one_event(portal, b24):
    number = portal.control.add_event(
        name="Stand-up",
        start="2026-11-16T09:00:00",
        end="2026-11-16T09:30:00",
        rrule={"FREQ": "DAILY", "COUNT": 5},
    )
    record: Any = await b24.fetch(RecordKind.EVENT, RemoteId(str(number)))
    single = replace(record.record, recurrence=None)
    entry = op(None, Verb.DELETE, kind=RecordKind.EVENT, base=single)
    with pytest.raises(RefusedError) as caught:
        await b24.push(entry, record.remote_id)
    assert caught.value.reason is Refusal.UNSUPPORTED
    assert portal.control.count("calendar.event.delete") == 0


async def test_an_event_is_deleted_once_and_gone_is_done(portal, b24):
    _entry, pushed = await book(b24, event())
    delete = op(None, Verb.DELETE, kind=RecordKind.EVENT, base=pushed.record.record)

    await b24.push(delete, pushed.remote_id)
    await b24.push(delete, pushed.remote_id)

    assert await b24.fetch(RecordKind.EVENT, pushed.remote_id) is None


async def test_after_an_idle_time_a_cheap_read_goes_before_a_create(portal, b24):
    await book(b24, event())

    methods = [one["method"] for one in portal.control.requests()]
    assert methods[0] == "server.time"
    assert methods.count("calendar.event.add") == 1


# Contacts


async def test_a_contact_is_added_changed_found_and_deleted(portal, b24):
    wish = make_contact("n1", "Olga Berg", account="b1", phone="+371 1")
    entry, pushed = await book(b24, wish)
    assert await b24.look_up(entry) == (pushed.record,)
    assert pushed.record.record.phones[0].remote_id

    changed = await change(
        b24,
        pushed,
        position="CEO",
        phones=(*pushed.record.record.phones, Phone("+371 2", AddressKind.MOBILE)),
    )
    assert [phone.value for phone in changed.record.record.phones] == ["+371 1", "+371 2"]
    assert changed.record.record.position == "CEO"
    assert changed.record.record.given_name == "Olga"

    delete = op(None, Verb.DELETE, kind=RecordKind.CONTACT, base=changed.record.record)
    await b24.push(delete, pushed.remote_id)
    await b24.push(delete, pushed.remote_id)
    assert await b24.fetch(RecordKind.CONTACT, pushed.remote_id) is None


async def test_a_field_that_the_portal_demands_is_named(portal, b24):
    portal.control.configure(required_contact_fields=["POST"])

    with pytest.raises(RefusedError) as caught:
        await book(b24, make_contact("n1", "Olga Berg", account="b1"))
    assert caught.value.reason is Refusal.INVALID
    assert caught.value.text
    assert "<" not in caught.value.text


async def test_updates_and_deletions_carry_no_marker(b24, alex):
    assert await b24.look_up(op(make_contact(), Verb.UPDATE)) == ()


# Secrets


async def test_no_secret_is_logged_or_carried_by_an_error(portal, b24, people, caplog, alex):
    secret = portal.control.identity()["secret"]
    caplog.set_level("DEBUG")
    for fault in ("drop_before", "cut", "drop_after"):
        portal.control.fault(fault)
        with pytest.raises(OutcomeUnknownError) as caught:
            await b24.check()
        assert secret not in repr(vars(caught.value)) + str(caught.value)
    await book(b24, meeting(alex))

    assert secret not in caplog.text
    assert "+493012345678" not in caplog.text
    assert "Vronsky" not in caplog.text
