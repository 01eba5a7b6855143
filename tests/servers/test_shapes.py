"""The table of requests: what it refuses, and that a portal's log is held against it."""

from typing import Any

import httpx
import pytest

from .portal import Portal
from .shapes.check import METHODS, wrong_parameters

MEETING: dict[str, Any] = {
    "OWNER_TYPE_ID": 3,
    "OWNER_ID": 15,
    "TYPE_ID": 1,
    "SUBJECT": "Demo",
    "START_TIME": "2026-11-17T14:00:00+03:00",
    "END_TIME": "2026-11-17T15:00:00+03:00",
    "COMMUNICATIONS": [{"VALUE": "+4930", "ENTITY_TYPE_ID": 3, "ENTITY_ID": 15}],
    "ORIGINATOR_ID": "parley",
    "ORIGIN_ID": "0b8f2f0e",
}


def wrong(method: str, params: dict[str, Any], *, typed: bool = True) -> list[str]:
    return list(wrong_parameters(method, params, typed=typed))


def test_a_meeting_as_the_reference_writes_it_is_sound() -> None:
    assert wrong("crm.activity.add", {"fields": MEETING}) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"START_TIME": "2026-11-17T14:00:00"}, "has no offset"),
        ({"COMMUNICATIONS": []}, "has 0 elements"),
        ({"COMMUNICATIONS": [{"VALUE": "", "ENTITY_TYPE_ID": 3, "ENTITY_ID": 15}]}, "is empty"),
        ({"SUBJECT": " "}, "is empty"),
        ({"SUBJET": "Demo"}, "unknown name SUBJET"),
        ({"TYPE_ID": 3}, "is none of"),
        ({"COMPLETED": True}, "neither Y nor N"),
        ({"OWNER_ID": True}, "is no integer"),
    ],
)
def test_a_meeting_that_the_portal_would_misunderstand_is_told(
    change: dict[str, Any], told: str
) -> None:
    (complaint,) = wrong("crm.activity.add", {"fields": {**MEETING, **change}})

    assert told in complaint


def test_what_is_required_must_be_there() -> None:
    assert wrong("calendar.event.get", {"type": "user", "ownerId": 7, "from": "2026-11-01"}) == [
        "calendar.event.get: lacks to"
    ]


def test_a_filter_may_only_name_fields_that_the_portal_knows() -> None:
    sound = {"filter": {">=DATE_MODIFY": "x", "!@ID": ["1"]}, "select": ["ID", "UF_CRM_1"]}

    assert wrong("crm.contact.list", sound) == []
    assert wrong("crm.contact.list", {"filter": {">DATE_MODIFIED": "x"}}) == [
        "crm.contact.list: filter filters by the unknown >DATE_MODIFIED"
    ]


def test_text_that_a_batch_would_replace_is_told_in_a_batch_only() -> None:
    told = {"id": "1", "fields": {"COMMENTS": "see $result[x]"}}

    assert wrong("crm.contact.update", told) == []
    assert len(wrong("crm.contact.update", told, typed=False)) == 1


def test_a_method_without_a_shape_is_told() -> None:
    assert wrong("crm.activity.list2", {}) == ["crm.activity.list2: not in the table"]


def test_every_method_is_written_as_the_portal_looks_it_up() -> None:
    assert [name for name in METHODS if name != name.lower()] == []


def test_what_the_program_asked_wrongly_is_kept_for_the_test_to_fail(
    portal: Portal, line: httpx.Client
) -> None:
    def ask(name: str) -> None:
        line.post(
            portal.webhook_url + "crm.contact.get",
            json={"ID": "1"},
            headers={"User-Agent": f"{name}/1.0"},
        )

    ask("somebody-else")
    portal.look_at_requests()
    assert Portal.misshapen == []

    ask("Parley")
    portal.look_at_requests()

    told, Portal.misshapen[:] = list(Portal.misshapen), []
    portal.control.clear_requests()
    assert told == ["crm.contact.get: lacks id", "crm.contact.get: has the unknown parameter ID"]
