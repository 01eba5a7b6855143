"""Traps of the portal that no other test is about; the table of all of them is `traps`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from desktop.domain.contact import Contact, Email, Phone
from desktop.domain.event import Event, EventKind, Reminder
from desktop.domain.ids import ContactId, RecordKind, RemoteId, new_uid
from desktop.domain.sync import OutboxEntry, Record, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.http import JsonHttp
from tests.builders import make_contact, make_event, make_op
from tests.servers.portal import Portal

ZONE = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 17, 14, tzinfo=ZONE)
SPAN = TimeSpan(START - timedelta(days=20), START + timedelta(days=20))
HOSTILE = "$result[c0][0][ID] & 50 % #1"
WRITES = ("add", "update", "delete", "set", "complete", "deadline", "description")
PORTAL_WORKS_S = 60


@pytest.fixture
def alex(portal: Portal) -> str:
    phones = [{"VALUE": "+493012345678", "VALUE_TYPE": "WORK"}]
    return str(portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE=phones))


def meeting(contact: str, title: str = "Offer") -> Event:
    return make_event(
        "e1",
        title,
        TimeSpan(START, START + timedelta(hours=1)),
        account="b1",
        calendar="b1:41",
        record=RecordKind.ACTIVITY,
        kind=EventKind.MEETING,
        time_zone="Europe/Moscow",
        contacts=(ContactId(f"b1:contact:{contact}"),),
        reminders=(Reminder(15),),
    )


def creation(wish: Record, kind: RecordKind) -> OutboxEntry:
    return make_op(new_uid(), wish, verb=Verb.CREATE, kind=kind, account="b1")


async def test_a_text_that_looks_like_a_reference_arrives_as_it_was(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    made = creation(meeting(alex, HOSTILE), RecordKind.ACTIVITY)
    await b24.push(made, None)
    card = make_contact("c1", "Anna Berg", account="b1", notes=HOSTILE)
    await b24.push(creation(card, RecordKind.CONTACT), None)

    assert [row["SUBJECT"] for row in portal.control.activities()] == [HOSTILE]
    assert HOSTILE in [row.get("COMMENTS") for row in portal.control.contacts()]


async def test_nothing_is_ever_written_inside_a_batch(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    pushed = await b24.push(creation(meeting(alex), RecordKind.ACTIVITY), None)
    gone = make_op(new_uid(), None, verb=Verb.DELETE, kind=RecordKind.ACTIVITY, account="b1")
    await b24.push(gone, pushed.remote_id)
    batched = [
        command["method"]
        for entry in portal.control.requests("batch")
        for command in entry["commands"]
    ]

    assert batched
    assert not [method for method in batched if method.rpartition(".")[2] in WRITES]


async def test_an_answer_is_waited_for_longer_than_a_portal_works() -> None:
    seen: list[dict[str, float]] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, stream=httpx.ByteStream(b"{}"))

    http = JsonHttp("Parley/test", transport=httpx.MockTransport(answer))
    await http.post("https://acme.example/rest/7/x/profile", {}, bytes)
    await http.aclose()

    assert seen[0]["read"] > PORTAL_WORKS_S
    assert seen[0]["connect"] < PORTAL_WORKS_S


async def test_numbers_and_addresses_are_asked_for_by_name(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    pages = [page async for page in b24.pull_contacts(None)]
    portal.control.change_contact(int(alex), POST="CEO")
    again = [page async for page in b24.pull_contacts(pages[-1].cursor)]
    selected = [command["select"] for command in portal.control.commands("crm.contact.list")]

    assert selected
    assert all({"PHONE", "EMAIL"} <= set(select) and "*" not in select for select in selected)
    for page in (pages[-1], again[-1]):
        (record,) = page.records
        assert isinstance(record.record, Contact)
        assert record.record.phones[0].value == "+493012345678"


async def test_the_search_for_duplicates_stays_in_its_bounds(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    many = make_contact(
        "c1",
        "Anna Berg",
        account="b1",
        phones=tuple(Phone(f"+4930123456{number:02}") for number in range(30)),
        emails=tuple(Email(f"anna{number}@acme.example") for number in range(30)),
    )
    await b24.duplicates(many)
    asked = portal.control.commands("crm.duplicate.findbycomm")

    assert {one["type"] for one in asked} == {"PHONE", "EMAIL"}
    assert {one["entity_type"] for one in asked} == {"CONTACT"}
    assert all(len(one["values"]) <= 20 for one in asked)


async def test_a_meeting_is_never_sent_a_deadline(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    pushed = await b24.push(creation(meeting(alex), RecordKind.ACTIVITY), None)
    assert pushed.record is not None
    later = TimeSpan(START + timedelta(days=1), START + timedelta(days=1, hours=1))
    base = pushed.record.record
    assert isinstance(base, Event)
    change = make_op(
        new_uid(),
        base.moved_to(later),
        verb=Verb.UPDATE,
        kind=RecordKind.ACTIVITY,
        account="b1",
        base=base,
    )
    await b24.push(change, pushed.remote_id)
    sent = [
        one["fields"]
        for method in ("crm.activity.add", "crm.activity.update")
        for one in portal.control.commands(method)
    ]

    assert len(sent) == 2
    assert all("DEADLINE" not in fields and "START_TIME" in fields for fields in sent)


async def test_a_completed_meeting_keeps_its_event_and_is_one_record(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    pushed = await b24.push(creation(meeting(alex), RecordKind.ACTIVITY), None)
    portal.control.change_activity(int(pushed.remote_id), COMPLETED="Y")
    window = await b24.pull_events(SPAN)

    assert len(portal.control.events()) == 1
    (record,) = window.records
    assert (record.kind, record.remote_id) == (RecordKind.ACTIVITY, pushed.remote_id)


async def test_an_activity_of_two_records_is_told_once(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    pushed = await b24.push(creation(meeting(alex), RecordKind.ACTIVITY), None)
    deal = portal.control.add_deal(TITLE="Offer", CONTACT_ID=int(alex))
    binding = {"activityId": int(pushed.remote_id), "entityTypeId": 2, "entityId": deal}
    portal.control.call("crm.activity.binding.add", binding, by=7)
    dossier = await b24.dossier(RemoteId(alex), (), watched=True)
    window = await b24.pull_events(SPAN)

    assert len(dossier.past) == 1
    assert len(window.records) == 1


async def test_every_window_of_a_calendar_has_both_ends(
    portal: Portal, b24: Bitrix24Account
) -> None:
    await b24.pull_events(SPAN)
    await b24.pull_events(TimeSpan(START, START + timedelta(days=300)))
    asked = portal.control.commands("calendar.event.get")

    assert len(asked) > 2
    assert all(one["from"] < one["to"] for one in asked)


async def test_what_a_robot_changes_in_the_same_second_is_seen(
    portal: Portal, b24: Bitrix24Account, alex: str
) -> None:
    portal.control.set_clock("2026-11-16T09:00:00+03:00", frozen=True)
    pushed = await b24.push(creation(meeting(alex), RecordKind.ACTIVITY), None)
    same = await b24.pull_events(SPAN)
    portal.control.change_activity(int(pushed.remote_id), SUBJECT="Offer: to be confirmed")
    other = await b24.pull_events(SPAN)

    assert [row.revision for row in same.records] == [pushed.revision]
    assert [row.revision for row in other.records] != [pushed.revision]
