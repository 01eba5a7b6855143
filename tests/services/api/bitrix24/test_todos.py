"""Bookings recorded as to-dos, against the emulated portal."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind, Priority, Recording, Reminder
from desktop.domain.ids import (
    CalendarId,
    ContactId,
    DealId,
    OpId,
    RecordKind,
    RemoteId,
    UserId,
    new_uid,
)
from desktop.domain.sync import OutboxEntry, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.markers import marker_line
from desktop.services.api.port import Pushed
from tests.builders import make_contact, make_event, make_op
from tests.servers.portal import Portal

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 17, 14, tzinfo=MOSCOW)
SPAN = TimeSpan(START - timedelta(days=20), START + timedelta(days=60))
PHONE = [{"VALUE": "+493012345678", "VALUE_TYPE": "WORK"}]


@pytest.fixture
def alex(portal: Portal) -> str:
    return str(portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE=PHONE))


def booking(contact: str, **more: Any) -> Event:
    values = {
        "summary": "Meeting with Alex Vronsky",
        "when": TimeSpan(START, START + timedelta(minutes=45)),
        "record": RecordKind.ACTIVITY,
        "recorded_as": Recording.TODO,
        "kind": EventKind.MEETING,
        "time_zone": "Europe/Moscow",
        "contacts": (ContactId(f"b1:contact:{contact}"),),
        "location": "Office, room 3",
        "description": "Bring the revised offer",
        "reminders": (Reminder(15), Reminder(60)),
        "priority": Priority.HIGH,
        "responsible": UserId("7"),
    }
    return make_event("e1", account="b1", calendar="b1:41", **{**values, **more})


def create(wish: Event) -> OutboxEntry:
    return make_op(new_uid(), wish, verb=Verb.CREATE, kind=RecordKind.ACTIVITY, account="b1")


async def change(b24: Bitrix24Account, pushed: Any, **changes: Any) -> Any:
    base = pushed.record.record
    entry = make_op(
        new_uid(),
        replace(base, **changes),
        verb=Verb.UPDATE,
        kind=RecordKind.ACTIVITY,
        account="b1",
        base=base,
    )
    return await b24.push(entry, pushed.remote_id)


def methods(portal: Portal) -> list[str]:
    return [one["method"] for one in portal.control.requests()]


async def test_a_to_do_keeps_everything_that_the_dialog_asks(portal, b24, alex):
    wish = booking(alex)
    pushed = await b24.push(create(wish), None)

    (row,) = portal.control.activities()
    assert (row["PROVIDER_ID"], row["SUBJECT"]) == ("CRM_TODO", "Meeting with Alex Vronsky")
    assert row["_PINGS"] == [15, 60]
    assert "Meeting, 45 min" in row["DESCRIPTION"]
    assert "Place: Office, room 3" in row["DESCRIPTION"]
    assert pushed.record.record == replace(
        wish,
        id=pushed.record.record.id,
        when=wish.when.in_zone(ZoneInfo("UTC")),
        calendar_id=CalendarId("b1:calls"),
        organizer=UserId("7"),
        time_zone="Europe/Berlin",
    )


async def test_it_stands_in_the_calendar_once_and_as_it_was_sent(portal, b24, alex):
    pushed = await b24.push(create(booking(alex)), None)
    portal.control.clear_requests()

    window = await b24.pull_events(SPAN)

    assert [one.record for one in window.records] == [pushed.record.record]
    assert portal.control.count() == 1, "what is unchanged costs no request of its own"


async def test_a_colleagues_to_do_stands_there_too(portal, b24, alex):
    portal.control.call(
        "crm.activity.todo.add",
        {
            "ownerTypeId": 3,
            "ownerId": int(alex),
            "deadline": "2026-11-18T10:00:00+03:00",
            "title": "Approve delivery",
            "description": "[b]At once[/b]",
            "responsibleId": 7,
        },
        by=12,
    )

    (record,) = (await b24.pull_events(SPAN)).records
    event: Any = record.record
    assert (event.summary, event.kind) == ("Approve delivery", EventKind.EVENT)
    assert event.when.duration == timedelta(minutes=15)
    assert event.recorded_as is Recording.TODO
    assert not event.read_only


async def test_a_lost_answer_is_found_by_the_last_line(portal, b24, alex):
    entry = create(booking(alex))
    portal.control.fault("drop_after", "crm.activity.todo.add")
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)

    assert found.marker == entry.op_id
    assert len(portal.control.activities()) == 1
    assert await b24.look_up(create(booking(alex))) == ()


async def test_a_marker_in_somebody_elses_to_do_is_not_ours(portal, b24, alex):
    entry = create(booking(alex))
    anna = str(portal.control.add_contact(NAME="Anna", LAST_NAME="K"))
    await b24.push(create(booking(anna)), None)

    assert await b24.look_up(entry) == ()


async def test_all_the_people_the_deal_and_the_company_are_bound(portal, b24):
    firm = portal.control.add_company(TITLE="Acme")
    alex = str(portal.control.add_contact(NAME="Alex", LAST_NAME="V", PHONE=PHONE, COMPANY_ID=firm))
    anna = str(portal.control.add_contact(NAME="Anna", LAST_NAME="K"))
    deal = portal.control.add_deal(TITLE="Licences", CONTACT_ID=int(alex))
    people = (ContactId(f"b1:contact:{alex}"), ContactId(f"b1:contact:{anna}"))
    wish = booking(alex, contacts=people, deal=DealId(str(deal)))

    pushed = await b24.push(create(wish), None)

    (row,) = portal.control.activities()
    bound = {tuple(one) for one in row["_BINDINGS"]}
    assert bound == {(3, int(alex)), (3, int(anna)), (2, deal), (4, firm)}
    assert pushed.record.record.contacts == people
    assert pushed.record.record.deal == str(deal)


@pytest.mark.parametrize("recording", [Recording.TODO, Recording.ACTIVITY])
async def test_bindings_that_a_lost_answer_left_undone_are_made_when_it_is_found(
    portal, b24, alex, recording
):
    deal = portal.control.add_deal(TITLE="Licences", CONTACT_ID=int(alex))
    wish = booking(alex, deal=DealId(str(deal)), recorded_as=recording)
    entry = create(wish)
    method = "crm.activity.todo.add" if recording is Recording.TODO else "crm.activity.add"
    portal.control.fault("drop_after", method)
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)

    (row,) = portal.control.activities()
    assert [2, deal] in row["_BINDINGS"]
    assert found.record.deal == str(deal)


@pytest.mark.parametrize("recording", [Recording.TODO, Recording.ACTIVITY])
async def test_a_binding_that_is_refused_for_good_does_not_refuse_the_booking(
    portal, b24, alex, recording
):
    wish = booking(alex, deal=DealId("4040"), recorded_as=recording)

    pushed = await b24.push(create(wish), None)

    assert pushed.record.record.deal is None
    assert len(portal.control.activities()) == 1


async def test_each_change_is_sent_by_the_method_that_changes_nothing_else(portal, b24, alex):
    pushed = await b24.push(create(booking(alex)), None)
    for changes, method in (
        ({"when": TimeSpan(START, START + timedelta(hours=2))}, "updatedescription"),
        ({"description": "Bring nothing"}, "updatedescription"),
        ({"responsible": UserId("12")}, "updateresponsibleuser"),
        ({"completed": True}, "crm.activity.update"),
    ):
        portal.control.clear_requests()
        pushed = await change(b24, pushed, **changes)
        written = [one for one in map(str.lower, methods(portal)) if "update" in one]
        assert any(one.endswith(method) for one in written), (changes, written)
        for name, value in changes.items():
            told = getattr(pushed.record.record, name)
            assert told == value if name != "when" else told.duration == timedelta(hours=2)


async def test_a_move_takes_the_length_along_and_the_marker_stays(portal, b24, alex):
    entry = create(booking(alex))
    pushed = await b24.push(entry, None)
    later = START + timedelta(days=1)

    pushed = await change(b24, pushed, when=TimeSpan(later, later + timedelta(minutes=45)))
    pushed = await change(b24, pushed, summary="Demo", priority=Priority.LOW, reminders=())

    (row,) = portal.control.activities()
    assert row["DESCRIPTION"].endswith(marker_line(entry.op_id))
    assert (row["_PINGS"], row["SUBJECT"]) == ([], "Demo")
    event = pushed.record.record
    assert event.when == TimeSpan(later, later + timedelta(minutes=45))
    assert (event.priority, event.location) == (Priority.LOW, "Office, room 3")


async def test_a_colleague_who_moves_the_deadline_moves_the_whole_meeting(portal, b24, alex):
    pushed = await b24.push(create(booking(alex)), None)
    todo = {"id": int(pushed.remote_id), "ownerTypeId": 3, "ownerId": int(alex)}
    moved = {**todo, "value": "2026-11-20T09:00:00+03:00"}
    portal.control.call("crm.activity.todo.updateDeadline", moved, by=12)

    record = await b24.fetch(RecordKind.ACTIVITY, pushed.remote_id)

    start = datetime(2026, 11, 20, 9, tzinfo=MOSCOW)
    assert record.record.when == TimeSpan(start, start + timedelta(minutes=45))


async def test_a_closed_to_do_is_opened_for_a_change_and_closed_again(portal, b24, alex):
    pushed = await b24.push(create(booking(alex)), None)
    pushed = await change(b24, pushed, completed=True)

    pushed = await change(b24, pushed, description="He came")

    (row,) = portal.control.activities()
    assert row["COMPLETED"] == "Y"
    assert pushed.record.record.description == "He came"
    pushed = await change(b24, pushed, completed=False)
    assert not pushed.record.record.completed


async def test_somebody_without_phone_and_e_mail_can_have_a_to_do(portal, b24):
    silent = str(portal.control.add_contact(NAME="Silent", LAST_NAME="Sam"))

    await b24.push(create(booking(silent)), None)

    assert len(portal.control.activities()) == 1


async def test_a_contact_that_is_gone_refuses_the_to_do(portal, b24, alex):
    portal.control.delete_contact(int(alex))

    with pytest.raises(RefusedError) as caught:
        await b24.push(create(booking(alex)), None)
    assert caught.value.reason is Refusal.NOT_FOUND


async def test_people_and_deal_are_bound_and_unbound_as_they_change(portal, b24, alex):
    anna = str(portal.control.add_contact(NAME="Anna", LAST_NAME="K"))
    deal = portal.control.add_deal(TITLE="Licences", CONTACT_ID=int(alex))
    pushed = await b24.push(create(booking(alex)), None)
    people = pushed.record.record.contacts

    pushed = await change(
        b24, pushed, contacts=(*people, ContactId(f"b1:contact:{anna}")), deal=DealId(str(deal))
    )
    (row,) = portal.control.activities()
    assert sorted(row["_BINDINGS"]) == sorted([[3, int(alex)], [3, int(anna)], [2, deal]])

    pushed = await change(b24, pushed, contacts=people[:1], deal=None)
    (row,) = portal.control.activities()
    assert row["_BINDINGS"] == [[3, int(alex)]]
    assert pushed.record.record.deal is None


async def test_another_contact_takes_a_to_do_over(portal, b24, alex):
    anna = str(portal.control.add_contact(NAME="Anna", LAST_NAME="K"))
    pushed = await b24.push(create(booking(alex)), None)

    pushed = await change(b24, pushed, contacts=(ContactId(f"b1:contact:{anna}"),))

    (row,) = portal.control.activities()
    assert (row["OWNER_ID"], row["_BINDINGS"]) == (anna, [[3, int(anna)]])
    assert pushed.record.record.contacts == (ContactId(f"b1:contact:{anna}"),)


async def test_a_to_do_with_a_calendar_event_of_its_own_is_one_record(portal, b24, alex):
    todo = portal.control.call(
        "crm.activity.todo.add",
        {
            "ownerTypeId": 3,
            "ownerId": int(alex),
            "deadline": "2026-11-18T10:00:00+03:00",
            "title": "Demo",
            "responsibleId": 7,
        },
        by=7,
    )
    times = {
        "START_TIME": "2026-11-18T08:00:00+01:00",
        "END_TIME": "2026-11-18T09:30:00+01:00",
        "DEADLINE": "2026-11-18T08:00:00+01:00",
    }
    portal.control.patch("activity", todo["id"], **times)
    event = portal.control.call(
        "calendar.event.add",
        {
            "type": "user",
            "ownerId": 7,
            "name": "Demo",
            "from": "2026-11-18T10:00:00",
            "to": "2026-11-18T11:30:00",
            "timezone_from": "Europe/Moscow",
            "timezone_to": "Europe/Moscow",
            "crm_fields": [f"C_{alex}"],
            "section": portal.control.records("section")[0]["ID"],
        },
        by=7,
    )

    (record,) = (await b24.pull_events(SPAN)).records

    assert (record.kind, record.remote_id) == (RecordKind.ACTIVITY, str(todo["id"]))
    assert record.aliases == ((RecordKind.EVENT, str(event)),)
    assert record.record.recorded_as is Recording.TODO
    assert record.record.when.duration == timedelta(minutes=90)


@pytest.mark.parametrize("recording", [Recording.TODO, Recording.ACTIVITY, Recording.EVENT])
async def test_people_of_another_account_are_bound_to_nobody_elses_number(
    portal, b24, people, alex, recording
):
    stranger = str(portal.control.add_contact(NAME="Not", LAST_NAME="Meant"))
    theirs = ContactId(f"b2:contact:{stranger}")
    people.cards[theirs] = make_contact(theirs, "Boris", account="b2")
    record = RecordKind.EVENT if recording is Recording.EVENT else RecordKind.ACTIVITY
    mine = ContactId(f"b1:contact:{alex}")
    wish = booking(alex, contacts=(mine, theirs), recorded_as=recording, record=record)
    entry = make_op(new_uid(), wish, verb=Verb.CREATE, kind=record, account="b1")

    pushed = await b24.push(entry, None)

    assert pushed.record.record.contacts == (mine,)


async def test_details_of_many_are_read_fifty_at_a_time_and_only_once(portal, b24, alex):
    for number in range(60):
        todo = {
            "ownerTypeId": 3,
            "ownerId": int(alex),
            "deadline": "2026-11-18T10:00:00+03:00",
            "title": f"Meeting {number}",
            "description": f"Call, 5 min\n{marker_line(OpId(str(number)))}",
            "responsibleId": 7,
        }
        portal.control.call("crm.activity.todo.add", todo, by=7)

    first = await b24.pull_events(SPAN)
    counted = portal.control.count()
    again = await b24.pull_events(SPAN)

    assert len(first.records) == 60
    assert counted == 3, "the window, and twice the bindings"
    assert portal.control.count() == counted + 1
    assert again.records == first.records


async def todo_in_calendar(portal: Portal, b24: Bitrix24Account, contact: str) -> Any:
    """A colleague's to-do with an event in my calendar, as the pull shows it."""
    start = round(START.timestamp() * 1000)
    block = {
        "id": "calendar",
        "from": start,
        "to": start + 3_600_000,
        "duration": 3_600_000,
        "selectedUserIds": [7],
    }
    todo = {
        "ownerTypeId": 3,
        "ownerId": int(contact),
        "deadline": START.isoformat(),
        "title": "Demo",
        "responsibleId": 7,
        "pingOffsets": [15],
        "settings": [block],
    }
    made = portal.control.call("crm.activity.todo.add", todo, by=7)
    record = await b24.fetch(RecordKind.ACTIVITY, RemoteId(str(made["id"])))
    return Pushed(RemoteId(str(made["id"])), record)


