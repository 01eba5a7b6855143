"""The fields that a portal has added to its contacts: what they are, and what a contact has."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.crm import FieldType, OwnField, OwnValue
from desktop.services.api.bitrix24.crm.wire_crm import crm_date
from desktop.services.api.bitrix24.plain import one_line, plain_rich
from desktop.services.api.bitrix24.values import as_flag, as_id, as_list, as_text, instant

PREFIX = "UF_CRM_"
LONGEST_VALUE = 500

_TYPES = {
    "string": FieldType.TEXT,
    "text": FieldType.TEXT,
    "integer": FieldType.NUMBER,
    "double": FieldType.NUMBER,
    "boolean": FieldType.FLAG,
    "date": FieldType.DATE,
    "datetime": FieldType.MOMENT,
    "money": FieldType.MONEY,
    "enumeration": FieldType.CHOICE,
    "url": FieldType.LINK,
}
_LABELS = ("formLabel", "listLabel", "filterLabel", "title")


def fields_of(described: Mapping[str, Any]) -> tuple[OwnField, ...]:
    """The portal's own fields among those that ``crm.contact.fields`` describes, by title."""
    fields = []
    for key, told in described.items():
        name = as_text(told.get("upperName")) if isinstance(told, dict) else ""
        name = name or key
        if isinstance(told, dict) and name.startswith(PREFIX):
            fields.append(_field(name, told))
    return tuple(sorted(fields, key=lambda field: (field.title.casefold(), field.name)))


def value_of(field: OwnField, told: object) -> OwnValue:
    """What a contact has in ``field``; nothing where it is empty or cannot be read."""
    several = told if isinstance(told, list) else [told]
    values = (_text(field, one) for one in several)
    return OwnValue(field, tuple(value for value in values if value))


def _field(name: str, told: Mapping[str, Any]) -> OwnField:
    titles = (one_line(as_text(told.get(label))) for label in _LABELS)
    return OwnField(
        name=name,
        title=next((title for title in titles if title and title != name), name),
        type=_TYPES.get(as_text(told.get("type")).strip().lower(), FieldType.OTHER),
        multiple=as_flag(told.get("isMultiple")),
        choices=_choices(as_list(told.get("items"))),
    )


def _choices(items: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    rows = [item for item in items if isinstance(item, dict)]
    return tuple(
        (as_id(item.get("ID")), one_line(as_text(item.get("VALUE"))))
        for item in rows
        if as_id(item.get("ID"))
    )


def _text(field: OwnField, value: object) -> str:
    match field.type:
        case FieldType.CHOICE:
            return dict(field.choices).get(as_id(value), "")
        case FieldType.FLAG:
            return "" if value in (None, "") else ("yes" if as_flag(value) else "no")
        case FieldType.DATE:
            day = crm_date(value)
            return "" if day is None else day.isoformat()
        case FieldType.MOMENT:
            moment = instant(value)
            return "" if moment is None else moment.isoformat()
        case _:
            return plain_rich(as_text(value))[:LONGEST_VALUE]
