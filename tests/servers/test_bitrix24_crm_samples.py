"""The CRM samples of section 9, seeded on the portal and read back: same keys, types, values."""

from typing import Any

import httpx
import pytest

from tests.services.api.bitrix24.samples import SAMPLES

from .conftest import Call
from .portal import Portal


def sample(name: str, number: int = 0) -> Any:
    return SAMPLES[name][number]["result"]


def assert_like(found: dict[str, Any], expected: dict[str, Any], *moving: str) -> None:
    """All keys of the sample, with its types, and its values but for the moving ones."""
    assert not set(expected) - set(found)
    kinds = {name: type(found[name]) for name in expected}
    assert kinds == {name: type(value) for name, value in expected.items()}
    fixed = set(expected) - set(moving)
    assert {name: found[name] for name in fixed} == {name: expected[name] for name in fixed}


def assert_refused(answer: dict[str, Any], expected: dict[str, Any], status: int = 400) -> None:
    """The very code and text, whatever the final full stop."""
    assert (answer["status"], answer["error"]) == (status, expected["error"])
    assert type(answer["error"]) is type(expected["error"])
    texts = [one["error_description"].rstrip(".") for one in (answer, expected)]
    assert texts[0] == texts[1]


@pytest.fixture(autouse=True)
def alex(portal: Portal) -> None:
    """Contact 43 of the samples, and their firm."""
    portal.control.configure(zone="Europe/Berlin")
    portal.control.add_company(ID=12, TITLE="Acme GmbH")
    portal.control.add_contact(ID=43, NAME="Alex")
    card = sample("S1")
    portal.control.patch("contact", 43, **{**card, "BIRTHDATE": "2001-11-11T01:00:00+01:00"})


def test_s1_a_contact(call: Call) -> None:
    found = call("crm.contact.get", {"id": 43})

    assert_like(found["result"], sample("S1"), "BIRTHDATE")
    assert set(found["time"]) == set(SAMPLES["S1"][0]["time"])


def test_s2_a_page_of_contacts(portal: Portal, call: Call) -> None:
    first, second = sample("S2")
    portal.control.add_contact(ID=44, NAME="Anna")
    portal.control.patch("contact", 44, LAST_NAME=None, PHONE=second["PHONE"])
    portal.control.patch("contact", 44, DATE_MODIFY=second["DATE_MODIFY"], COMPANY_ID=None)
    portal.control.seed_contacts(60)
    select = list(first)

    page = call("crm.contact.list", {"select": select, "order": {"ID": "ASC"}})
    counted = call("crm.contact.list", {"select": select, "start": -1})
    nothing = call("crm.contact.list", {"filter": {">ID": 9999}, "start": -1})

    assert (page["next"], page["total"]) == (50, 62)
    assert_like(page["result"][0], first, "PHONE")
    assert page["result"][1] == second
    assert (counted["total"], "next" in counted) == (0, False)
    assert {k: nothing[k] for k in ("result", "total")} == {"result": [], "total": 0}


def test_s12_companies(portal: Portal, call: Call) -> None:
    (expected,) = sample("S12")
    portal.control.patch("company", 12, **expected)

    answer = call("crm.company.list", {"select": list(expected)})

    assert (answer["result"], answer["total"]) == ([expected], 1)


def test_s13_items(portal: Portal, call: Call) -> None:
    (expected,) = sample("S13")["items"]
    phone, mail = (
        [{"ID": "156", "VALUE_TYPE": "WORK", "VALUE": "+49 30 1234567", "TYPE_ID": "PHONE"}],
        [{"ID": "158", "VALUE_TYPE": "WORK", "VALUE": expected["emailWork"], "TYPE_ID": "EMAIL"}],
    )
    portal.control.patch("contact", 43, PHONE=phone, EMAIL=mail, BIRTHDATE="", SECOND_NAME=None)

    answer = call("crm.item.list", {"entityTypeId": 3, "select": ["*"]})

    assert answer["total"] == 1
    assert_like(answer["result"]["items"][0], expected)
    for at, params in ((1, {"filter": {"LASTNAME": "x"}}), (2, {"order": {"fm": "ASC"}})):
        refused = call("crm.item.list", {"entityTypeId": 3, **params})
        assert_refused(refused, SAMPLES["S13"][at])


