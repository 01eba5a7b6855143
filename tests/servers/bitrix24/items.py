"""``crm.item.*``: the universal family, for contacts and companies."""

import re
from collections.abc import Callable
from typing import Any, Final

from . import cards, contact_fields
from .cards import COMPANY, CONTACT, CardKind
from .errors import RestError, missing
from .filters import Fields, Kind, Test, build, split_key
from .listing import Query, page_of
from .multifields import MULTI_FIELDS, entry, put_back
from .values import Row, to_int, to_list, to_rows, to_text
from .world import Call, Page

_SPECIAL: Final = {
    "DATE_CREATE": "createdTime",
    "DATE_MODIFY": "updatedTime",
    "CREATED_BY_ID": "createdBy",
    "MODIFY_BY_ID": "updatedBy",
    "COMPANY_TYPE": "typeId",
}
_FIRST_VALUES: Final = {
    "phone": ("PHONE", ""),
    "email": ("EMAIL", ""),
    "phoneMobile": ("PHONE", "MOBILE"),
    "phoneWork": ("PHONE", "WORK"),
    "phoneMailing": ("PHONE", "MAILING"),
    "emailHome": ("EMAIL", "HOME"),
    "emailWork": ("EMAIL", "WORK"),
    "emailMailing": ("EMAIL", "MAILING"),
}


def _camel(name: str) -> str:
    if name in _SPECIAL:
        return _SPECIAL[name]
    if name.startswith("UF_CRM_"):
        return f"ufCrm_{name[7:]}"
    head, *rest = name.lower().split("_")
    return head + "".join(part.capitalize() for part in rest)


_NAMES: Final = {
    kind.kind: {_camel(name): name for name, value in kind.fields.items() if value != "multi"}
    for kind in (CONTACT, COMPANY)
}


def _kind(call: Call) -> CardKind:
    number = to_int(call.params.get("entityTypeId"))
    if number is None:
        raise missing("entityTypeId")
    if number == 5:
        raise RestError("ENTITY_TYPE_NOT_SUPPORTED", "Entity type 5 is not supported")
    if number not in (3, 4):
        raise RestError("NOT_FOUND", "Smart process was not found")
    if not call.world.settings.crm_open:
        raise RestError("ACCESS_DENIED", "Access denied")
    return CONTACT if number == 3 else COMPANY


def _existing(call: Call, kind: CardKind) -> tuple[int, Row]:
    number = to_int(call.params.get("id"))
    if number is None:
        raise missing("id")
    row = kind.records(call.world).get(number)
    if row is None:
        raise RestError("NOT_FOUND", "Element was not found")
    if call.world.is_hidden(kind.kind, number):
        raise RestError("ACCESS_DENIED", "Access denied")
    return number, row


def shown(kind: CardKind, row: Row, select: list[str] | None = None) -> Row:
    """A card in the universal form; ``select`` None or with ``*``: whole, with ``fm``."""
    names = _NAMES[kind.kind]
    whole = not select or "*" in select
    wanted = list(names) if whole else ["id", *(name for name in select or () if name != "id")]
    item: Row = {}
    for name in wanted:
        if name in names:
            legacy = names[name]
            item[name] = _value(kind.fields[legacy], row.get(legacy, kind.defaults.get(legacy)))
        elif name in _FIRST_VALUES:
            item[name] = _first(row, *_FIRST_VALUES[name])
    if whole:
        item.update({name: _first(row, *what) for name, what in _FIRST_VALUES.items()})
        item["fm"] = [
            {
                "id": int(one["ID"]),
                "valueType": one["VALUE_TYPE"],
                "value": one["VALUE"],
                "typeId": one["TYPE_ID"],
            }
            for field in MULTI_FIELDS
            for one in row.get(field, ())
        ]
        item["observers"] = []
        item["companyIds"] = row.get("_COMPANIES") or [n for n in [item.get("companyId")] if n]
    item["entityTypeId"] = 3 if kind is CONTACT else 4
    return item


