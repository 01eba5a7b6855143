"""The names of the two method families: ``LAST_NAME`` of the old one is ``lastName`` of the new.

Parley thinks in the old names; what the new family sends and wants is renamed at its edge.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.services.api.bitrix24.values import as_id, as_list, as_text

MULTI_FIELDS = ("PHONE", "EMAIL", "WEB", "IM", "LINK")

_SPECIAL = {
    "DATE_CREATE": "createdTime",
    "DATE_MODIFY": "updatedTime",
    "CREATED_BY_ID": "createdBy",
    "MODIFY_BY_ID": "updatedBy",
    "COMPANY_TYPE": "typeId",
    "DATE_CLOSED": "closedate",
}
_BACK = {new: old for old, new in _SPECIAL.items()}
_KEY = re.compile(r"([<>=!@%]*)(.+)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def new_name(old: str) -> str:
    """``LAST_NAME`` → ``lastName``; the portal's own fields keep their names."""
    if old in _SPECIAL:
        return _SPECIAL[old]
    if old.startswith("UF_"):
        return old
    head, *rest = old.lower().split("_")
    return head + "".join(part.capitalize() for part in rest)


def old_name(new: str) -> str:
    """``lastName`` → ``LAST_NAME``."""
    if new in _BACK:
        return _BACK[new]
    return new if new.startswith("UF_") else _HUMP.sub("_", new).upper()


def new_key(old: str) -> str:
    """A filter's key with its prefix: ``>=DATE_MODIFY`` → ``>=updatedTime``."""
    match = _KEY.fullmatch(old)
    return old if match is None else f"{match[1]}{new_name(match[2])}"


def old_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item of the new family as the old one would tell it, its multi-fields apart again."""
    row = {old_name(name): value for name, value in item.items() if name != "fm"}
    if "fm" in item:
        for field in MULTI_FIELDS:
            row.pop(field, None)  # the new family tells the first value beside the list
        for entry in as_list(item["fm"]):
            if isinstance(entry, dict):
                row.setdefault(as_text(entry.get("typeId")).upper(), []).append(_old_entry(entry))
    return row


def new_fields(fields: Mapping[str, object], *, adding: bool) -> dict[str, object]:
    """Fields to write. Multi-fields become ``fm``: a list for a new card, else changes by key.

    ``typeId`` stands in every element: without it the call succeeds and does nothing.
    """
    wanted = {new_name(name): value for name, value in fields.items() if name not in MULTI_FIELDS}
    elements: dict[str, dict[str, object]] = {}
    for field in MULTI_FIELDS:
        for entry in as_list(fields.get(field)):
            key = as_id(entry.get("ID")) or f"n{len(elements)}"
            elements[key] = _new_entry(field, entry)
    if elements:
        wanted["fm"] = list(elements.values()) if adding else elements
    return wanted


def new_select(select: Sequence[str]) -> list[str]:
    """What to select: only ``*`` brings the whole list of phones and addresses."""
    if any(name in MULTI_FIELDS for name in select):
        return ["*", *(name for name in select if name.startswith("UF_"))]
    return [new_name(name) for name in select]


def _old_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ID": entry.get("id"),
        "VALUE": entry.get("value"),
        "VALUE_TYPE": entry.get("valueType"),
        "TYPE_ID": entry.get("typeId"),
    }


def _new_entry(field: str, entry: Mapping[str, Any]) -> dict[str, object]:
    deleted = as_text(entry.get("DELETE")).upper() == "Y"
    element: dict[str, object] = {"typeId": field, "value": "" if deleted else entry.get("VALUE")}
    if "VALUE_TYPE" in entry:
        element["valueType"] = entry["VALUE_TYPE"]
    return element
