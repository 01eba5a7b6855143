"""Bookings recorded as cards, by an application, against the emulated portal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.account import SignIn
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind, Priority, Recording, Reminder
from desktop.domain.ids import CalendarId, ContactId, DealId, RecordKind, UserId, new_uid
from desktop.domain.sync import OutboxEntry, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.activities.badges import CODE
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.signing_in.access import Call, Fields, WebhookAccess
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from tests.builders import make_account, make_event, make_op
from tests.servers.portal import Portal
from tests.services.api.bitrix24.test_todos import change
from tests.services.api.conftest import People

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 17, 14, tzinfo=MOSCOW)
SPAN = TimeSpan(START - timedelta(days=20), START + timedelta(days=60))
PHONE = [{"VALUE": "+493012345678", "VALUE_TYPE": "WORK"}]


class TokenAccess(WebhookAccess):
    """As an application, by a token that lasts."""

    application = True

    def __init__(self, portal: Portal) -> None:
        super().__init__(parse_webhook(portal.webhook_url))
        self.app = portal.control.add_app("http://127.0.0.1:7000/")
        self._url = portal.url
        self._token = portal.control.issue_tokens(self.app["client_id"], portal.url)

    async def call(self, method: str, params: Fields) -> Call:
        body = {**params, "auth": self._token["access_token"]}
        return Call(f"{self._url}/rest/{method}", body, "token")


def connect_app(portal: Portal, people: People) -> Bitrix24Account:
    return Bitrix24Account(
        make_account("b1", user_id="7", time_zone="Europe/Berlin", sign_in=SignIn.OAUTH),
        TokenAccess(portal),
        http=JsonHttp("Parley/test", trust=build_context(portal.ca_file)),
        limiter=RateLimiter(),
        people=people,
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
def app(portal: Portal, people: People, qloop) -> Iterator[Bitrix24Account]:
    """User 7's account as an application."""
    account = connect_app(portal, people)
    yield account
    qloop.run_until_complete(account.aclose())


@pytest.fixture
def alex(portal: Portal) -> str:
    return str(portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE=PHONE))