def _value(kind: Kind, value: Any) -> Any:
    if kind == "int":
        return to_int(value)
    if kind in ("date", "time"):
        return value or None
    return value


def _first(row: Row, field: str, kind: str) -> str | None:
    for one in row.get(field, ()):
        if kind in ("", one["VALUE_TYPE"]):
            return to_text(one["VALUE"])
    return None


def _filterable(kind: CardKind) -> Fields:
    names = _NAMES[kind.kind]
    return {name: kind.fields[names[name]] for name in names}


def list_items(call: Call) -> Page:
    """``crm.item.list``: strict about names, takes ``start`` literally."""
    kind = _kind(call)
    fields = _filterable(kind)
    sent = call.params.get("filter")
    groups, sent = _without_groups(sent if isinstance(sent, dict) else {})
    conditions = _named(fields, sent, _bad_filter)
    order = _named(fields, call.params.get("order"), _bad_order)
    legacy = _NAMES[kind.kind]
    query = Query(
        {f"{split_key(key)[0]}{legacy[split_key(key)[1]]}": v for key, v in conditions.items()},
        {legacy[name]: way for name, way in order.items()},
        kind.fields,
    )
    world, records = call.world, kind.records(call.world)
    select = [to_text(name) for name in to_list(call.params.get("select"))]
    hidden = world.settings.hidden.get(kind.kind)
    tests = [_group_test(call, kind, group) for group in groups]
    if hidden:
        tests.append(lambda row: int(row["ID"]) not in hidden)
    seen: Test | None = (lambda row: all(test(row) for test in tests)) if tests else None
    ids = query.matching(records, world.zone, seen)
    start = to_int(call.params.get("start")) or 0
    page = page_of(
        world, ids, start, lambda number: shown(kind, records.rows[number], select), literal=True
    )
    return Page({"items": page.rows}, page.total, page.next)


def _without_groups(sent: Row) -> tuple[list[Row], Row]:
    """Numbered groups with their ``logic`` apart from the plain conditions."""
    groups = [value for key, value in sent.items() if key.isdigit() and isinstance(value, dict)]
    return groups, {key: value for key, value in sent.items() if not key.isdigit()}


def _group_test(call: Call, kind: CardKind, group: Row) -> Test:
    """One group: its members are joined by OR or AND, conditions inside a member by AND."""
    members, zone = [], call.world.zone
    for member in to_rows({key: value for key, value in group.items() if key.isdigit()}):
        tests = []
        for key, wanted in _named(_filterable(kind), member, _bad_filter).items():
            prefix, name = split_key(key)
            legacy = _NAMES[kind.kind][name]
            tests.append(build(legacy, kind.fields[legacy], prefix, wanted, zone))
        members.append(tests)
    joined = any if to_text(group.get("logic")).upper() == "OR" else all
    return lambda row: joined(all(test(row) for test in tests) for tests in members)


def _bad_filter(name: str) -> RestError:
    return RestError(
        "INVALID_ARG_VALUE", f"Invalid filter: field '{name}' is not allowed in filter"
    )


def _bad_order(name: str) -> RestError:
    return RestError("INVALID_ARG_VALUE", f"Invalid order: field '{name}' is not allowed in order")


def _named(fields: Fields, sent: object, refuse: Callable[[str], RestError]) -> Row:
    """The keys in camelCase; UPPER_SNAKE is taken too, anything unknown refused."""
    known: Row = {}
    for key, value in sent.items() if isinstance(sent, dict) else ():
        prefix, name = split_key(key)
        camel = _camel(name) if re.fullmatch(r"[A-Z0-9_]+", name) else name
        if camel not in fields:
            raise refuse(name)
        if refuse is _bad_order and to_text(value).upper() not in ("ASC", "DESC"):
            text = f"But got '{value}' for field '{name}'"
            raise RestError(
                "INVALID_ARG_VALUE",
                f"Invalid order: allowed sort directions are `ASC, DESC`. {text}",
            )
        known[prefix + camel] = value
    return known


