"""What only applications may do: configurable activities, badges, types, blocks (4.6 to 4.8)."""

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from b24pysdk import BitrixAppLocal, BitrixToken, Client

from tests.services.api.bitrix24.samples import SAMPLES

from .conftest import Call
from .portal import Portal

App = Callable[..., dict[str, Any]]


def caller(portal: Portal, line: httpx.Client, user: int) -> App:
    """Calls as an application of its own in that employee's hands."""
    known = portal.control.add_app("http://127.0.0.1:7000/")
    token = portal.control.issue_tokens(known["client_id"], portal.url, user)["access_token"]

    def post(method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        sent = {**(params or {}), "auth": token}
        answer = line.post(f"{portal.url}/rest/{method}", json=sent)
        return {"status": answer.status_code, **answer.json()}

    return post


@pytest.fixture
def app(portal: Portal, line: httpx.Client) -> App:
    return caller(portal, line, 7)


@pytest.fixture
def admin(portal: Portal, line: httpx.Client) -> App:
    return caller(portal, line, 1)


@pytest.fixture(autouse=True)
def contact(portal: Portal) -> int:
    """The contact of the samples."""
    return portal.control.add_contact(ID=43, NAME="Alex", LAST_NAME="Vronsky", PHONE="+49 30")


def request(**changes: Any) -> dict[str, Any]:
    """The request of sample S18, a part of its layout replaced."""
    sent: dict[str, Any] = copy.deepcopy(SAMPLES["S18"][0])
    for path, value in changes.items():
        *steps, last = path.split("__")
        part = sent
        for step in steps:
            part = part[step]
        part[last] = value
    return sent


def error(answer: dict[str, Any]) -> tuple[int, str]:
    return answer["status"], answer["error"]


def test_the_sample_is_stored_found_and_read_back(app: App) -> None:
    answer = app("crm.activity.configurable.add", request())

    number = answer["result"]["activity"]["id"]
    assert isinstance(number, int)
    read = app("crm.activity.configurable.get", {"id": number})["result"]["activity"]
    sent = request()
    assert read["layout"] == sent["layout"]
    assert (read["ownerTypeId"], read["ownerId"]) == (3, 43)
    assert read["fields"] == {
        **sent["fields"],
        "deadline": "2026-11-17T12:00:00+01:00",
        "isIncomingChannel": False,
        "badgeCode": None,
    }
    key = {"=ORIGINATOR_ID": "parley", "=ORIGIN_ID": sent["fields"]["originId"]}
    (row,) = app("crm.activity.list", {"filter": key})["result"]
    assert (row["ID"], row["PROVIDER_ID"]) == (str(number), "CONFIGURABLE_REST_APP")
    assert (row["SUBJECT"], row["TYPE_ID"], row["COMPLETED"]) == ("Online demo", "6", "N")


def test_a_webhook_gets_the_wrong_context(call: Call) -> None:
    answer = call("crm.activity.configurable.add", request())

    assert {name: answer[name] for name in ("error", "error_description")} == SAMPLES["S18"][2]
    assert answer["status"] == 400
    for verb in ("update", "get"):
        assert error(call(f"crm.activity.configurable.{verb}")) == (400, "ERROR_WRONG_CONTEXT")


def test_an_unknown_key_is_refused_in_the_samples_words(app: App) -> None:
    answer = app("crm.activity.configurable.add", request(layout__icon__colour="red"))

    assert {name: answer[name] for name in ("error", "error_description")} == SAMPLES["S18"][3]


HEADER, BODY, FOOTER = "layout__header__", "layout__body__", "layout__footer__"
TEXT = {"type": "text", "properties": {"value": "x"}}
TAG = {"title": "x", "type": "primary"}
REDIRECT = {"type": "redirect", "uri": "/x"}
BUTTON = {"title": "x", "type": "primary", "action": REDIRECT}


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("layout", {}, "ERROR_EMPTY_LAYOUT"),
        ("layout__icon", {}, "FIELD_IS_REQUIRED"),
        ("layout__body", None, "FIELD_IS_REQUIRED"),
        (HEADER + "title", "", "FIELD_IS_REQUIRED"),
        (HEADER + "title", {"fr": "x"}, "WRONG_LANG"),
        (HEADER + "tags", {"a": TAG, "b": TAG, "c": TAG}, "TOO_MANY_ITEMS"),
        (HEADER + "tags", {"a b": TAG}, "KEY_CONTAIN_WRONG_SYMBOLS"),
        (HEADER + "tags", {"a": {**TAG, "type": "blue"}}, "ENUM_FIELD"),
        (HEADER + "titleAction", {"type": "redirect"}, "FIELD_IS_REQUIRED"),
        (HEADER + "titleAction", {"type": "jump", "uri": "/"}, "ENUM_FIELD"),
        (HEADER + "titleAction", {**REDIRECT, "id": "x"}, "FIELD_IS_REDUNDANT"),
        (BODY + "logo", {}, "FIELD_IS_REQUIRED"),
        (BODY + "blocks", {}, "FIELD_IS_REQUIRED"),
        (BODY + "blocks", {f"b{at}": TEXT for at in range(21)}, "TOO_MANY_ITEMS"),
        (BODY + "blocks", {"a": {"type": "picture"}}, "ENUM_FIELD"),
        (BODY + "blocks", {"a": {"type": "text"}}, "FIELD_IS_REQUIRED"),
        (
            BODY + "blocks",
            {"a": {"type": "text", "properties": {"value": "x", "size": "xl"}}},
            "ENUM_FIELD",
        ),
        (
            BODY + "blocks",
            {"a": {"type": "link", "properties": {"text": "x"}}},
            "FIELD_IS_REQUIRED",
        ),
        (
            BODY + "blocks",
            {"a": {"type": "lineOfBlocks", "properties": {"blocks": {"b": {"type": "largeText"}}}}},
            "ENUM_FIELD",
        ),
        (
            BODY + "blocks",
            {"a": {"type": "deadline", "properties": {"readonly": True, "bold": True}}},
            "FIELD_IS_REDUNDANT",
        ),
        (FOOTER + "buttons", {"a": BUTTON, "b": BUTTON, "c": BUTTON}, "TOO_MANY_ITEMS"),
        (FOOTER + "buttons", {"a": {**BUTTON, "action": None}}, "FIELD_IS_REQUIRED"),
        (FOOTER + "menu__items", {"a": {"title": "x"}}, "FIELD_IS_REQUIRED"),
        (FOOTER + "menu__showPinItem", "maybe", "WRONG_FIELD_VALUE"),
        (
            HEADER + "titleAction",
            {"type": "openRestApp", "sliderParams": {"width": 1, "leftBoundary": 1}},
            "WRONG_FIELD_VALUE",
        ),
        ("fields__deadline", "tomorrow", "WRONG_FIELD_VALUE"),
        ("fields__pingOffsets", [-5], "WRONG_FIELD_VALUE"),
        ("fields__responsibleId", 0, "WRONG_FIELD_VALUE"),
        ("fields__badgeCode", "nosuch", "WRONG_FIELD_VALUE"),
        ("fields__typeId", "nosuch", "WRONG_FIELD_VALUE"),
        ("fields__isIncomingChannel", True, "INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE"),
        ("ownerId", 999, "NOT_FOUND"),
    ],
)
def test_what_the_server_refuses(
    portal: Portal, app: App, path: str, value: Any, code: str
) -> None:
    answer = app("crm.activity.configurable.add", request(**{path: value}))

    assert error(answer) == (400, code)
    assert portal.control.activities() == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (FOOTER + "menu", {"showPostponeItem": "false", "items": {}}),
        (HEADER + "titleAction", {"type": "restEvent", "id": "go", "animationType": "loader"}),
        (HEADER + "titleAction", {"type": "openRestApp", "sliderParams": {"width": 700}}),
        (BODY + "blocks", {"a": {"type": "deadline"}}),
        (HEADER + "tags", {"a-1": {**TAG, "scope": "mobile", "hideIfReadonly": True}}),
    ],
)
def test_what_the_server_takes(app: App, path: str, value: Any) -> None:
    assert app("crm.activity.configurable.add", request(**{path: value}))["status"] == 200


