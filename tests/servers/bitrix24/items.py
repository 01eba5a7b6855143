"""``crm.item.*``: the universal family, for leads, deals, contacts and companies."""

from typing import Any, Final

from . import cards, contact_fields
from .card_kinds import CONTACT, DEAL, KINDS, LEAD, CardKind
from .directories import semantics_of, stage_directory
from .errors import RestError, missing, system_error
from .item_lists import list_items
from .item_names import LINKS, names_of, shown
from .multifields import MULTI_FIELDS, entry, put_back
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, Page

_EMPTY_KINDS: Final = (7, 31)
"""Quotes and invoices: the portal knows them and has none."""
_FOREIGN: Final = (5, 8, 36, 39)
"""Old invoices, requisites and documents are no items."""


def _kind(call: Call) -> CardKind | None:
    """The kind of card that is asked for; None for one of which there are no items here."""
    number = to_int(call.params.get("entityTypeId"))
    if number is None:
        raise missing("entityTypeId")
    user = call.world.users.get(call.caller.user_id) or {}
    if user.get("USER_TYPE") == "extranet":
        raise system_error("allowed_only_intranet_user")
    if number in _FOREIGN:
        text = f"Entity type {number} is not supported"
        raise RestError("ENTITY_TYPE_NOT_SUPPORTED", text)
    if number not in (*KINDS, *_EMPTY_KINDS):
        raise RestError(call.world.crm.unknown_type_code, "Smart process was not found")
    if not call.world.settings.crm_open:
        raise RestError("ACCESS_DENIED", "Access denied")
    return KINDS.get(number)


def _existing(call: Call, kind: CardKind | None) -> tuple[int, Row]:
    number = to_int(call.params.get("id"))
    if number is None:
        raise missing("id")
    row = None if kind is None else kind.records(call.world).get(number)
    if row is None or kind is None:
        raise RestError("NOT_FOUND", "Element was not found")
    if call.world.is_hidden(kind.kind, number):
        raise RestError("ACCESS_DENIED", "Access denied")
    return number, row


def _answered(call: Call, kind: CardKind, number: int) -> Row:
    row, original = kind.records(call.world).rows[number], call.params.get("useOriginalUfNames")
    return {"item": shown(kind, call.world, row, original=to_flag(original))}


def item_list(call: Call) -> Page:
    """``crm.item.list``."""
    kind = _kind(call)
    return Page({"items": []}, 0) if kind is None else list_items(kind, call)


def get_item(call: Call) -> Row:
    """``crm.item.get``."""
    kind = _kind(call)
    number, _ = _existing(call, kind)
    return _answered(call, kind or CONTACT, number)


def _writable(call: Call, kind: CardKind | None, code: str) -> tuple[CardKind, Row]:
    """The kind and the sent fields under their old names; unknown ones are left out."""
    if kind is None:
        raise RestError(code, "You cannot change items of this type here")
    sent = call.params.get("fields")
    if not isinstance(sent, dict):
        raise missing("fields")
    world = call.world
    names = {**names_of(kind, world), **names_of(kind, world, original=True)}
    fields = {names[name]: value for name, value in sent.items() if name in names}
    links = LINKS.get(kind.kind)
    for several in ("observers", *(links[:1] if links else ())):
        if several in sent and not isinstance(sent[several], (list, dict)):
            got = to_text(sent[several])
            text = f"Expected iterable value for multiple field, but got {got}"
            raise RestError("100", text)
    if links and links[0] in sent:
        fields["COMPANY_IDS" if kind is CONTACT else "CONTACT_IDS"] = to_list(sent[links[0]])
    _check_stage(call, kind, fields)
    return kind, fields


def _check_stage(call: Call, kind: CardKind, fields: Row) -> None:
    if kind is LEAD and "STATUS_ID" in fields:
        directory, code = "STATUS", to_text(fields["STATUS_ID"])
    elif kind is DEAL and "STAGE_ID" in fields:
        code = to_text(fields["STAGE_ID"])
        category = code.partition(":")[0][1:] if ":" in code else "0"
        directory = stage_directory(category)
    else:
        return
    if semantics_of(call.world, directory, code) is None:
        raise RestError("CRM_FIELD_ERROR_VALUE_NOT_VALID", 'Invalid value for field "Stage"')


