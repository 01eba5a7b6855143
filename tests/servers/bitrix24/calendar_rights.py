"""Who may see and change which calendar: its ``ACCESS``, as ``PERM`` of the one who asks."""

from typing import Final

from .values import Row, to_int
from .world import World

DENIED, TIME, TITLE, VIEW, EDIT, OWN = 9, 11, 13, 15, 17, 19
"""The levels of ``ACCESS``: nothing, busy only, titles, everything, writing, giving rights."""

EVERYBODY: Final = "G2"
"""Access code of all employees."""

_NEEDED: Final = {
    "view_time": TIME,
    "view_title": TITLE,
    "view_full": VIEW,
    "add": EDIT,
    "edit": EDIT,
    "edit_section": EDIT,
    "access": OWN,
}

RIGHTS: Final = tuple(_NEEDED)
"""The keys of ``PERM``."""


def is_guest(world: World, user_id: int) -> bool:
    """Whether the user is external: without a calendar."""
    return (world.users.get(user_id) or {}).get("USER_TYPE") == "extranet"


def is_admin(world: World, user_id: int) -> bool:
    """Whether the user administers the portal."""
    return bool((world.users.get(user_id) or {}).get("_ADMIN"))


def level(world: World, user_id: int, section: Row) -> int:
    """The highest level that the user has on a calendar."""
    own = section["CAL_TYPE"] == "user" and section["OWNER_ID"] == str(user_id)
    if own or is_admin(world, user_id):
        return OWN
    given = section["ACCESS"] or {}
    return max((given[code] for code in _codes(world, user_id) if code in given), default=DENIED)


def _codes(world: World, user_id: int) -> set[str]:
    user = world.users.get(user_id) or {}
    codes = {f"U{user_id}", EVERYBODY, "AU"}
    for department in user.get("UF_DEPARTMENT") or ():
        codes |= {f"D{department}", f"DR{department}"}
    for number, group in world.groups.rows.items():
        if user_id in group["members"]:
            codes.add(f"SG{number}")
    return codes


def perm(world: World, user_id: int, section: Row) -> dict[str, bool]:
    """``PERM``: the user's level, less what the calendar as such does not allow."""
    has = level(world, user_id, section)
    return {name: section["PERM"][name] and has >= needed for name, needed in _NEEDED.items()}


def may(world: World, user_id: int, section_id: int | None, right: str) -> bool:
    """Whether the user has one right of ``PERM`` on that calendar; True where there is none."""
    section = world.sections.get(section_id)
    return section is None or perm(world, user_id, section)[right]


def may_enter(world: World, user_id: int, kind: str, owner: int) -> bool:
    """Whether the calendars of that type and owner are open to the user at all."""
    if kind == "group":
        members = (world.groups.get(owner) or {}).get("members") or ()
        return user_id in members or is_admin(world, user_id)
    return kind in ("user", "company_calendar", "location")


def writable(world: World, user_id: int, kind: str, owner: int) -> int | None:
    """The owner's first calendar into which the user may write."""
    for number, row in world.sections.rows.items():
        here = row["CAL_TYPE"] == kind and row["OWNER_ID"] == str(owner)
        if here and perm(world, user_id, row)["add"]:
            return to_int(number)
    return None


def usual_access(kind: str, owner: int) -> dict[str, int]:
    """``ACCESS`` of a new calendar."""
    if kind == "user":
        return {EVERYBODY: VIEW, f"U{owner}": OWN}
    if kind == "group":
        return {f"SG{owner}": EDIT}
    return {EVERYBODY: VIEW if kind == "location" else EDIT}