@pytest.mark.parametrize("name", ["ownerTypeId", "ownerId", "fields", "layout"])
def test_missing_parameters_are_error_100(app: App, name: str) -> None:
    sent = request()
    del sent[name]

    answer = app("crm.activity.configurable.add", sent)

    assert error(answer) == (400, "100")
    assert f"{{{name}}}" in answer["error_description"]


def test_only_its_own_application_changes_it(app: App, admin: App) -> None:
    number = app("crm.activity.configurable.add", request())["result"]["activity"]["id"]

    foreign = admin("crm.activity.configurable.update", {"id": number, "fields": {}})
    answer = app("crm.activity.configurable.update", {"id": number, "fields": {"completed": "Y"}})

    assert error(foreign) == (400, "ERROR_WRONG_APPLICATION")
    assert answer["result"] == {"activity": {"id": number}}
    read = admin("crm.activity.configurable.get", {"id": number})["result"]["activity"]
    assert read["fields"]["completed"] is True
    plain = app("crm.activity.update", {"id": number, "fields": {"SUBJECT": "x"}})
    assert plain["error_description"].startswith("Use crm.activity.configurable.update")
    gone = app("crm.activity.configurable.update", {"id": 999, "fields": {}})
    assert error(gone) == (400, "NOT_FOUND")
    assert app("crm.activity.delete", {"id": number})["result"] is True


