"""The old methods of cards by name, and the search for duplicates."""

from functools import partial
from typing import Any

from . import cards
from .card_kinds import COMPANY, CONTACT, KINDS, LEAD
from .errors import RestError
from .values import Row, to_list, to_text
from .world import Call

_HITS = 20


def find_by_comm(call: Call) -> Row | list[Any]:
    """``crm.duplicate.findbycomm``: whole numbers or addresses, an extension is ignored."""
    kind = to_text(call.params.get("type")).upper()
    if not kind:
        raise RestError("Communication type is not defined", "Parameter 'type' is required.")
    if kind not in ("PHONE", "EMAIL"):
        raise RestError(
            f"Communication type '{kind}' is not supported in current context",
            "Parameter 'type' is invalid.",
        )
    values = [to_text(value) for value in to_list(call.params.get("values"))][:20]
    if not values:
        raise RestError("Communication values is not defined", "Parameter 'values' is required.")
    cards.require_crm(call)
    asked = to_text(call.params.get("entity_type")).upper()
    wanted = {_plain(kind, value) for value in values} - {""}
    hits: Row = {}
    for searched in (LEAD, CONTACT, COMPANY):
        name, records = searched.kind.upper(), searched.records(call.world)
        if asked not in ("", name) or any(len(found) >= _HITS for found in hits.values()):
            continue
        found = [
            number
            for number, row in records.rows.items()
            if any(_plain(kind, entry["VALUE"]) in wanted for entry in row.get(kind, ()))
        ]
        if found:
            hits[name] = sorted(found)[:_HITS]
    return hits or []


def _plain(kind: str, value: str) -> str:
    if kind == "EMAIL":
        return value.strip().casefold()
    number = value.casefold().partition(";")[0].partition("ext")[0].strip()
    plus = "+" if number.startswith("+") else ""
    return plus + "".join(char for char in number if char.isdigit())


METHODS = {
    **{
        f"crm.{kind.kind}.{verb}": partial(function, kind)
        for kind in KINDS.values()
        for verb, function in (
            ("get", cards.get),
            ("list", cards.list_cards),
            ("add", cards.add),
            ("update", cards.update),
            ("delete", cards.delete),
            ("fields", cards.describe),
        )
    },
    "crm.duplicate.findbycomm": find_by_comm,
}
