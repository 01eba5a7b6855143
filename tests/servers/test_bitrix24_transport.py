"""Addresses, encodings, envelopes and system errors: the reference's sections 1.1, 1.5 and 2.2."""

import re

import httpx
import pytest

from .bitrix24.errors import SYSTEM_ERRORS
from .conftest import Call
from .portal import Portal


def test_profile_tells_who_calls(call: Call) -> None:
    answer = call("profile")

    assert answer["result"]["ID"] == "7"
    assert answer["result"]["ADMIN"] is False


def test_the_time_object_has_the_documented_keys_and_types(call: Call) -> None:
    time = call("server.time")["time"]

    assert set(time) == {
        "start",
        "finish",
        "duration",
        "processing",
        "date_start",
        "date_finish",
        "operating_reset_at",
        "operating",
    }
    assert isinstance(time["operating_reset_at"], int)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", time["date_start"])


@pytest.mark.parametrize(("shape", "missing"), [("absent", "time"), ("bare", "operating")])
def test_the_time_object_may_lack_keys_or_be_absent(
    portal: Portal, call: Call, shape: str, missing: str
) -> None:
    portal.control.configure(time_shape=shape)

    answer = call("profile")

    assert missing not in {**answer, **answer.get("time", {})}


@pytest.mark.parametrize("suffix", ["", ".json", "/"])
def test_a_suffix_does_not_change_the_method(
    portal: Portal, line: httpx.Client, suffix: str
) -> None:
    answer = line.post(f"{portal.webhook_url}profile{suffix}", json={})

    assert answer.json()["result"]["ID"] == "7"


def test_method_names_are_lowered(call: Call) -> None:
    assert call("Server.Time")["status"] == 200


def test_query_form_multipart_and_json_mean_the_same(portal: Portal, line: httpx.Client) -> None:
    number = portal.control.add_contact(NAME="Anna", PHONE="+49 30 1")
    portal.control.add_contact(NAME="Boris")
    url = portal.webhook_url + "crm.contact.list"
    form = {"filter[ID]": str(number), "select[]": "PHONE", "start": "-1"}
    answers = [
        line.get(url, params=form),
        line.post(url, data=form),
        line.post(url, files={name: (None, value) for name, value in form.items()}),
        line.post(url, json={"filter": {"ID": number}, "select": ["PHONE"], "start": -1}),
    ]

    results = [answer.json()["result"] for answer in answers]
    assert results[0][0]["PHONE"][0]["VALUE"] == "+49 30 1"
    assert all(result == results[0] for result in results)


def test_an_unknown_method_is_noticed_before_the_credentials(
    portal: Portal, line: httpx.Client
) -> None:
    answer = line.post(f"{portal.url}/rest/7/nosuchcode/crm.nosuch", json={})

    assert (answer.status_code, answer.json()["error"]) == (404, "ERROR_METHOD_NOT_FOUND")


@pytest.mark.parametrize("path", ["/rest/7/nosuchcode/profile", "/rest/profile"])
def test_wrong_credentials_are_no_auth_found(portal: Portal, line: httpx.Client, path: str) -> None:
    answer = line.post(portal.url + path, json={})

    assert (answer.status_code, answer.json()["error"]) == (401, "NO_AUTH_FOUND")


def test_a_webhook_works_only_under_its_own_user(portal: Portal, line: httpx.Client) -> None:
    url = portal.webhook_url.replace("/rest/7/", "/rest/12/")

    assert line.post(url + "profile", json={}).json()["error"] == "NO_AUTH_FOUND"


def test_plain_http_is_refused(portal: Portal, line: httpx.Client) -> None:
    path = portal.webhook_url.removeprefix(portal.url)

    answer = line.post(portal.http_url + path + "profile", json={})

    assert answer.json() == {"error": "INVALID_REQUEST", "error_description": "Https required"}


def test_an_apps_token_goes_into_the_body_and_expires(portal: Portal, line: httpx.Client) -> None:
    token = portal.control.add_token(12, ["crm"], expires_in=100)
    url = f"{portal.url}/rest/profile"

    assert line.post(url, json={"auth": token}).json()["result"]["ID"] == "12"
    portal.control.advance(101)
    answer = line.post(url, json={"auth": token})
    assert (answer.status_code, answer.json()["error"]) == (401, "expired_token")
    assert portal.control.requests("profile")[0]["params"] == {"auth": "****"}


