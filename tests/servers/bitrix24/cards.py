"""Contacts and companies as the old ``crm.contact.*`` and ``crm.company.*`` methods show them."""

from dataclasses import dataclass
from typing import Any, Final

from . import contact_fields as f
from .collection import Collection
from .contact_fields import CONTACT_DEFAULTS
from .errors import RestError, refused
from .filters import Fields
from .listing import Query, list_params, page_of, pick
from .multifields import MULTI_FIELDS, merged, put_back
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, Page, World


@dataclass(frozen=True, slots=True)
class CardKind:
    """What is special about one kind of card."""

    kind: str
    label: str
    fields: Fields
    simple: tuple[str, ...]
    defaults: Row

    def records(self, world: World) -> Collection:
        """Where this kind is kept."""
        return world.contacts if self.kind == "contact" else world.companies


CONTACT: Final = CardKind(
    "contact", "Contact", f.CONTACT_FIELDS, f.CONTACT_SIMPLE, CONTACT_DEFAULTS
)
COMPANY: Final = CardKind(
    "company", "Company", f.COMPANY_FIELDS, f.COMPANY_SIMPLE, f.COMPANY_DEFAULTS
)


def require_crm(call: Call) -> None:
    """ "Access denied" for a caller without any right to the CRM."""
    if not call.world.settings.crm_open:
        raise refused("Access denied.")


def card_id(call: Call) -> int:
    """The ``id`` parameter of a card's method."""
    number = to_int(call.params.get("id"))
    if number is None or number <= 0:
        raise refused("ID is not defined or invalid.")
    return number


def full(kind: CardKind, row: Row) -> Row:
    """Everything that ``get`` answers: simple fields, user fields, filled multi-fields."""
    user_fields = [name for name in kind.fields if name.startswith("UF_")]
    shown = pick(row, [*kind.simple, *user_fields], kind.defaults)
    shown.update((name, row[name]) for name in MULTI_FIELDS if name in row)
    return shown


def get(kind: CardKind, call: Call) -> Row:
    """``crm.*.get``."""
    number = card_id(call)
    row = kind.records(call.world).get(number)
    if row is None:
        raise refused("Not found")
    require_crm(call)
    if call.world.is_hidden(kind.kind, number):
        raise refused("Access denied")
    return full(kind, row)


def selected(kind: CardKind, select: list[str]) -> tuple[list[str], list[str]]:
    """The simple and the multi-fields that a ``select`` names. ``ID`` always comes."""
    wanted: dict[str, None] = {"ID": None}
    for name in select or ["*", "UF_*"]:
        if name == "*":
            wanted.update(dict.fromkeys(kind.simple))
        elif name == "UF_*":
            wanted.update(dict.fromkeys(n for n in kind.fields if n.startswith("UF_")))
        elif name in kind.fields:
            wanted[name] = None
    simple = [name for name in wanted if name not in MULTI_FIELDS]
    return simple, [name for name in wanted if name in MULTI_FIELDS]


def list_cards(kind: CardKind, call: Call) -> Page:
    """``crm.*.list``."""
    require_crm(call)
    world, records = call.world, kind.records(call.world)
    conditions, order, select, start = list_params(call.params)
    dropped = set(world.settings.ignored_filter_keys)
    query = Query(
        {key: wanted for key, wanted in conditions.items() if key.lstrip("!=<>@%") not in dropped},
        order,
        kind.fields,
    )
    simple, multi = selected(kind, select)
    rows, defaults = records.rows, kind.defaults

    def show(number: int) -> Row:
        row = rows[number]
        shown = pick(row, simple, defaults)
        for name in multi:
            if name in row:
                shown[name] = row[name]
        return shown

    hidden = world.settings.hidden.get(kind.kind)
    seen = (lambda row: int(row["ID"]) not in hidden) if hidden else None
    return page_of(world, query.matching(records, world.zone, seen), start, show)


def sent_fields(call: Call) -> Row:
    """The ``fields`` object of a write."""
    fields = call.params.get("fields")
    if not isinstance(fields, dict):
        raise RestError("ERROR_CORE", "Parameter 'fields' must be array.")
    return fields


def apply(kind: CardKind, call: Call, row: Row, fields: Row, *, importing: bool = False) -> None:
    """Write the known, writable fields into ``row``; all else is ignored without a word."""
    world = call.world
    multi = {
        name: merged(world, name, row.get(name, []), fields[name])
        for name in MULTI_FIELDS
        if name in fields
    }
    for name, value in fields.items():
        kind_of = kind.fields.get(name)
        writable = name not in f.READ_ONLY or (importing and name in f.IMPORT_ONLY)
        if kind_of is None or kind_of == "multi" or not writable:
            continue
        if kind_of in ("time", "date"):
            read = world.crm_time(value)
            if read is not None or not to_text(value):
                row[name] = read or ""
        else:
            row[name] = to_text(value)
    for name, entries in multi.items():
        put_back(row, name, entries)
    if kind.kind == "contact":
        _link_companies(row, fields)


