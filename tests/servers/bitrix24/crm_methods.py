"""``crm.contact.*``, ``crm.company.*`` and the CRM's small helpers."""

from functools import partial
from typing import Any

from . import cards
from .cards import COMPANY, CONTACT
from .errors import RestError, refused
from .values import Row, to_int, to_list, to_text
from .world import Call, Page

_OWNER_TYPES = (
    (1, "Lead", "LEAD", "L"),
    (2, "Deal", "DEAL", "D"),
    (3, "Contact", "CONTACT", "C"),
    (4, "Company", "COMPANY", "CO"),
)
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
    for name, records in (("CONTACT", call.world.contacts), ("COMPANY", call.world.companies)):
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


def company_items(call: Call) -> list[Row]:
    """``crm.contact.company.items.get``: real integers."""
    row = call.world.contacts.get(to_int(call.params.get("id")))
    if row is None:
        raise RestError("", "The parameter ownerEntityID is invalid or not defined.", 200)
    linked = row.get("_COMPANIES") or [n for n in [to_int(row.get("COMPANY_ID"))] if n]
    return [
        {"COMPANY_ID": n, "SORT": 10 * (at + 1), "ROLE_ID": 0, "IS_PRIMARY": "N" if at else "Y"}
        for at, n in enumerate(linked)
    ]


def owner_types(call: Call) -> list[Row]:
    """``crm.enum.ownertype``."""
    return [
        {"ID": number, "NAME": name, "SYMBOL_CODE": code, "SYMBOL_CODE_SHORT": short}
        for number, name, code, short in _OWNER_TYPES
    ]


def statuses(call: Call) -> list[Row]:
    """``crm.status.list`` of the contact types; other directories are empty here."""
    conditions = call.params.get("filter")
    asked = conditions.get("ENTITY_ID") if isinstance(conditions, dict) else None
    known = (("CLIENT", "Clients"), ("SUPPLIER", "Suppliers"), ("PARTNER", "Partners"))
    return [
        {
            "ID": str(101 + at),
            "ENTITY_ID": "CONTACT_TYPE",
            "STATUS_ID": code,
            "NAME": name,
            "NAME_INIT": name,
            "SORT": str(10 * (at + 1)),
            "SYSTEM": "Y",
            "CATEGORY_ID": None,
            "COLOR": None,
            "SEMANTICS": None,
            "EXTRA": [],
        }
        for at, (code, name) in enumerate(known)
        if asked in (None, "CONTACT_TYPE")
    ]


def nothing_kept(call: Call) -> Row:
    """``get`` of leads and deals, which this portal does not have."""
    if to_int(call.params.get("id")) is None:
        raise refused("ID is not defined or invalid.")
    raise refused("Not found")


METHODS = {
    **{
        f"crm.{kind.kind}.{verb}": partial(function, kind)
        for kind in (CONTACT, COMPANY)
        for verb, function in (
            ("get", cards.get),
            ("list", cards.list_cards),
            ("add", cards.add),
            ("update", cards.update),
            ("delete", cards.delete),
            ("fields", cards.describe),
        )
    },
    "crm.contact.company.items.get": company_items,
    "crm.duplicate.findbycomm": find_by_comm,
    "crm.enum.ownertype": owner_types,
    "crm.status.list": statuses,
    "crm.lead.get": nothing_kept,
    "crm.deal.get": nothing_kept,
    "crm.lead.list": lambda call: Page([], 0),
    "crm.deal.list": lambda call: Page([], 0),
}