def test_a_missing_permission_is_insufficient_scope(portal: Portal, call: Call) -> None:
    portal.control.set_scopes("calendar")

    answer = call("crm.contact.list")

    assert (answer["status"], answer["error"]) == (403, "insufficient_scope")
    assert answer["error_description"].startswith("The request requires higher privileges")
    assert call("scope")["result"] == ["calendar"]
    assert call("method.get", {"name": "crm.contact.list"})["result"] == {
        "isExisting": True,
        "isAvailable": False,
    }
    assert call("method.get", {"name": "crm.nosuch"})["result"] == {
        "isExisting": False,
        "isAvailable": False,
    }


def test_a_smaller_user_permission_leaves_keys_out(portal: Portal, call: Call) -> None:
    portal.control.set_scopes("user_brief")

    person = call("user.current")["result"]

    assert "EMAIL" not in person
    assert person["ID"] == "7"
    assert person["ACTIVE"] is True
    assert person["UF_DEPARTMENT"] == [1, 15]


def test_an_edited_webhook_acts_as_somebody_else(portal: Portal, call: Call) -> None:
    portal.control.act_as(1)

    assert call("profile")["result"]["ID"] == "1"


def test_a_dismissed_employee_and_a_deleted_webhook_are_told_apart(
    portal: Portal, call: Call
) -> None:
    portal.control.patch("user", 7, ACTIVE=False)
    assert call("profile")["error"] == "INVALID_CREDENTIALS"

    portal.control.patch("user", 7, ACTIVE=True)
    portal.control.revoke(portal.control.identity()["secret"])
    portal.control.add_webhook(12)
    assert call("profile")["error"] == "NO_AUTH_FOUND"


@pytest.mark.parametrize("code", sorted(SYSTEM_ERRORS))
def test_every_system_error_can_be_had_on_demand(portal: Portal, call: Call, code: str) -> None:
    portal.control.fail(code, "profile")

    answer = call("profile")

    status, text = SYSTEM_ERRORS[code]
    expected = {"status": status, "error": code, "error_description": text}
    assert answer == expected
    assert call("profile")["result"]["ID"] == "7"


def test_a_renamed_portal_redirects_to_its_new_name(portal: Portal, line: httpx.Client) -> None:
    portal.control.rename("localhost")

    moved = line.post(portal.webhook_at("127.0.0.1") + "profile", json={})
    assert moved.status_code == 302
    assert moved.headers["location"] == portal.webhook_at("localhost") + "profile"
    assert line.post(moved.headers["location"], json={}).json()["result"]["ID"] == "7"


def test_methods_for_apps_refuse_a_webhook(call: Call) -> None:
    assert call("app.info")["error_description"].endswith("Application context required")
    assert call("crm.activity.configurable.add")["error"] == "ERROR_WRONG_CONTEXT"


def test_system_methods_answer_their_documented_types(call: Call) -> None:
    assert call("user.admin")["result"] is False
    assert call("user.access", {"ACCESS": ["U7", "G2"]})["result"] is True
    assert call("feature.get", {"CODE": "rest_offline_extended"})["result"] == {"value": "Y"}
    assert call("feature.get")["error"] == "CODE_EMPTY"
    assert "task" in call("scope", {"full": True})["result"]


def test_users_and_departments_have_their_mixed_types(call: Call) -> None:
    found = call("user.get", {"FILTER": {"ACTIVE": True, "ID": [7, 12]}, "select": ["NAME"]})
    assert found["result"] == [{"ID": "7", "NAME": "Anna"}, {"ID": "12", "NAME": "John"}]
    assert found["total"] == 2
    assert [u["ID"] for u in call("user.search", {"FILTER": {"FIND": "tito"}})["result"]] == ["7"]
    departments = call("department.get", {"ID": 15})["result"]
    assert departments == [
        {"ID": "15", "NAME": "Sales", "SORT": 500, "PARENT": "1", "UF_HEAD": "7"}
    ]
