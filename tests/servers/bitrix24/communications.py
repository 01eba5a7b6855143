"""The one phone number or address that a call or meeting is about."""

from . import owners
from .activity_fields import CALL
from .errors import refused
from .values import Row, to_int, to_rows, to_text
from .world import World

INVALID = "The field COMMUNICATIONS is not defined or invalid."
_TOO_MANY = "The only one communication is allowed for activity of specified type."


def read(type_id: int, sent: object) -> list[Row]:
    """The elements the server keeps of ``COMMUNICATIONS``.

    One with an empty ``VALUE`` or a ``TYPE`` that does not fit is dropped. ``TYPE`` is filled in
    for calls and letters, and stays empty for meetings.
    """
    usual = {CALL: "PHONE", 4: "EMAIL"}.get(type_id, "")
    kept = []
    for item in to_rows(sent):
        value, kind = to_text(item.get("VALUE")).strip(), to_text(item.get("TYPE")).upper()
        if not value or (usual and kind not in ("", usual)):
            continue
        kept.append(
            {
                "TYPE": usual or kind,
                "VALUE": value,
                "ENTITY_ID": to_int(item.get("ENTITY_ID")) or 0,
                "ENTITY_TYPE_ID": to_int(item.get("ENTITY_TYPE_ID")) or 0,
            }
        )
    return kept


def problem(type_id: int, kept: list[Row]) -> str:
    """What is wrong with the kept elements of a call or meeting, empty when all is well."""
    if not kept:
        return INVALID
    return _TOO_MANY if len(kept) > 1 and type_id in (1, 2) else ""


def numbered(world: World, kept: list[Row]) -> list[Row]:
    """The elements with ids; refuses entities that do not exist."""
    for item in kept:
        if item["ENTITY_TYPE_ID"] and item["ENTITY_ID"]:
            if item["ENTITY_TYPE_ID"] == 2:
                raise refused(INVALID)
            owners.require_owner(world, item["ENTITY_TYPE_ID"], item["ENTITY_ID"])
    return [{"ID": world.multifields.new_id(), **item} for item in kept]


def shown(world: World, item: Row) -> Row:
    """An element as lists answer it, all strings, with the entity's names."""
    card = owners.owner_row(world, item["ENTITY_TYPE_ID"], item["ENTITY_ID"]) or {}
    company = world.companies.get(to_int(card.get("COMPANY_ID"))) or {}
    settings = {
        name: to_text(card.get(name)) for name in ("HONORIFIC", "NAME", "SECOND_NAME", "LAST_NAME")
    }
    settings["COMPANY_TITLE"] = to_text(company.get("TITLE") or card.get("TITLE"))
    settings["COMPANY_ID"] = to_text(card.get("COMPANY_ID"))
    told: Row = {name: to_text(item[name]) for name in ("ID", "TYPE", "VALUE")}
    told["ENTITY_ID"] = to_text(item["ENTITY_ID"])
    told["ENTITY_TYPE_ID"] = to_text(item["ENTITY_TYPE_ID"])
    told["ENTITY_SETTINGS"] = settings
    return told
