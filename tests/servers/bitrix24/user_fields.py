"""The portal's own fields of cards, and ``crm.contact.userfield.list`` and its sisters."""

from collections.abc import Sequence
from functools import partial

from .card_kinds import KINDS
from .errors import refused
from .values import Row, to_int, to_text
from .world import Call, Page, World

FIRST_ID = 301


def user_field(
    type_name: str,
    title: str,
    *,
    multiple: bool = False,
    mandatory: bool = False,
    items: Sequence[str] = (),
    number: int = FIRST_ID,
) -> Row:
    """A field's definition. ``items``: the texts of an ``enumeration``, with made-up ids."""
    return {
        "id": number,
        "type": type_name,
        "title": title,
        "multiple": multiple,
        "mandatory": mandatory,
        "items": [{"ID": str(number * 10 + at), "VALUE": text} for at, text in enumerate(items)],
        "settings": {},
    }


def add_user_field(
    world: World, kind: str, name: str, type_name: str, title: str, **more: object
) -> Row:
    """Give all cards of a kind another field; its definition."""
    count = sum(len(fields) for fields in world.user_fields.values())
    field = user_field(type_name, title, number=FIRST_ID + count, **more)  # type: ignore[arg-type]
    world.user_fields.setdefault(kind, {})[name] = field
    return field


def _listed(kind: str, name: str, field: Row) -> Row:
    told: Row = {
        "ID": str(field["id"]),
        "ENTITY_ID": f"CRM_{kind.upper()}",
        "FIELD_NAME": name,
        "USER_TYPE_ID": field["type"],
        "XML_ID": None,
        "SORT": "100",
        "MULTIPLE": "Y" if field["multiple"] else "N",
        "MANDATORY": "Y" if field["mandatory"] else "N",
        "SHOW_FILTER": "N",
        "SHOW_IN_LIST": "Y",
        "EDIT_IN_LIST": "Y",
        "IS_SEARCHABLE": "N",
        "SETTINGS": field["settings"] or [],
        "EDIT_FORM_LABEL": field["title"],
        "LIST_COLUMN_LABEL": field["title"],
        "LIST_FILTER_LABEL": field["title"],
    }
    if field["items"]:
        told["LIST"] = [
            {**item, "SORT": str(10 * (at + 1)), "DEF": "N"}
            for at, item in enumerate(field["items"])
        ]
    return told


def list_user_fields(kind: str, call: Call) -> Page:
    """``crm.*.userfield.list``; titles come only with ``LANG`` in the filter."""
    conditions = call.params.get("filter")
    sent = conditions if isinstance(conditions, dict) else {}
    rows = [
        _listed(kind, name, field) for name, field in call.world.user_fields.get(kind, {}).items()
    ]
    for name in ("FIELD_NAME", "USER_TYPE_ID", "MANDATORY", "MULTIPLE"):
        if name in sent:
            rows = [row for row in rows if row[name] == to_text(sent[name])]
    if not sent.get("LANG"):
        rows = [{k: v for k, v in row.items() if not k.endswith("_LABEL")} for row in rows]
    return Page(rows, len(rows))


def get_user_field(kind: str, call: Call) -> Row:
    """``crm.*.userfield.get``: titles by language."""
    number = to_int(call.params.get("id"))
    for name, field in call.world.user_fields.get(kind, {}).items():
        if field["id"] == number:
            told = _listed(kind, name, field)
            labels = {k: {"en": v} for k, v in told.items() if k.endswith("_LABEL")}
            return {**told, **labels}
    raise refused("The entity with ID '" + to_text(number) + "' is not found.")


METHODS = {
    f"crm.{kind.kind}.userfield.{verb}": (partial(function, kind.kind))
    for kind in KINDS.values()
    for verb, function in (("list", list_user_fields), ("get", get_user_field))
}