def get_item(call: Call) -> Row:
    """``crm.item.get``."""
    kind = _kind(call)
    return {"item": shown(kind, _existing(call, kind)[1])}


def _legacy_fields(call: Call, kind: CardKind) -> Row:
    sent = call.params.get("fields")
    if not isinstance(sent, dict):
        raise missing("fields")
    names = _NAMES[kind.kind]
    fields = {names[name]: value for name, value in sent.items() if name in names}
    if "companyIds" in sent:
        fields["COMPANY_IDS"] = sent["companyIds"]
    return fields


def add_item(call: Call) -> Row:
    """``crm.item.add``: the complete item."""
    kind = _kind(call)
    fields = _legacy_fields(call, kind)
    try:
        number = cards.create(kind, call, fields)
    except RestError as error:
        raise RestError("CRM_FIELD_ERROR_REQUIRED", error.text) from None
    _write_fm(call, kind, number)
    return {"item": shown(kind, kind.records(call.world).rows[number])}


def update_item(call: Call) -> Row:
    """``crm.item.update``: the complete item."""
    kind = _kind(call)
    number, row = _existing(call, kind)
    fields = _legacy_fields(call, kind)
    named = {**row, **fields}
    if kind is CONTACT and not (to_text(named.get("NAME")) or to_text(named.get("LAST_NAME"))):
        raise RestError("CRM_FIELD_ERROR_REQUIRED", 'Required field "name" is empty')
    _checked_fm(call)
    cards.change(kind, call, number, fields)
    _write_fm(call, kind, number)
    return {"item": shown(kind, kind.records(call.world).rows[number])}


def _checked_fm(call: Call) -> list[tuple[str, Row]]:
    """``fm`` as key and element; a list counts as new ones, without ``typeId`` one is lost."""
    sent = call.params["fields"].get("fm")
    if isinstance(sent, list):
        pairs = [(f"n{at}", item) for at, item in enumerate(sent)]
    elif isinstance(sent, dict):
        pairs = list(sent.items())
    else:
        return []
    elements = [(key, item) for key, item in pairs if isinstance(item, dict) and item.get("typeId")]
    for _, item in elements:
        value = to_text(item.get("value"))
        if item["typeId"] == "EMAIL" and value and "@" not in value:
            raise RestError("CRM_FIELD_ERROR_VALUE_NOT_VALID", 'Invalid value for field "E-mail"')
    return elements


def _write_fm(call: Call, kind: CardKind, number: int) -> None:
    elements = _checked_fm(call)
    if not elements:
        return
    world, records = call.world, kind.records(call.world)
    row = dict(records.rows[number])
    for key, item in elements:
        field, value = to_text(item["typeId"]), to_text(item.get("value"))
        entries = {one["ID"]: one for one in row.get(field, ())}
        if key in entries and not value:
            del entries[key]
        elif value:
            old = entries.get(key, {})
            fresh = int(key) if key in entries else world.multifields.new_id()
            value_type = to_text(item.get("valueType")) or old.get("VALUE_TYPE") or "WORK"
            entries[str(fresh)] = entry(fresh, field, value_type, value)
        put_back(row, field, list(entries.values()))
    records.put(number, row)


def delete_item(call: Call) -> list[Any]:
    """``crm.item.delete``."""
    kind = _kind(call)
    number, _ = _existing(call, kind)
    kind.records(call.world).remove(number)
    return []


def item_fields(call: Call) -> Row:
    """``crm.item.fields``."""
    kind = _kind(call)
    names = _NAMES[kind.kind]
    return {
        "fields": {
            name: cards.field_info(
                "string", legacy, False, legacy in contact_fields.READ_ONLY, multiple=False
            )
            for name, legacy in names.items()
        }
    }


METHODS = {
    "crm.item.list": list_items,
    "crm.item.get": get_item,
    "crm.item.add": add_item,
    "crm.item.update": update_item,
    "crm.item.delete": delete_item,
    "crm.item.fields": item_fields,
}