def test_badges_are_made_by_administrators_and_used_by_code(
    app: App, admin: App, call: Call
) -> None:
    badge = {"code": "parley", "title": "Meeting", "value": {"en": "planned"}, "type": "primary"}

    assert error(app("crm.activity.badge.add", badge)) == (403, "ACCESS_DENIED")
    assert error(admin("crm.activity.badge.add", {"code": "x"})) == (400, "REQUIRED_ARG_MISSING")
    assert admin("crm.activity.badge.add", badge)["result"] == {"badge": badge}
    assert call("crm.activity.badge.get", {"code": "parley"})["result"] == {"badge": badge}
    assert call("crm.activity.badge.list")["result"] == {"badges": [badge]}
    assert error(call("crm.activity.badge.get", {"code": "x"})) == (400, "NOT_FOUND")
    made = app("crm.activity.configurable.add", request(fields__badgeCode="parley"))
    assert made["status"] == 200
    assert admin("crm.activity.badge.delete", {"code": "parley"})["result"] is True
    assert error(admin("crm.activity.badge.delete", {"code": "parley"})) == (400, "NOT_FOUND")


def test_own_types_belong_to_their_application(app: App, admin: App, call: Call) -> None:
    demo = {"TYPE_ID": "DEMO", "NAME": "Demo", "IS_CONFIGURABLE_TYPE": "Y"}
    visit = {"TYPE_ID": "VISIT", "NAME": "Visit"}

    assert error(call("crm.activity.type.list")) == (403, "ACCESS_DENIED")
    assert error(app("crm.activity.type.add", {"fields": demo})) == (403, "ACCESS_DENIED")
    assert admin("crm.activity.type.add", {"fields": demo})["result"] is True
    assert admin("crm.activity.type.add", {"fields": visit})["result"] is True
    assert admin("crm.activity.type.list")["result"] == [
        {**demo, "ICON_ID": None},
        {**visit, "IS_CONFIGURABLE_TYPE": "N", "ICON_ID": None},
    ]
    typed = request(fields__typeId="DEMO", fields__responsibleId=1)
    assert admin("crm.activity.configurable.add", typed)["status"] == 200
    assert error(app("crm.activity.configurable.add", typed)) == (400, "WRONG_FIELD_VALUE")
    fields = {"OWNER_TYPE_ID": 3, "OWNER_ID": 43, "TYPE_ID": 6, "SUBJECT": "x", "RESPONSIBLE_ID": 7}
    custom = {**fields, "PROVIDER_ID": "REST_APP", "PROVIDER_TYPE_ID": "VISIT"}
    assert admin("crm.activity.add", {"fields": custom})["status"] == 200
    refused = call("crm.activity.add", {"fields": custom})
    assert refused["error_description"] == "Application context required"
    assert admin("crm.activity.type.delete", {"TYPE_ID": "VISIT"})["result"] is True