def test_s13b_writing_phones(portal: Portal, call: Call) -> None:
    request, answer, invalid, unsupported = SAMPLES["S13b"]
    phone = [{"ID": "156", "VALUE_TYPE": "WORK", "VALUE": "+49 30 1234567", "TYPE_ID": "PHONE"}]
    portal.control.patch("contact", 43, PHONE=phone)

    found = call("crm.item.update", request)["result"]["item"]

    assert_like(found, answer["result"]["item"], "fm", "updatedTime")
    told = [{k: v for k, v in one.items() if k != "id"} for one in found["fm"]]
    assert told == [
        {k: v for k, v in one.items() if k != "id"} for one in answer["result"]["item"]["fm"]
    ]
    fm = {"n0": {"typeId": "EMAIL", "valueType": "WORK", "value": "nonsense"}}
    refused = call("crm.item.update", {**request, "fields": {"fm": fm}})
    assert_refused(refused, invalid)
    assert_refused(call("crm.item.list", {"entityTypeId": 5}), unsupported)


def meeting(**changes: Any) -> dict[str, Any]:
    """The request of section 4.3, for the contact of the samples."""
    fields = {
        "OWNER_TYPE_ID": 3,
        "OWNER_ID": 43,
        "TYPE_ID": 1,
        "SUBJECT": "Meeting with Alex Vronsky",
        "START_TIME": "2026-11-17T14:00:00+03:00",
        "END_TIME": "2026-11-17T15:00:00+03:00",
        "COMPLETED": "N",
        "PRIORITY": 2,
        "RESPONSIBLE_ID": 7,
        "DESCRIPTION": "Bring the revised offer",
        "DESCRIPTION_TYPE": 1,
        "LOCATION": "Office, room 3",
        "NOTIFY_TYPE": 1,
        "NOTIFY_VALUE": 15,
        "COMMUNICATIONS": [{"VALUE": "+493012345678", "ENTITY_TYPE_ID": 3, "ENTITY_ID": 43}],
        "ORIGINATOR_ID": "parley",
        "ORIGIN_ID": "0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11",
    }
    return {"fields": {**fields, **changes}}


def test_s15_and_s16_an_activity(portal: Portal, call: Call) -> None:
    portal.control.set_clock("2026-08-20T11:52:22+02:00", frozen=True)
    number = call("crm.activity.add", meeting())["result"]

    found = call("crm.activity.get", {"id": number})["result"]
    listed = call("crm.activity.list", {"select": ["ID", "OWNER_ID", "COMMUNICATIONS"]})["result"]

    assert_like(found, sample("S15"), "ID")
    expected = sample("S16")[0]["COMMUNICATIONS"]
    (communication,) = listed[0]["COMMUNICATIONS"]
    assert_like(communication, expected[0], "ID", "ENTITY_SETTINGS")
    assert_like(communication["ENTITY_SETTINGS"], expected[0]["ENTITY_SETTINGS"], "HONORIFIC")
    gone = call("crm.activity.get", {"id": 1})
    assert_refused(gone, SAMPLES["S15"][1])


@pytest.mark.parametrize(
    ("at", "changes"),
    [
        (1, {"SUBJECT": "", "COMMUNICATIONS": [{"VALUE": ""}]}),
        (3, {"TYPE_ID": 3}),
        (4, {"OWNER_TYPE_ID": None, "OWNER_ID": None, "COMMUNICATIONS": [{"VALUE": "1"}]}),
    ],
)
def test_s14b_refusals(call: Call, at: int, changes: dict[str, Any]) -> None:
    assert_refused(call("crm.activity.add", meeting(**changes)), SAMPLES["S14b"][at])


def test_s14b_refusals_of_other_kinds(portal: Portal, call: Call) -> None:
    assert_refused(call("crm.activity.add", {}), SAMPLES["S14b"][5])
    gone = call("crm.activity.add", meeting(OWNER_ID=15))
    assert_refused(gone, SAMPLES["S14b"][2])
    portal.control.configure(crm_open=False)
    assert_refused(call("crm.activity.add", meeting()), SAMPLES["S14b"][0])