def add_item(call: Call) -> Row:
    """``crm.item.add``: the complete item."""
    kind, fields = _writable(call, _kind(call), "CREATE_DYNAMIC_ITEM_RESTRICTED")
    _checked_fm(call, kind)
    try:
        number = cards.create(kind, call, fields)
    except RestError as error:
        raise RestError("CRM_FIELD_ERROR_REQUIRED", error.text) from None
    _write_rest(call, kind, number)
    return _answered(call, kind, number)


def update_item(call: Call) -> Row:
    """``crm.item.update``: the complete item."""
    kind, fields = _writable(call, _kind(call), "UPDATE_DYNAMIC_ITEM_RESTRICTED")
    number, row = _existing(call, kind)
    named = {**row, **fields}
    if kind is CONTACT and not (to_text(named.get("NAME")) or to_text(named.get("LAST_NAME"))):
        raise RestError("CRM_FIELD_ERROR_REQUIRED", 'Required field "name" is empty')
    _checked_fm(call, kind)
    cards.change(kind, call, number, fields)
    _write_rest(call, kind, number)
    return _answered(call, kind, number)


def _checked_fm(call: Call, kind: CardKind) -> list[tuple[str, Row]]:
    """``fm`` as key and element; a list counts as new ones, without ``typeId`` one is lost."""
    sent = call.params["fields"].get("fm") if "PHONE" in kind.fields else None
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


def _write_rest(call: Call, kind: CardKind, number: int) -> None:
    """Phones, addresses and observers, which the old methods write in other ways."""
    world, records = call.world, kind.records(call.world)
    row = dict(records.rows[number])
    if "observers" in call.params["fields"]:
        sent = to_list(call.params["fields"]["observers"])
        row["_OBSERVERS"] = [one for one in map(to_int, sent) if one]
    for key, item in _checked_fm(call, kind):
        field, value = to_text(item["typeId"]), to_text(item.get("value"))
        entries = {one["ID"]: one for one in row.get(field, ())}
        if key in entries and not value:
            del entries[key]
        elif value:
            old = entries.get(key, {})
            fresh = int(key) if key in entries else world.multifields.new_id()
            value_type = to_text(item.get("valueType")) or old.get("VALUE_TYPE") or "WORK"
            entries[str(fresh)] = entry(fresh, field, value_type, value)
        if field not in MULTI_FIELDS:
            row["_ODD_FM"] = sorted({*row.get("_ODD_FM", ()), field})
        put_back(row, field, list(entries.values()))
    records.put(number, row)


def delete_item(call: Call) -> list[Any]:
    """``crm.item.delete``."""
    kind = _kind(call)
    number, _ = _existing(call, kind)
    (kind or CONTACT).records(call.world).remove(number)
    return []


def item_fields(call: Call) -> Row:
    """``crm.item.fields``."""
    kind = _kind(call)
    if kind is None:
        return {"fields": {"id": cards.field_info("integer", "ID", False, True, multiple=False)}}
    original = to_flag(call.params.get("useOriginalUfNames"))
    names, own = names_of(kind, call.world, original=original), kind.user_fields(call.world)
    types = {"int": "integer", "time": "datetime", "date": "date", "flag": "boolean"}
    told = {}
    for name, legacy in names.items():
        if legacy in own:
            told[name] = cards.describe_own(legacy, own[legacy])
            told[name]["upperName"] = legacy
            continue
        type_name = types.get(kind.fields[legacy], "string")
        fixed = legacy in contact_fields.READ_ONLY | kind.read_only
        told[name] = cards.field_info(type_name, legacy, False, fixed, multiple=False)
    if "PHONE" in kind.fields:
        told["fm"] = cards.field_info("crm_multifield", "fm", False, False, multiple=True)
    return {"fields": told}


METHODS = {
    "crm.item.list": item_list,
    "crm.item.get": get_item,
    "crm.item.add": add_item,
    "crm.item.update": update_item,
    "crm.item.delete": delete_item,
    "crm.item.fields": item_fields,
}
