"""The universal family's names for a card's fields, and cards in that form (section 3.7)."""

import re
from typing import Any, Final

from .card_kinds import COMPANY, CONTACT, DEAL, LEAD, CardKind
from .filters import Fields, Kind
from .multifields import MULTI_FIELDS
from .values import Row, to_int, to_text
from .world import World

_SPECIAL: Final = {
    "DATE_CREATE": "createdTime",
    "DATE_MODIFY": "updatedTime",
    "CREATED_BY_ID": "createdBy",
    "MODIFY_BY_ID": "updatedBy",
    "COMPANY_TYPE": "typeId",
    "STATUS_ID": "stageId",
    "STATUS_SEMANTIC_ID": "stageSemanticId",
}
FIRST_VALUES: Final = {
    "phone": ("PHONE", ""),
    "email": ("EMAIL", ""),
    "phoneMobile": ("PHONE", "MOBILE"),
    "phoneWork": ("PHONE", "WORK"),
    "phoneMailing": ("PHONE", "MAILING"),
    "emailHome": ("EMAIL", "HOME"),
    "emailWork": ("EMAIL", "WORK"),
    "emailMailing": ("EMAIL", "MAILING"),
}
LINKS: Final = {
    "contact": ("companyIds", "companyId", "_COMPANIES"),
    "lead": ("contactIds", "contactId", "_CONTACTS"),
    "deal": ("contactIds", "contactId", "_CONTACTS"),
}
"""Kind -> the list of linked cards, the main one, and where the list is kept."""


def camel(name: str) -> str:
    """``lastName`` for ``LAST_NAME``; ``ufCrm_123`` for ``UF_CRM_123``."""
    if name in _SPECIAL:
        return _SPECIAL[name]
    if name.startswith("UF_CRM_"):
        return f"ufCrm_{name[7:]}"
    head, *rest = name.lower().split("_")
    return head + "".join(part.capitalize() for part in rest)


_FIXED: Final = {
    kind.kind: {camel(name): name for name, value in kind.fields.items() if value != "multi"}
    for kind in (CONTACT, COMPANY, LEAD, DEAL)
}


def names_of(kind: CardKind, world: World, *, original: bool = False) -> dict[str, str]:
    """Universal name -> the old one; ``original``: own fields keep their ``UF_CRM_`` names."""
    own = kind.user_fields(world)
    return {**_FIXED[kind.kind], **{name if original else camel(name): name for name in own}}


def legacy_name(kind: CardKind, world: World, name: str) -> str | None:
    """The old name of a field in either form, None for a name that does not exist."""
    names = names_of(kind, world)
    if name in names:
        return names[name]
    if name in kind.user_fields(world):
        return name
    if re.fullmatch(r"[A-Z0-9_]+", name) and world.crm.items_take_upper_case:
        return names.get(camel(name))
    return None


def filterable(kind: CardKind, world: World) -> Fields:
    """The kinds of the fields that may be filtered, by old name."""
    return {name: value for name, value in kind.fields_in(world).items() if value != "multi"}


def shown(
    kind: CardKind,
    world: World,
    row: Row,
    select: list[str] | None = None,
    *,
    original: bool = False,
) -> Row:
    """A card in the universal form; ``select`` None or with ``*``: whole, with ``fm``."""
    names, fields = names_of(kind, world, original=original), kind.fields_in(world)
    whole = not select or "*" in select
    wanted = list(names) if whole else ["id", *(name for name in select or () if name != "id")]
    item: Row = {}
    for name in wanted:
        if name in names:
            old = names[name]
            item[name] = _value(old, fields[old], row.get(old, kind.defaults.get(old)))
        elif name in FIRST_VALUES and "PHONE" in fields:
            item[name] = _first(row, *FIRST_VALUES[name])
    links, main, kept = LINKS.get(kind.kind, ("", "", ""))
    if whole and "PHONE" in fields:
        item.update({name: _first(row, *what) for name, what in FIRST_VALUES.items()})
        item["fm"] = _fm(row)
    if whole:
        item["observers"] = row.get("_OBSERVERS", [])
        item["categoryId"] = item.get("categoryId") or 0
    if links and (whole or links in wanted):
        single = to_int(row.get(kind_field(main)))
        item[links] = row.get(kept) or ([single] if single else [])
    item["entityTypeId"] = kind.type_id
    return item


def kind_field(main: str) -> str:
    """``COMPANY_ID`` for ``companyId``."""
    return "COMPANY_ID" if main == "companyId" else "CONTACT_ID"


def _fm(row: Row) -> list[Row]:
    return [
        {
            "id": int(one["ID"]),
            "valueType": one["VALUE_TYPE"],
            "value": one["VALUE"],
            "typeId": one["TYPE_ID"],
        }
        for field in (*MULTI_FIELDS, *row.get("_ODD_FM", ()))
        for one in row.get(field, ())
    ]


def _value(name: str, kind: Kind, value: Any) -> Any:
    if kind == "int":
        return to_int(value)
    if name == "OPPORTUNITY":
        return float(value or 0)
    if kind in ("date", "time"):
        return value or None
    return value


def _first(row: Row, field: str, kind: str) -> str | None:
    for one in row.get(field, ()):
        if kind in ("", one["VALUE_TYPE"]):
            return to_text(one["VALUE"])
    return None
