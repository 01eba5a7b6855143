"""Cards as the old methods show them: ``crm.contact.*``, ``company``, ``lead`` and ``deal``."""

from typing import Any

from . import contact_fields as f
from .card_kinds import COMPANY, CONTACT, DEAL, LEAD, CardKind
from .errors import RestError, refused
from .listing import Query, list_params, page_of, pick
from .multifields import MULTI_FIELDS, merged, put_back
from .stages import complete
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, Page, World


def require_crm(call: Call) -> None:
    """ "Access denied" for a caller without any right to the CRM, such as a guest."""
    user = call.world.users.get(call.caller.user_id) or {}
    if not call.world.settings.crm_open or user.get("USER_TYPE") == "extranet":
        raise refused("Access denied.")


def card_id(call: Call) -> int:
    """The ``id`` parameter of a card's method."""
    number = to_int(call.params.get("id"))
    if number is None or number <= 0:
        raise refused("ID is not defined or invalid.")
    return number


def full(kind: CardKind, world: World, row: Row) -> Row:
    """Everything that ``get`` answers: simple fields, user fields, filled multi-fields."""
    shown = pick(row, [*kind.simple, *kind.user_fields(world)], kind.defaults)
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
    return full(kind, call.world, row)


def selected(kind: CardKind, world: World, select: list[str]) -> tuple[list[str], list[str]]:
    """The simple and the multi-fields that a ``select`` names. ``ID`` always comes."""
    wanted: dict[str, None] = {"ID": None}
    fields = kind.fields_in(world)
    for name in select or ["*", "UF_*"]:
        if name == "*":
            wanted.update(dict.fromkeys(kind.simple))
        elif name == "UF_*":
            wanted.update(dict.fromkeys(kind.user_fields(world)))
        elif name in fields:
            wanted[name] = None
    simple = [name for name in wanted if name not in MULTI_FIELDS]
    return simple, [name for name in wanted if name in MULTI_FIELDS]


def list_cards(kind: CardKind, call: Call) -> Page:
    """``crm.*.list``."""
    require_crm(call)
    if kind is LEAD and call.world.crm.simple_crm:
        return Page([], 0)
    world, records = call.world, kind.records(call.world)
    conditions, order, select, start = list_params(call.params)
    dropped = set(world.settings.ignored_filter_keys)
    query = Query(
        {key: wanted for key, wanted in conditions.items() if key.lstrip("!=<>@%") not in dropped},
        order,
        kind.fields_in(world),
    )
    simple, multi = selected(kind, world, select)
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
    known, own, fixed = kind.fields_in(world), kind.user_fields(world), f.READ_ONLY | kind.read_only
    for name, value in fields.items():
        kind_of = known.get(name)
        writable = name not in fixed or (importing and name in f.IMPORT_ONLY)
        if kind_of is None or kind_of == "multi" or not writable:
            continue
        if kind_of in ("time", "date"):
            read = world.crm_time(value) if kind_of == "time" else world.crm_date(value)
            if read is not None or not to_text(value):
                row[name] = read or ""
        elif name in own and own[name]["multiple"]:
            row[name] = [to_text(one) for one in to_list(value) if to_text(one)]
        else:
            row[name] = to_text(value)
    for name, entries in multi.items():
        put_back(row, name, entries)
    if kind is CONTACT:
        _link(row, fields, "COMPANY_ID", "_COMPANIES")
    elif kind in (DEAL, LEAD):
        _link(row, fields, "CONTACT_ID", "_CONTACTS")
        complete(kind, world, row)


def _link(row: Row, fields: Row, single: str, kept: str) -> None:
    """Take over linked cards given as the main one or as a list (``COMPANY_IDS``)."""
    if f"{single}S" in fields:
        ids = [n for n in map(to_int, to_list(fields[f"{single}S"])) if n]
        row[kept] = ids
        row[single] = str(ids[0]) if ids else None
    elif single in fields:
        number = to_int(fields[single])
        row[kept] = [number] if number else []


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
    if kind in (LEAD, DEAL) and not row.get("TITLE"):
        row["TITLE"] = f"{kind.label} #{number}"
    records.put(number, {"ID": str(number), **row})
    return number


def _require_names(kind: CardKind, world: World, fields: Row) -> None:
    for name, field in kind.user_fields(world).items():
        if field["mandatory"] and not fields.get(name):
            text = f"The field &quot;{field['title']}&quot; is required.<br>\n"
            raise RestError("ERROR_CORE", text)
    if kind in (LEAD, DEAL):
        return
    is_company = kind is COMPANY
    needed = ["TITLE"] if is_company else ["NAME", "LAST_NAME"]
    text = "Company Name" if is_company else "Name"
    if not any(to_text(fields.get(name)) for name in needed):
        raise RestError("ERROR_CORE", f"The field &quot;{text}&quot; is required.<br>\n")
    if kind is CONTACT:
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
    if call.world.crm.phone_moves_date_modify or not set(fields) <= set(MULTI_FIELDS):
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
    required = {"NAME", "SECOND_NAME", "LAST_NAME"} if kind is CONTACT else {"TITLE"}
    fixed = f.READ_ONLY | kind.read_only
    told = {
        name: field_info(types[value], name, name in required, name in fixed, value == "multi")
        for name, value in kind.fields.items()
    }
    for name, directory in _DIRECTORIES.items():
        if name in told:
            told[name]["statusType"] = directory
    own = kind.user_fields(call.world).items()
    return {**told, **{name: describe_own(name, field) for name, field in own}}


_DIRECTORIES = {
    "HONORIFIC": "HONORIFIC",
    "SOURCE_ID": "SOURCE",
    "COMPANY_TYPE": "COMPANY_TYPE",
    "INDUSTRY": "INDUSTRY",
    "EMPLOYEES": "EMPLOYEES",
    "STATUS_ID": "STATUS",
    "STAGE_ID": "DEAL_STAGE",
}


def describe_own(name: str, field: Row) -> Row:
    """One of the portal's own fields in a ``fields`` answer: its label stands beside the name."""
    told = field_info(field["type"], name, field["mandatory"], False, field["multiple"])
    told.update(dict.fromkeys(("listLabel", "formLabel", "filterLabel"), field["title"]))
    if field["items"]:
        told["items"] = field["items"]
    told["settings"] = field["settings"] or []
    return told


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