def test_extra_blocks_stand_on_normal_activities(app: App, call: Call) -> None:
    fields = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": 43,
        "TYPE_ID": 2,
        "SUBJECT": "Call",
        "RESPONSIBLE_ID": 7,
        "COMMUNICATIONS": [{"VALUE": "+49 30", "ENTITY_TYPE_ID": 3, "ENTITY_ID": 43}],
    }
    number = call("crm.activity.add", {"fields": fields})["result"]
    where = {"entityTypeId": 3, "entityId": 43, "activityId": number}
    layout = {"blocks": {"a": TEXT}}

    assert error(call("crm.activity.layout.blocks.set", where)) == (400, "ERROR_WRONG_CONTEXT")
    stored = app("crm.activity.layout.blocks.set", {**where, "layout": layout})
    assert stored["result"] == {"success": True}
    assert app("crm.activity.layout.blocks.get", where)["result"] == {"layout": layout}
    whole = app("crm.activity.layout.blocks.set", {**where, "layout": {**layout, "icon": {}}})
    assert error(whole) == (400, "FIELD_IS_REDUNDANT")
    assert app("crm.activity.layout.blocks.delete", where)["result"] == {"success": True}
    card = app("crm.activity.configurable.add", request())["result"]["activity"]["id"]
    unsuitable = {**where, "activityId": card, "layout": layout}
    answer = app("crm.activity.layout.blocks.set", unsuitable)
    assert error(answer) == (400, "UNSUITABLE_ACTIVITY_TYPE_ERROR")


def test_icons_and_logos_are_listed(call: Call) -> None:
    icons = call("crm.timeline.icon.list")

    assert icons["total"] == len(icons["result"]["icons"])
    assert set(icons["result"]["icons"][0]) == {"code", "isSystem", "fileUri"}
    assert call("crm.timeline.logo.list")["result"]["logos"]


def test_app_info_by_webhook_on_some_releases(portal: Portal, call: Call) -> None:
    portal.control.configure_crm(webhook_app_info=True)

    assert set(call("app.info")["result"]) == {"SCOPE", "LICENSE"}


def test_the_vendors_client_makes_cards_and_badges(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    known = portal.control.add_app("http://127.0.0.1:7000/")
    pair = portal.control.issue_tokens(known["client_id"], portal.url, 1)
    domain = f"127.0.0.1:{portal.port}"
    local = BitrixAppLocal(
        domain=domain, client_id=known["client_id"], client_secret=known["client_secret"]
    )
    activity = Client(
        BitrixToken(domain=domain, auth_token=pair["access_token"], bitrix_app=local)
    ).crm.activity
    sent = request()

    made = activity.configurable.add(
        owner_type_id=3, owner_id=43, fields=sent["fields"], layout=sent["layout"]
    ).result
    badge = activity.badge.add(code="b", title="t", value="v", type="success").result

    number = made["activity"]["id"]
    assert activity.configurable.get(number).result["activity"]["layout"] == sent["layout"]
    assert activity.configurable.update(number, fields={"completed": True}).result
    assert badge["badge"]["code"] == "b"
    assert activity.type.add({"TYPE_ID": "T", "NAME": "T"}).result is True
    assert activity.type.list().result[0]["TYPE_ID"] == "T"
