"""Phones, e-mail addresses, sites and messengers of a card."""

from typing import Final

from .errors import RestError
from .values import Row, to_int, to_rows, to_text
from .world import World

MULTI_FIELDS: Final = ("PHONE", "EMAIL", "WEB", "IM", "LINK")


def checked(field: str, value: str) -> str:
    """The value, unless it is an e-mail address that cannot be one."""
    if field == "EMAIL":
        name, at, host = value.rpartition("@")
        if not (at and name and "." in host) or " " in value:
            raise RestError(
                "ERROR_CORE", "The field Work e-mail contains an invalid address.<br>\n"
            )
    return value


def entry(number: int, field: str, kind: str, value: str) -> Row:
    """One element as it is stored and answered."""
    return {"ID": str(number), "VALUE_TYPE": kind, "VALUE": value, "TYPE_ID": field}


def added(world: World, field: str, sent: object) -> list[Row]:
    """New entries of a new card; empty ones are left out."""
    return merged(world, field, [], sent)


def merged(world: World, field: str, present: list[Row], sent: object) -> list[Row]:
    """The entries after an update.

    Without ``ID`` an element is added; with ``ID`` it is changed, or deleted when it has
    ``DELETE``, an empty ``VALUE`` or no ``VALUE`` at all. Entries not named stay.
    """
    entries = {item["ID"]: item for item in present}
    for item in to_rows(sent):
        number = to_int(item.get("ID"))
        value = to_text(item.get("VALUE")).strip()
        kind = to_text(item.get("VALUE_TYPE"))
        key = "" if number is None else str(number)
        if key in entries:
            if to_text(item.get("DELETE")) == "Y" or not value:
                del entries[key]
            else:
                old_kind = entries[key]["VALUE_TYPE"]
                entries[key] = entry(int(key), field, kind or old_kind, checked(field, value))
        elif number is None and value:
            fresh = world.multifields.new_id()
            entries[str(fresh)] = entry(fresh, field, kind or "WORK", checked(field, value))
    return list(entries.values())


def put_back(row: Row, field: str, entries: list[Row]) -> None:
    """Store the entries; an empty field has no key at all."""
    if entries:
        row[field] = entries
    else:
        row.pop(field, None)
    if field in ("PHONE", "EMAIL"):
        row[f"HAS_{field}"] = "Y" if entries else "N"
