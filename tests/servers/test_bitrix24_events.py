"""Offline events: section 7.2 and sample S33."""

from typing import Any

import httpx
import pytest

from tests.services.api.bitrix24.samples import SAMPLES

from .conftest import Call
from .portal import Portal
from .test_bitrix24_apps import App, caller, error

DELETED = {"event": "ONCRMCONTACTDELETE", "event_type": "offline"}


@pytest.fixture
def app(portal: Portal, line: httpx.Client) -> App:
    return caller(portal, line, 1)


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["EVENT_NAME"] for row in rows]


def test_a_deletion_waits_in_the_samples_form(portal: Portal, app: App) -> None:
    portal.control.set_clock("2026-08-20T10:32:31+00:00", frozen=True)
    number = portal.control.add_contact(ID=89, NAME="Alex")
    assert app("event.bind", DELETED)["result"] is True
    portal.control.delete_contact(number)

    answer = app("event.offline.get", {"clear": 0, "limit": 50})["result"]

    expected = SAMPLES["S33"][0]["result"]
    assert len(answer["process_id"]) == len(expected["process_id"])
    assert answer["events"] == expected["events"]


def test_a_reserved_record_stays_until_it_is_cleared(
    portal: Portal, app: App, line: httpx.Client
) -> None:
    app("event.bind", DELETED)
    for name in ("Anna", "Boris"):
        portal.control.delete_contact(portal.control.add_contact(NAME=name))

    reserved = app("event.offline.get", {"clear": 0})["result"]
    first = reserved["events"][0]["MESSAGE_ID"]
    assert app("event.offline.get", {"clear": 0})["result"]["events"] == []
    assert len(app("event.offline.list")["result"]) == 2
    done = {"process_id": reserved["process_id"], "message_id": [first]}
    assert app("event.offline.clear", done)["result"] is True
    (left,) = app("event.offline.list")["result"]
    failed = {"process_id": reserved["process_id"]}
    assert app("event.offline.error", failed)["result"] is True
    assert app("event.offline.list")["result"] == [{**left, "ERROR": "1"}]
    portal.control.advance(31 * 86400)
    client_id = portal.control.records("event binding")[0]["client_id"]
    token = portal.control.issue_tokens(client_id, portal.url, 1)["access_token"]
    later = line.post(f"{portal.url}/rest/event.offline.list", json={"auth": token})
    assert later.json()["result"] == []


def test_reading_clears_by_default(portal: Portal, app: App) -> None:
    app("event.bind", DELETED)
    portal.control.delete_contact(portal.control.add_contact(NAME="Anna"))

    assert len(app("event.offline.get")["result"]["events"]) == 1
    assert app("event.offline.list")["result"] == []


def test_one_record_per_object_and_only_of_bound_events(
    portal: Portal, app: App, call: Call
) -> None:
    app("event.bind", {"event": "oncrmcontactupdate", "event_type": "offline"})
    app("event.bind", {"event": "ONCALENDARENTRYADD", "event_type": "offline"})
    number = portal.control.add_contact(NAME="Anna")
    for post in ("CEO", "Buyer"):
        portal.control.change_contact(number, POST=post)
    event = portal.control.add_event(
        7, start="2026-11-17T14:00:00", end="2026-11-17T15:00:00", name="x"
    )

    rows = app("event.offline.list")["result"]

    assert names(rows) == ["ONCRMCONTACTUPDATE", "ONCALENDARENTRYADD"]
    assert rows[0]["EVENT_DATA"] == {"FIELDS": {"ID": str(number)}}
    assert rows[1]["EVENT_DATA"] == {"id": event}


def test_an_applications_own_changes_can_be_left_out(portal: Portal, app: App) -> None:
    number = portal.control.add_contact(NAME="Anna")
    app("event.bind", {**DELETED, "event": "ONCRMCONTACTUPDATE", "auth_connector": "parley"})

    app("crm.contact.update", {"id": number, "fields": {"POST": "CEO"}})
    assert app("event.offline.list")["result"] == []
    portal.control.change_contact(number, POST="Buyer")
    assert len(app("event.offline.list")["result"]) == 1


def test_who_may_not_and_what_does_not_exist(
    portal: Portal, app: App, call: Call, line: httpx.Client
) -> None:
    employee = caller(portal, line, 7)

    assert error(call("event.bind", DELETED)) == (403, "WRONG_AUTH_TYPE")
    assert error(call("event.offline.get")) == (403, "WRONG_AUTH_TYPE")
    assert error(employee("event.bind", DELETED)) == (403, "ACCESS_DENIED")
    assert error(app("event.bind", {"event": "ONSOMETHING"})) == (400, "ERROR_EVENT_NOT_FOUND")
    assert call("feature.get", {"CODE": "rest_offline_extended"})["result"] == {"value": "Y"}
    portal.control.configure_crm(offline_queue=False)
    assert call("feature.get", {"CODE": "rest_offline_extended"})["result"] == {"value": "N"}
    assert error(app("event.offline.get", {"clear": 0})) == (403, "ACCESS_DENIED")


def test_bindings_are_listed_ended_and_vanish_with_an_update(portal: Portal, app: App) -> None:
    app("event.bind", DELETED)
    assert [one["event"] for one in app("event.get")["result"]] == ["ONCRMCONTACTDELETE"]

    assert app("event.unbind", DELETED)["result"] == {"count": 1}
    assert app("event.unbind", DELETED)["result"] == {"count": 0}
    app("event.bind", DELETED)
    client_id = portal.control.records("event binding")[0]["client_id"]
    portal.control.change_app(client_id, version=2)
    assert app("event.get")["result"] == []
