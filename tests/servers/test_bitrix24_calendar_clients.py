"""The two public clients at work on the portal's calendars."""

from typing import Any

import pytest
from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import BitrixAPIError

from .portal import Portal
from .test_bitrix24_clients import with_fast_bitrix24

HOURS: dict[str, Any] = {
    "type": "user",
    "from_date": "2024-12-02T09:00:00",
    "to": "2024-12-02T09:30:00",
    "timezone_from": "Europe/Riga",
    "timezone_to": "Europe/Riga",
}


@pytest.fixture
def calendar(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The calendar's part of the vendor's client."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    identity = portal.control.identity()
    token = BitrixWebhook(
        domain=f"127.0.0.1:{portal.port}",
        webhook_token=f"{identity['user']}/{identity['secret']}",
    )
    return Client(token).calendar


def december(calendar: Any, owner: int = 7) -> list[tuple[str, str]]:
    window = {"from_date": "2024-12-01", "to": "2024-12-31"}
    found = calendar.event.get(type="user", owner_id=owner, **window).result
    return sorted((event["DATE_FROM_FORMATTED"][4:10], event["NAME"]) for event in found)


def test_the_vendors_client_edits_a_series_in_part(calendar: Any) -> None:
    rule = {"FREQ": "WEEKLY", "BYDAY": ["MO"], "UNTIL": "2024-12-24"}
    number = calendar.event.add(
        owner_id=7, section=41, name="Stand-up", rrule=rule, attendees=[7], host=7, **HOURS
    ).result
    changes = {**HOURS, "bitrix_id": number, "owner_id": 7, "name": "Moved"}
    changes |= {"from_date": "2024-12-10T10:00:00", "to": "2024-12-10T10:30:00"}

    one = calendar.event.update(
        **changes, recurrence_mode="this", current_date_from="2024-12-09"
    ).result

    assert december(calendar) == [
        ("Dec 02", "Stand-up"),
        ("Dec 10", "Moved"),
        ("Dec 16", "Stand-up"),
        ("Dec 23", "Stand-up"),
    ]
    assert calendar.event.getbyid(one["recEventId"]).result["RECURRENCE_ID"] == str(number)
    assert calendar.event.delete(number).result is True
    assert calendar.event.getbyid(number).result is None


def test_the_vendors_client_meets_colleagues(portal: Portal, calendar: Any) -> None:
    number = portal.control.add_event(
        12, name="Review", start="2024-12-02T09:00:00", is_meeting="Y", attendees=[12, 7]
    )
    (own,) = [row["id"] for row in portal.control.events() if row["parent"] == number != row["id"]]

    assert calendar.meeting.status.get(own).result == "Q"
    assert calendar.meeting.status.set(own, "Y").result is True

    assert calendar.meeting.status.get(own).result == "Y"
    busy = calendar.accessibility.get([7, 12], from_date="2024-12-01", to="2024-12-31").result
    assert {user: len(entries) for user, entries in busy.items()} == {"7": 1, "12": 1}
    with pytest.raises(BitrixAPIError, match="retrieving the status"):
        _ = calendar.meeting.status.get(number).result


def test_the_vendors_client_keeps_calendars_settings_and_resources(calendar: Any) -> None:
    number = calendar.section.add(type="user", owner_id=7, name="Visits", color="#aadf4d").result
    changed = calendar.section.update(type="user", owner_id=7, bitrix_id=str(number), name="Trips")
    assert changed.result == number
    names = [row["NAME"] for row in calendar.section.get(type="user", owner_id=7).result]
    assert names == ["My calendar", "Team (read only)", "Trips"]
    assert calendar.section.delete(type="user", owner_id=7, bitrix_id=number).result is True

    assert calendar.user.settings.set({"view": "day"}).result is True
    assert calendar.user.settings.get().result["view"] == "day"
    assert calendar.settings.get().result["week_start"] == "MO"

    resource = calendar.resource.add(name="Beamer").result
    assert calendar.resource.update(resource_id=resource, name="Projector").result == resource
    assert [row["NAME"] for row in calendar.resource.list().result] == ["Projector"]
    window = {"from": "2024-12-01", "to": "2024-12-31"}
    chosen = {"resourceIdList": [resource], **window}
    assert calendar.resource.booking.list(filter=chosen).result == []
    assert calendar.resource.delete(resource_id=resource).result is True


def test_the_vendors_client_asks_for_what_is_near(portal: Portal, calendar: Any) -> None:
    portal.control.set_clock("2024-12-01T12:00:00+01:00", frozen=True)
    portal.control.add_event(12, name="Theirs", start="2024-12-02T09:00:00")

    found = calendar.event.get.nearest(
        type="user", owner_id=12, days=3, for_current_user=False, max_events_count=5
    ).result

    assert [event["NAME"] for event in found] == ["Theirs"]


def test_fast_bitrix24_writes_events_through_batches(portal: Portal, calendar: Any) -> None:
    """All values arrive as text, nested ones as numbered keys."""
    sent = [
        {
            "type": "user",
            "ownerId": 7,
            "section": 41,
            "name": f"Event {number} + ä",
            "from": f"2024-12-0{number}T09:00:00",
            "to": f"2024-12-0{number}T10:00:00",
            "skip_time": "N",
            "is_meeting": "Y",
            "attendees": [7, 12],
            "remind": [{"type": "min", "count": 15}, {"type": "day", "count": 1}],
            "rrule": {"FREQ": "WEEKLY", "BYDAY": ["MO", "TU"], "COUNT": 2},
        }
        for number in (2, 3)
    ]

    with_fast_bitrix24(portal, lambda b: b.call("calendar.event.add", sent))

    rows = [row for row in portal.control.events() if row["parent"] == row["id"]]
    assert [row["name"] for row in rows] == ["Event 2 + ä", "Event 3 + ä"]
    for row in rows:
        assert row["remind"] == [{"type": "min", "count": 15}, {"type": "day", "count": 1}]
        assert row["rrule"] == {"FREQ": "WEEKLY", "INTERVAL": 1, "COUNT": 2, "BYDAY": ["MO", "TU"]}
        assert [one["id"] for one in row["attendees"]] == [7, 12]
    assert len(december(calendar, owner=12)) == 4
