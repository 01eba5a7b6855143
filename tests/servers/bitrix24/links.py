"""Cards linked to cards: ``crm.contact.company.*``, ``crm.deal.contact.*`` and their sisters."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from . import cards
from .card_kinds import COMPANY, CONTACT, DEAL, LEAD, CardKind
from .errors import RestError, refused
from .values import Row, to_flag, to_int, to_rows
from .world import Call


@dataclass(frozen=True, slots=True)
class Link:
    """``crm.<owner>.<other>.*``: where the owner keeps the others, and what they are called."""

    owner: CardKind
    other: CardKind
    kept: str
    """Key of the owner's list; empty: it is the other's list, seen from behind."""

    @property
    def field(self) -> str:
        """``COMPANY_ID``."""
        return f"{self.other.kind.upper()}_ID"


_LINKS: Final = (
    Link(CONTACT, COMPANY, "_COMPANIES"),
    Link(DEAL, CONTACT, "_CONTACTS"),
    Link(LEAD, CONTACT, "_CONTACTS"),
    Link(COMPANY, CONTACT, ""),
)


def _owner(link: Link, call: Call, status: int = 400) -> tuple[int, Row]:
    number = to_int(call.params.get("id"))
    row = link.owner.records(call.world).get(number)
    if number is None or number <= 0 or (row is None and status == 200):
        text = "The parameter ownerEntityID is invalid or not defined."
        raise RestError("", text, status)
    if row is None:
        raise refused("Not found")
    if call.world.is_hidden(link.owner.kind, number):
        raise RestError("ACCESS_DENIED", "Access denied")
    cards.require_crm(call)
    return number, row


def linked(link: Link, call: Call, number: int, row: Row) -> list[int]:
    """The ids of the linked cards, the main one first."""
    if not link.kept:
        return [
            int(other["ID"])
            for other in link.other.records(call.world).rows.values()
            if number in (other.get("_COMPANIES") or [to_int(other.get("COMPANY_ID"))])
        ]
    found: list[int] = row.get(link.kept) or []
    single = to_int(row.get(link.field))
    return found or ([single] if single else [])


def get_items(link: Link, call: Call) -> list[Row]:
    """``….items.get``: real integers; its error comes with status 200."""
    number, row = _owner(link, call, 200)
    sorts = row.get("_SORTS") or {}
    found = []
    for at, other in enumerate(linked(link, call, number, row)):
        sort = sorts.get(str(other), 10 * (at + 1))
        primary = not at if link.kept else _is_main(link, call, other, number)
        found.append(
            {link.field: other, "SORT": sort, "ROLE_ID": 0, "IS_PRIMARY": "Y" if primary else "N"}
        )
    return found


def _is_main(link: Link, call: Call, other: int, number: int) -> bool:
    row = link.other.records(call.world).rows[other]
    return to_int(row.get("COMPANY_ID")) == number


def set_items(link: Link, call: Call) -> bool:
    """``….items.set``: replaces all."""
    number, row = _owner(link, call)
    if not isinstance(call.params.get("items"), (list, dict)):
        raise refused("The parameter 'items' must be array.")
    _store(link, call, number, row, to_rows(call.params["items"]))
    return True


def clear_items(link: Link, call: Call) -> bool:
    """``….items.delete``: clears."""
    _store(link, call, *_owner(link, call), [])
    return True


def add_one(link: Link, call: Call) -> bool:
    """``….add``: False when it is linked already."""
    number, row = _owner(link, call)
    fields = _fields(link, call)
    present = linked(link, call, number, row)
    if fields[link.field] in present:
        return False
    entries = [{link.field: other} for other in present]
    _store(link, call, number, row, [*entries, fields])
    return True


def delete_one(link: Link, call: Call) -> bool:
    """``….delete``: False when it was not linked."""
    number, row = _owner(link, call)
    gone = _fields(link, call)[link.field]
    present = linked(link, call, number, row)
    if gone not in present:
        return False
    _store(link, call, number, row, [{link.field: other} for other in present if other != gone])
    return True


def _fields(link: Link, call: Call) -> Row:
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise refused("The parameter 'fields' must be array.")
    number = to_int(fields.get(link.field))
    if not number or link.other.records(call.world).get(number) is None:
        raise refused("Not found")
    return {**fields, link.field: number}


def _store(link: Link, call: Call, number: int, row: Row, entries: list[Row]) -> None:
    """Keep the list; the entry marked as primary, else the first, becomes the main card."""
    if not link.kept:
        _store_behind(link, call, number, entries)
        return
    known = [e for e in entries if to_int(e.get(link.field))]
    main_first = sorted(known, key=lambda e: not to_flag(e.get("IS_PRIMARY")))
    ids = list(dict.fromkeys(int(to_int(e[link.field]) or 0) for e in main_first))
    sorts = {**(row.get("_SORTS") or {})}
    sorts.update({str(e[link.field]): int(e["SORT"]) for e in known if to_int(e.get("SORT"))})
    changed = {**row, link.kept: ids, "_SORTS": sorts}
    changed[link.field] = str(ids[0]) if ids else None
    changed["DATE_MODIFY"] = call.world.now_iso()
    link.owner.records(call.world).put(number, changed)


def _store_behind(link: Link, call: Call, number: int, entries: list[Row]) -> None:
    wanted = {to_int(e.get(link.field)) for e in entries}
    records = link.other.records(call.world)
    for other, row in list(records.rows.items()):
        main = to_int(row.get("COMPANY_ID"))
        present = row.get("_COMPANIES") or ([main] if main else [])
        if (number in present) is (other in wanted):
            continue
        ids = [*present, number] if other in wanted else [one for one in present if one != number]
        first = str(ids[0]) if ids else None
        records.put(other, {**row, "_COMPANIES": ids, "COMPANY_ID": first})


def describe(link: Link, call: Call) -> dict[str, Any]:
    """``….fields``."""
    names = {link.field: "integer", "SORT": "integer", "IS_PRIMARY": "char"}
    return {
        name: cards.field_info(kind, name, name == link.field, False, multiple=False)
        for name, kind in names.items()
    }


_VERBS: Final[dict[str, Callable[[Link, Call], object]]] = {
    "items.get": get_items,
    "items.set": set_items,
    "items.delete": clear_items,
    "add": add_one,
    "delete": delete_one,
    "fields": describe,
}
METHODS = {
    f"crm.{link.owner.kind}.{link.other.kind}.{verb}": partial(function, link)
    for link in _LINKS
    for verb, function in _VERBS.items()
}