async def test_a_new_title_keeps_the_event_of_a_to_do(portal, b24, alex):
    pushed = await todo_in_calendar(portal, b24, alex)
    (event,) = portal.control.events()

    await change(b24, pushed, summary="Demo of it")

    (after,) = portal.control.events()
    assert (after["id"], after["name"]) == (event["id"], "Demo of it")


async def test_another_length_is_the_events_too(portal, b24, alex):
    pushed = await todo_in_calendar(portal, b24, alex)
    longer = TimeSpan(START, START + timedelta(minutes=90)).in_zone(ZoneInfo("UTC"))

    pushed = await change(b24, pushed, when=longer)

    assert pushed.record.record.when == longer
    (record,) = (await b24.pull_events(SPAN)).records
    assert record.record.when == longer
    assert len(portal.control.events()) == 1


async def test_a_new_title_keeps_a_colleagues_reminders_and_colour(portal, b24, alex):
    pushed = await todo_in_calendar(portal, b24, alex)
    portal.control.patch("activity", int(pushed.remote_id), _COLOR="3")

    await change(b24, pushed, summary="Demo of it")

    (row,) = portal.control.activities()
    assert (row["SUBJECT"], row["_PINGS"], row["_COLOR"]) == ("Demo of it", [15], "3")


async def test_a_release_without_such_settings_loses_nothing_that_it_has(portal, b24, alex):
    portal.control.configure(missing_methods=["crm.activity.todo.fetchSettings"])
    pushed = await b24.push(create(booking(alex)), None)

    pushed = await change(b24, pushed, summary="Demo of it")

    (row,) = portal.control.activities()
    assert (row["SUBJECT"], row["_PINGS"], row["_COLOR"]) == ("Demo of it", [15, 60], "1")


