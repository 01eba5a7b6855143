"""``batch`` and all its quirks: the reference's section 1.2."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from .conftest import Call
from .portal import Portal


def run(call: Call, commands: object, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = call("batch", {"cmd": commands, **options})["result"]
    return found


def test_answers_errors_and_empty_maps(portal: Portal, call: Call) -> None:
    portal.control.add_contact(ID=43, NAME="Alex", PHONE="+49 30 1234567")
    page = "crm.contact.list?filter[%3EID]=0&order[ID]=ASC&select[]=ID&select[]=PHONE&start=-1"

    answer = run(
        call,
        {
            "me": "user.current",
            "page": page,
            "co": "crm.company.get?id=$result[page][0][COMPANY_ID]",
            "tel": "crm.duplicate.findbycomm?type=PHONE&entity_type=CONTACT&values[]=%2B4917",
            "old": "crm.contact.nosuch?id=1",
        },
    )

    assert answer["result"]["me"]["ID"] == "7"
    assert answer["result"]["page"][0]["ID"] == "43"
    assert answer["result"]["tel"] == []
    assert answer["result_error"]["co"] == {
        "error": "",
        "error_description": "ID is not defined or invalid.",
    }
    assert answer["result_error"]["old"]["error"] == "ERROR_METHOD_NOT_FOUND"
    assert answer["result_total"] == {"page": 0}
    assert answer["result_next"] == []
    assert set(answer["result_time"]) == {"me", "page", "tel"}


def test_halt_stops_at_the_first_error_and_leaves_the_rest_out(call: Call) -> None:
    answer = run(call, {"a": "crm.contact.get?id=5", "b": "profile"}, halt=1)

    assert answer["result"] == []
    assert answer["result_error"] == {"a": {"error": "", "error_description": "Not found"}}
    assert answer["result_time"] == []


def test_numbered_commands_come_back_as_arrays(call: Call) -> None:
    answer = run(call, ["profile", "user.admin"])

    assert [type(answer["result"]), answer["result"][1]] == [list, False]
    assert run(call, {"0": "user.admin", "1": "user.admin"})["result"] == [False, False]


def test_a_missing_permission_has_no_text_inside_a_batch(portal: Portal, call: Call) -> None:
    portal.control.set_scopes("crm")

    answer = run(call, {"me": "user.current"})

    assert answer["result_error"]["me"] == {"error": "insufficient_scope", "error_description": ""}


def test_fifty_commands_run_and_each_later_one_is_refused(call: Call) -> None:
    answer = run(call, {f"c{at}": "user.admin" for at in range(52)})

    assert len(answer["result"]) == 50
    assert {error["error"] for error in answer["result_error"].values()} == {
        "ERROR_BATCH_LENGTH_EXCEEDED"
    }
    assert list(answer["result_error"]) == ["c50", "c51"]


def test_a_batch_inside_a_batch_is_not_allowed(call: Call) -> None:
    answer = run(call, {"x": "batch?cmd[a]=profile"})

    assert answer["result_error"]["x"]["error"] == "ERROR_BATCH_METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "text", ["+49", "A&B", "50 %", "#1", "ä", "🙂", "[x]", '"quoted"', "a\nb", "a=b?c"]
)
def test_percent_encoded_values_arrive_as_they_were(portal: Portal, call: Call, text: str) -> None:
    command = f"crm.contact.add?fields[NAME]={quote(text, safe='')}"

    number = run(call, {"add": command})["result"]["add"]

    stored = portal.control.record("contact", number)
    assert stored is not None
    assert stored["NAME"] == text


def test_an_unencoded_plus_becomes_a_space(portal: Portal, call: Call) -> None:
    number = run(call, {"add": "crm.contact.add?fields[NAME]=+49"})["result"]["add"]

    assert portal.control.contacts() == [portal.control.record("contact", number)]
    assert portal.control.contacts()[0]["NAME"] == " 49"


def test_references_reach_into_earlier_results(portal: Portal, call: Call) -> None:
    company = portal.control.add_company(TITLE="Acme GmbH")
    contact = portal.control.add_contact(NAME="Alex", COMPANY_ID=company)
    encoded = quote("$result[who][COMPANY_ID]", safe="")

    answer = run(
        call,
        {
            "add": "crm.contact.add?fields[NAME]=Zoe",
            "again": "crm.contact.get?id=$result[add]",
            "who": f"crm.contact.get?id={contact}",
            "firm": f"crm.company.get?id={encoded}",
        },
    )

    assert answer["result"]["again"]["NAME"] == "Zoe"
    assert answer["result"]["firm"]["TITLE"] == "Acme GmbH"


def test_a_path_that_leads_nowhere_gives_the_nearest_structure(portal: Portal, call: Call) -> None:
    """A short page: row 49 is missing, the list itself is taken, and the first rows come again."""
    portal.control.seed_contacts(30)
    page = "crm.contact.list?order[ID]=ASC&select[]=ID&start=-1&filter[%3EID]="

    answer = run(call, {"p0": f"{page}0", "p1": f"{page}$result[p0][49][ID]"})

    assert len(answer["result"]["p0"]) == 30
    assert [row["ID"] for row in answer["result"]["p1"]][:2] == ["2", "3"]


def test_everything_up_to_a_space_belongs_to_the_path_and_text_is_mangled(
    portal: Portal, call: Call
) -> None:
    name = quote("to $result[n]-tail end", safe="")

    run(call, {"n": "user.admin", "add": f"crm.contact.add?fields[NAME]={name}"})

    assert portal.control.contacts()[0]["NAME"] == "to  end"


def test_totals_can_be_referred_to(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(3)

    run(call, {"l": "crm.contact.list", "a": "crm.contact.add?fields[NAME]=of%20$total[l]"})

    assert portal.control.contacts()[-1]["NAME"] == "of 3"


def test_a_chain_of_pages_reads_everything(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(2600)
    page = "crm.contact.list?order[ID]=ASC&select[]=ID&start=-1&filter[%3EID]="
    commands = {"p0": f"{page}0"}
    commands.update({f"p{at}": f"{page}$result[p{at - 1}][49][ID]" for at in range(1, 50)})

    pages = run(call, commands, halt=1)["result"]

    numbers = [int(row["ID"]) for at in range(50) for row in pages[f"p{at}"]]
    assert numbers == list(range(1, 2501))


def test_types_are_lost(portal: Portal, call: Call) -> None:
    """``false`` is text in a command: a section's "N" rule, but the word survives as it is."""
    run(call, {"a": "crm.contact.add?fields[NAME]=Ann&fields[POST]=true"})

    assert portal.control.contacts()[0]["POST"] == "true"


def test_a_batch_may_come_as_a_form_with_double_encoding(
    portal: Portal, line: httpx.Client
) -> None:
    command = "crm.contact.add?fields[NAME]=" + quote("A&B +1", safe="")

    answer = line.post(portal.webhook_url + "batch", data={"halt": "0", "cmd[x]": command})

    assert "x" in answer.json()["result"]["result"]
    assert portal.control.contacts()[0]["NAME"] == "A&B +1"


def test_a_missing_event_is_a_null_result(call: Call) -> None:
    answer = run(call, {"gone": "calendar.event.getbyid?id=999"})

    assert answer["result"] == {"gone": None}
    assert answer["result_error"] == []


def test_a_planned_error_fails_one_command_alone(portal: Portal, call: Call) -> None:
    portal.control.fail("OPERATION_TIME_LIMIT", "crm.contact.list")

    answer = run(call, {"l": "crm.contact.list", "me": "profile"})

    assert answer["result_error"]["l"]["error"] == "OPERATION_TIME_LIMIT"
    assert list(answer["result"]) == ["me"]