def test_s17_a_to_do(portal: Portal, call: Call) -> None:
    answered, unreadable, missing, completed = SAMPLES["S17"]
    todo = {"ownerTypeId": 3, "ownerId": 43, "deadline": "2026-11-17T14:00:00+03:00", "title": "x"}

    answer = call("crm.activity.todo.add", todo)

    assert_like(answer["result"], answered["result"], "id")
    number = answer["result"]["id"]
    assert_refused(call("crm.activity.todo.add", {**todo, "deadline": "soon"}), unreadable)
    del todo["deadline"]
    assert_refused(call("crm.activity.todo.add", todo), missing)
    call("crm.activity.update", {"id": number, "fields": {"COMPLETED": "Y"}})
    value = {"id": number, **todo, "value": "2026-11-18T14:00:00+03:00"}
    assert_refused(call("crm.activity.todo.updateDeadline", value), completed)


def test_s19_duplicates(portal: Portal, call: Call) -> None:
    portal.control.add_contact(ID=2297, NAME="Alexander", PHONE="+491701234567")
    asked = {"type": "PHONE", "entity_type": "CONTACT", "values": ["+491701234567"]}

    assert call("crm.duplicate.findbycomm", asked)["result"] == sample("S19")
    asked["values"] = ["+4900"]
    assert call("crm.duplicate.findbycomm", asked)["result"] == sample("S19", 1)
    assert_refused(call("crm.duplicate.findbycomm", {"type": "PHONE"}), SAMPLES["S19"][2])


def test_s20_companies_of_a_contact(portal: Portal, call: Call) -> None:
    portal.control.add_company(ID=31, TITLE="Orion")
    portal.control.patch("contact", 43, _COMPANIES=[12, 31])

    assert call("crm.contact.company.items.get", {"id": 43})["result"] == sample("S20")
    assert_refused(call("crm.contact.company.items.get", {"id": 0}), SAMPLES["S20"][1], 200)


@pytest.mark.parametrize(
    ("name", "at", "status"),
    [
        ("S25", 0, 503),
        ("S26", 0, 429),
        ("S27", 0, 401),
        ("S27", 1, 401),
        ("S27", 2, 403),
        ("S27", 3, 403),
        ("S28", 0, 403),
        ("S28", 2, 403),
        ("S28", 3, 403),
        ("S29", 0, 500),
        ("S29", 1, 503),
        ("S29", 2, 500),
        ("S30", 3, 404),
    ],
)
def test_s25_to_s30_system_errors(
    portal: Portal, call: Call, name: str, at: int, status: int
) -> None:
    expected = SAMPLES[name][at]
    portal.control.fail(expected["error"], "profile")

    assert_refused(call("profile"), expected, status)


def test_s28_and_s30_errors_of_the_methods(portal: Portal, call: Call) -> None:
    assert_refused(call("app.info"), SAMPLES["S28"][1], 403)
    assert_refused(call("crm.contact.get", {"id": 9999}), SAMPLES["S30"][0])
    assert_refused(call("crm.contact.delete", {"id": 9999}), SAMPLES["S30"][1])
    portal.control.configure(required_contact_fields=["Region"])
    refused = call("crm.contact.add", {"fields": {"NAME": "x"}})
    assert_refused(refused, SAMPLES["S30"][2])


def test_s24_tokens(portal: Portal, line: httpx.Client) -> None:
    app = portal.control.add_app("http://127.0.0.1:7000/", scopes=["crm", "calendar", "user"])
    portal.control.configure_sign_in(member_id=SAMPLES["S24"][0]["member_id"])
    known = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    address = f"{portal.sign_in_url}/oauth/token/"
    moving = "access_token refresh_token client_endpoint server_endpoint domain expires".split()

    code = portal.control.issue_code(app["client_id"], portal.url)
    asked = {**known, "grant_type": "authorization_code", "code": code}
    pair = line.get(address, params=asked).json()
    renewing = {**known, "grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    renewed = line.get(address, params=renewing).json()
    again = line.get(address, params=renewing).json()
    portal.control.change_app(app["client_id"], payment_expired=True)
    unpaid = line.get(address, params=renewing).json()

    exchange, refresh, invalid, payment = SAMPLES["S24"]
    assert_like(pair, exchange, *moving)
    assert set(pair) == set(exchange)
    assert_like(renewed, refresh, *moving)
    assert set(renewed) == set(refresh)
    assert (again, unpaid) == (invalid, payment)