@pytest.mark.parametrize("makes", ["none", "general", "meeting"])
async def test_an_event_with_links_is_one_record_whatever_the_portal_makes_of_it(
    portal, b24, alex, makes
):
    portal.control.configure(crm_event_activity=makes)
    await b24.check()
    wish = booking(alex, recorded_as=Recording.EVENT, record=RecordKind.EVENT)
    entry = make_op(new_uid(), wish, verb=Verb.CREATE, kind=RecordKind.EVENT, account="b1")

    pushed = await b24.push(entry, None)
    (record,) = (await b24.pull_events(SPAN)).records

    assert pushed.record.record.recorded_as is Recording.EVENT
    assert record.record.contacts == wish.contacts
    named = {(record.kind, record.remote_id), *record.aliases}
    assert (RecordKind.EVENT, pushed.remote_id) in named


@pytest.mark.parametrize("recording", [Recording.TODO, Recording.ACTIVITY])
@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "cut"])
async def test_a_booking_that_was_cut_off_before_it_was_bound_is_never_left_a_half(
    portal, b24, alex, recording, fault
):
    deal = portal.control.add_deal(TITLE="Licences", CONTACT_ID=int(alex))
    entry = create(booking(alex, deal=DealId(str(deal)), recorded_as=recording))
    portal.control.fault(fault, "batch", contains="crm.activity.binding.add")
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)
    again = await b24.look_up(entry)

    (row,) = portal.control.activities()
    assert sorted(row["_BINDINGS"]) == sorted([[3, int(alex)], [2, deal]])
    assert found.record.deal == str(deal)
    assert again == (found,)
    assert portal.control.faults_pending() == []