def booking(contact: str, **more: Any) -> Event:
    values = {
        "summary": "Meeting with Alex Vronsky",
        "when": TimeSpan(START, START + timedelta(minutes=45)),
        "record": RecordKind.ACTIVITY,
        "recorded_as": Recording.CARD,
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


async def test_a_card_keeps_everything_that_the_dialog_asks(portal, app, alex):
    wish = booking(alex)
    pushed = await app.push(create(wish), None)

    (row,) = portal.control.activities()
    assert (row["PROVIDER_ID"], row["SUBJECT"]) == (
        "CONFIGURABLE_REST_APP",
        "Meeting with Alex Vronsky",
    )
    assert row["_PINGS"] == [15, 60]
    assert pushed.record.record == replace(
        wish,
        id=pushed.record.record.id,
        when=wish.when.in_zone(UTC),
        calendar_id=CalendarId("b1:calls"),
        organizer=UserId("7"),
        time_zone="Europe/Berlin",
    )


async def test_the_card_has_buttons_to_the_contact_and_to_parley(portal, app, alex):
    await app.push(create(booking(alex)), None)

    (row,) = portal.control.activities()
    buttons = row["_LAYOUT"]["footer"]["buttons"]
    assert buttons["contact"]["action"]["uri"] == f"/crm/contact/details/{alex}/"
    assert buttons["parley"]["action"]["uri"].startswith("parley://")


async def test_it_stands_in_the_calendar_once_and_as_it_was_sent(portal, app, alex):
    pushed = await app.push(create(booking(alex)), None)
    portal.control.clear_requests()

    window = await app.pull_events(SPAN)

    assert [one.record for one in window.records] == [pushed.record.record]
    assert portal.control.count() == 1, "what is unchanged costs no request of its own"


async def test_another_computer_reads_the_same_from_the_portal(portal, people, app, alex):
    pushed = await app.push(create(booking(alex)), None)
    other = connect_app(portal, people)
    window = await other.pull_events(SPAN)
    await other.aclose()

    (record,) = window.records
    assert record.record == pushed.record.record


async def test_by_webhook_a_card_is_shown_and_cannot_be_changed(portal, b24, app, alex):
    await app.push(create(booking(alex)), None)

    (record,) = (await b24.pull_events(SPAN)).records
    event: Any = record.record
    assert (event.summary, event.read_only) == ("Meeting with Alex Vronsky", True)
    assert event.when.start == START.astimezone(UTC)


async def test_a_webhook_that_tries_is_refused_for_good(portal, b24, alex):
    with pytest.raises(RefusedError) as caught:
        await b24.push(create(booking(alex)), None)
    assert caught.value.reason is Refusal.UNSUPPORTED


async def test_a_lost_answer_is_found_by_its_key(portal, app, alex):
    entry = create(booking(alex))
    portal.control.fault("drop_after", "crm.activity.configurable.add")
    with pytest.raises(OutcomeUnknownError):
        await app.push(entry, None)

    (found,) = await app.look_up(entry)

    assert found.marker == entry.op_id
    assert found.record.location == "Office, room 3"
    assert len(portal.control.activities()) == 1


async def test_everything_about_it_can_be_changed(portal, app, alex):
    anna = str(portal.control.add_contact(NAME="Anna", LAST_NAME="K"))
    deal = portal.control.add_deal(TITLE="Licences", CONTACT_ID=int(alex))
    pushed = await app.push(create(booking(alex)), None)
    later = START + timedelta(days=1)
    for changes in (
        {"when": TimeSpan(later, later + timedelta(hours=2)).in_zone(UTC)},
        {"summary": "Demo", "location": "", "description": ""},
        {"priority": Priority.LOW, "kind": EventKind.CALL, "reminders": ()},
        {"responsible": UserId("12")},
        {"contacts": (*pushed.record.record.contacts, ContactId(f"b1:contact:{anna}"))},
        {"deal": DealId(str(deal))},
        {"completed": True},
        {"summary": "Held"},
    ):
        pushed = await change(app, pushed, **changes)
        told = {name: getattr(pushed.record.record, name) for name in changes}
        assert told == changes


async def test_a_change_of_what_the_card_does_not_show_leaves_its_layout_alone(portal, app, alex):
    pushed = await app.push(create(booking(alex)), None)
    portal.control.clear_requests()

    await change(app, pushed, completed=True)

    (sent,) = portal.control.requests("crm.activity.configurable.update")
    assert "layout" not in sent["params"]
    assert sent["params"]["fields"] == {"completed": True}


async def test_a_deleted_card_is_gone(portal, app, alex):
    pushed = await app.push(create(booking(alex)), None)
    base = pushed.record.record
    entry = make_op(
        new_uid(), None, verb=Verb.DELETE, kind=RecordKind.ACTIVITY, account="b1", base=base
    )

    await app.push(entry, pushed.remote_id)

    assert portal.control.activities() == []


async def test_the_administrators_badge_is_worn_while_the_meeting_is_open(portal, app, alex):
    badge = {"code": CODE, "title": "Parley", "value": "Meeting booked", "type": "primary"}
    portal.control.call("crm.activity.badge.add", badge, by=1)

    await app.push(create(booking(alex)), None)

    (row,) = portal.control.activities()
    assert row["_BADGE"] == CODE


async def test_who_may_not_make_badges_books_without_and_asks_once(portal, app, alex):
    await app.push(create(booking(alex)), None)
    portal.control.clear_requests()
    await app.push(create(booking(alex)), None)

    assert [row.get("_BADGE") for row in portal.control.activities()] == [None, None]
    assert portal.control.requests("crm.activity.badge.get") == []


async def test_a_badge_that_was_deleted_costs_no_booking(portal, app, alex):
    badge = {"code": CODE, "title": "Parley", "value": "Meeting booked", "type": "primary"}
    portal.control.call("crm.activity.badge.add", badge, by=1)
    await app.push(create(booking(alex)), None)
    portal.control.call("crm.activity.badge.delete", {"code": CODE}, by=1)

    await app.push(create(booking(alex)), None)

    assert [row.get("_BADGE") for row in portal.control.activities()] == [CODE, None]


@pytest.mark.parametrize(
    ("way", "method"),
    [
        (Recording.ACTIVITY, "crm.activity.update"),
        (Recording.TODO, "crm.activity.todo.updateDeadline"),
        (Recording.CARD, "crm.activity.configurable.update"),
    ],
)
async def test_one_request_moves_event_deadline_and_pings(portal, app, alex, way, method):
    wish = booking(alex, recorded_as=way, reminders=(Reminder(15),))
    pushed = await app.push(create(wish), None)
    portal.control.clear_requests()
    later = START + timedelta(days=2)
    when = TimeSpan(later, later + timedelta(minutes=45)).in_zone(UTC)

    pushed = await change(app, pushed, when=when)

    writes = [one["method"] for one in portal.control.requests() if "update" in one["method"]]
    assert [one.lower() for one in writes] == [method.lower()]
    (row,) = portal.control.activities()
    assert datetime.fromisoformat(row["DEADLINE"]) == later
    if way is Recording.ACTIVITY:
        (event,) = portal.control.events()
        assert event["start"].startswith("2026-11-19T12:00")  # in Berlin, where user 7 works
        assert (row["NOTIFY_TYPE"], row["NOTIFY_VALUE"]) == ("1", "15")
    else:
        assert row["_PINGS"] == [15]
    assert pushed.record.record.when == when
    assert pushed.record.record.reminders == (Reminder(15),)
