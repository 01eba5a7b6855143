"""Who an activity belongs to: leads, deals, contacts and companies by type number."""

from .activity_fields import OWNER_NAMES, OWNER_PREFIXES
from .collection import Collection
from .errors import refused
from .values import Row
from .world import World


def records_of(world: World, owner_type: int | None) -> Collection | None:
    """Where the owners of that type are kept."""
    kept = {1: world.leads, 2: world.deals, 3: world.contacts, 4: world.companies}
    return kept.get(owner_type or 0)


def owner_row(world: World, owner_type: int | None, number: int | None) -> Row | None:
    """The owner's card, if there is one."""
    records = records_of(world, owner_type)
    return None if records is None else records.get(number)


def require_owner(world: World, owner_type: int, number: int) -> Row:
    """The owner's card; refuses an unknown and a hidden one."""
    row = owner_row(world, owner_type, number)
    if row is None:
        name = OWNER_NAMES.get(owner_type, str(owner_type))
        raise refused(f"Could not find '{name}' with ID: {number}")
    if world.is_hidden(OWNER_NAMES[owner_type].lower(), number):
        raise refused("Access denied.")
    return row


def touch(world: World, bound: list[list[int]], user_id: int) -> None:
    """Something was added to these cards' timelines: their last activity is now."""
    for owner_type, number in bound:
        records, row = records_of(world, owner_type), owner_row(world, owner_type, number)
        if records is not None and row is not None:
            stamp = {"LAST_ACTIVITY_TIME": world.now_iso(), "LAST_ACTIVITY_BY": str(user_id)}
            records.put(number, {**row, **stamp})


def crm_code(owner_type: int, number: int) -> str:
    """``C_15``: the owner in a calendar event's CRM links."""
    return f"{OWNER_PREFIXES.get(owner_type, f'T{owner_type:x}')}_{number}"
