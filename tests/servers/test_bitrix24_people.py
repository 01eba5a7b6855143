"""Users, system methods and an application's options: section 6 and 2.5."""

from typing import Any

import httpx
import pytest

from .conftest import Call
from .portal import Portal
from .test_bitrix24_apps import caller, error


def test_profile_may_tell_the_offset_of_the_zone(portal: Portal, call: Call) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    assert "TIME_ZONE_OFFSET" not in call("profile")["result"]

    portal.control.configure_crm(profile_offset=True)

    assert call("profile")["result"]["TIME_ZONE_OFFSET"] == 7200


def test_people_who_only_write_e_mails_are_no_users(portal: Portal, call: Call) -> None:
    portal.control.patch("user", 12, USER_TYPE="email")

    assert [row["ID"] for row in call("user.get")["result"]] == ["1", "7"]


def test_an_old_release_ignores_select(portal: Portal, call: Call) -> None:
    asked = {"FILTER": {"ID": 7}, "select": ["ID", "NAME"]}
    assert set(call("user.get", asked)["result"][0]) == {"ID", "NAME"}

    portal.control.configure_crm(user_select=False)

    assert "EMAIL" in call("user.get", asked)["result"][0]


def test_names_of_access_codes(call: Call) -> None:
    assert call("access.name")["result"] is False
    found = call("access.name", {"ACCESS": ["U7", "U999"]})["result"]
    assert {code: one["name"] for code, one in found.items()} == {"U7": "Anna Titova"}


def test_an_applications_options_are_its_own(
    portal: Portal, call: Call, line: httpx.Client
) -> None:
    admin, employee = caller(portal, line, 1), caller(portal, line, 7)

    assert error(call("app.option.get")) == (403, "ACCESS_DENIED")
    assert error(employee("app.option.set", {"options": {"a": 1}})) == (403, "ACCESS_DENIED")
    assert employee("app.option.get")["result"] == []
    assert admin("app.option.set", {"options": {"a": "1", "b": "2"}})["result"] is True
    assert admin("app.option.get")["result"] == {"a": "1", "b": "2"}
    assert employee("user.option.set", {"options": {"a": "3"}})["result"] is True
    assert employee("user.option.get", {"option": "a"})["result"] == "3"
    assert admin("user.option.get", {"option": "a"})["result"] is None


def test_a_portal_in_simple_mode_has_no_leads(portal: Portal, call: Call) -> None:
    portal.control.add_lead(TITLE="x")
    portal.control.configure_crm(simple_crm=True)

    assert (call("crm.lead.list")["result"], call("crm.lead.list")["total"]) == ([], 0)


def test_bindings_to_hidden_objects_are_neither_shown_nor_made(portal: Portal, call: Call) -> None:
    anna, boris = (portal.control.add_contact(NAME=name, PHONE="1") for name in ("Anna", "Boris"))
    fields: dict[str, Any] = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": anna,
        "TYPE_ID": 2,
        "SUBJECT": "x",
        "RESPONSIBLE_ID": 7,
        "COMMUNICATIONS": [{"VALUE": "1", "ENTITY_TYPE_ID": 3, "ENTITY_ID": anna}],
    }
    number = call("crm.activity.add", {"fields": fields})["result"]
    another = {"activityId": number, "entityTypeId": 3, "entityId": boris}
    portal.control.configure(hidden={"contact": [boris]})
    assert error(call("crm.activity.binding.add", another)) == (400, "ACCESS_DENIED")
    portal.control.configure(hidden={})
    assert call("crm.activity.binding.add", another)["result"] is True

    portal.control.configure(hidden={"contact": [boris]})

    found = call("crm.activity.binding.list", {"activityId": number})["result"]
    assert found == [{"entityTypeId": 3, "entityId": anna}]


@pytest.mark.parametrize("user", [7, 1])
def test_user_admin_tells_who_may_manage(portal: Portal, line: httpx.Client, user: int) -> None:
    assert caller(portal, line, user)("user.admin")["result"] is (user == 1)