def _link_companies(row: Row, fields: Row) -> None:
    if "COMPANY_IDS" in fields:
        ids = [n for n in map(to_int, to_list(fields["COMPANY_IDS"])) if n]
        row["_COMPANIES"] = ids
        row["COMPANY_ID"] = str(ids[0]) if ids else None
    elif "COMPANY_ID" in fields:
        number = to_int(fields["COMPANY_ID"])
        row["_COMPANIES"] = [number] if number else []


def add(kind: CardKind, call: Call) -> int:
    """``crm.*.add``: the new id."""
    require_crm(call)
    fields = sent_fields(call)
    options = call.params.get("params")
    importing = isinstance(options, dict) and to_flag(options.get("IMPORT"))
    return create(kind, call, fields, importing=importing)


def create(kind: CardKind, call: Call, fields: Row, *, importing: bool = False) -> int:
    """Make a card; ERROR_CORE for what the portal insists on."""
    world, now = call.world, call.world.now_iso()
    _require_names(kind, world, fields)
    caller = str(call.caller.user_id)
    row: Row = {
        "DATE_CREATE": now,
        "DATE_MODIFY": now,
        "LAST_ACTIVITY_TIME": now,
        "ASSIGNED_BY_ID": caller,
        "CREATED_BY_ID": caller,
        "MODIFY_BY_ID": caller,
        "LAST_ACTIVITY_BY": caller,
    }
    apply(kind, call, row, fields, importing=importing)
    records = kind.records(world)
    number = records.new_id()
    records.put(number, {"ID": str(number), **row})
    return number


def _require_names(kind: CardKind, world: World, fields: Row) -> None:
    is_company = kind.kind == "company"
    needed = ["TITLE"] if is_company else ["NAME", "LAST_NAME"]
    text = "Company Name" if is_company else "Name"
    if not any(to_text(fields.get(name)) for name in needed):
        raise RestError("ERROR_CORE", f"The field &quot;{text}&quot; is required.<br>\n")
    if kind.kind == "contact":
        for name in world.settings.required_contact_fields:
            if not fields.get(name):
                raise RestError("ERROR_CORE", f"The field &quot;{name}&quot; is required.<br>\n")


def update(kind: CardKind, call: Call) -> bool:
    """``crm.*.update``."""
    number = card_id(call)
    row = kind.records(call.world).get(number)
    if row is None:
        raise refused(f"{kind.label} is not found")
    require_crm(call)
    if call.world.is_hidden(kind.kind, number):
        raise refused("Access denied.")
    change(kind, call, number, sent_fields(call))
    return True


def change(kind: CardKind, call: Call, number: int, fields: Row) -> Row:
    """Write into a card and stamp it; the card afterwards."""
    records = kind.records(call.world)
    row = dict(records.rows[number])
    apply(kind, call, row, fields)
    row["DATE_MODIFY"] = call.world.now_iso()
    row["MODIFY_BY_ID"] = str(call.caller.user_id)
    records.put(number, row)
    return row


def delete(kind: CardKind, call: Call) -> bool:
    """``crm.*.delete``."""
    number = card_id(call)
    records = kind.records(call.world)
    if records.get(number) is None:
        raise RestError("ERROR_CORE", "Element not found")
    require_crm(call)
    if call.world.is_hidden(kind.kind, number):
        raise refused("Access denied.")
    records.remove(number)
    return True


def describe(kind: CardKind, call: Call) -> Row:
    """``crm.*.fields``."""
    types = {
        "int": "integer",
        "text": "string",
        "link": "crm_status",
        "flag": "char",
        "time": "datetime",
        "date": "date",
        "multi": "crm_multifield",
    }
    required = {"NAME", "SECOND_NAME", "LAST_NAME", "TITLE"}
    return {
        name: field_info(
            types[value], name, name in required, name in f.READ_ONLY, value == "multi"
        )
        for name, value in kind.fields.items()
    }


def field_info(
    type_name: str, title: str, required: bool, read_only: bool, multiple: bool
) -> dict[str, Any]:
    """One entry of a ``fields`` answer."""
    return {
        "type": type_name,
        "isRequired": required,
        "isReadOnly": read_only,
        "isImmutable": False,
        "isMultiple": multiple,
        "isDynamic": title.startswith("UF_"),
        "title": title,
    }
