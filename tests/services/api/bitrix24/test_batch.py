"""Commands inside a batch: encoded once, and read back by a PHP-like server unchanged."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.bitrix24.batch import Command, Result, encoded, last_id


def query(command: Command) -> dict[str, str]:
    """What the server reads, by flat PHP names."""
    return dict(parse_qsl(command.encoded().partition("?")[2], keep_blank_values=True))


@pytest.mark.parametrize(
    "value",
    ["+49", "A&B", "50 %", "#1", "ä", "😀", "[x]", "\"'", "a\nb", "a=b", "%2B", "a+b c", "?", ";"],
)
def test_every_text_arrives_as_it_was(value):
    assert query(Command("m", {"filter": {"NAME": value}})) == {"filter[NAME]": value}


@given(st.text(), st.text(min_size=1))
def test_any_text_arrives_as_value_and_as_key(value, key):
    clean = value.encode("utf-8", "ignore").decode()
    name = key.encode("utf-8", "ignore").decode() or "k"

    command = Command("m", {"filter": {name: clean}})
    assert query(command) == {f"filter[{name}]": clean}


def test_the_samples_command_is_written_as_the_reference_has_it():
    command = Command(
        "crm.contact.list",
        {
            "filter": {">ID": 0},
            "order": {"ID": "ASC"},
            "select": ["ID", "PHONE"],
            "start": -1,
        },
    )

    assert command.encoded() == (
        "crm.contact.list?filter[%3EID]=0&order[ID]=ASC&select[]=ID&select[]=PHONE&start=-1"
    )


def test_types_are_lost_in_the_portals_way():
    command = Command("m", {"a": True, "b": False, "c": None, "d": [], "e": [{"x": 1}]})

    assert query(command) == {"a": "1", "b": "0", "d": "", "e[0][x]": "1"}


def test_references_stay_readable_for_the_server():
    assert str(last_id("c0")) == "$result[c0][49][ID]"
    assert str(Result("one[COMPANY_ID]")) == "$result[one][COMPANY_ID]"
    assert str(Result("add")) == "$result[add]"
    assert query(Command("m", {"id": last_id("c0")})) == {"id": "$result[c0][49][ID]"}


def test_a_batch_has_at_most_fifty_commands_with_names_that_are_no_numbers():
    many = {f"c{n}": Command("profile", {}) for n in range(51)}

    with pytest.raises(ValueError, match="50"):
        encoded(many)
    with pytest.raises(ValueError, match="number"):
        encoded({"0": Command("profile", {})})
    assert encoded({"a": Command("profile", {})}, halt=True) == {
        "halt": 1,
        "cmd": {"a": "profile"},
    }
