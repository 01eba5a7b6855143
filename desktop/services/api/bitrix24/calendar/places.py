"""Whose calendars there are on a portal: the user's, of groups and of the company."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from desktop.domain.errors import AppError, Refusal, RefusedError
from desktop.domain.event import CalendarKind
from desktop.domain.ids import AccountId, CalendarId, UserId
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow, SectionRow
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import calendar_id, user_number

USER, GROUP, COMPANY_TYPE, ROOMS = "user", "group", "company_calendar", "location"
KINDS = {
    USER: CalendarKind.OWN,
    GROUP: CalendarKind.GROUP,
    COMPANY_TYPE: CalendarKind.COMPANY,
    ROOMS: CalendarKind.ROOM,
}
_OF_NOBODY = (COMPANY_TYPE, ROOMS)
MOST_GROUPS = 5
"""Read with every window; whoever is in more groups sees the first of them."""

_GROUP_KEY = re.compile(r"^group(\d{1,15})$")
_CLOSED = (
    Refusal.FORBIDDEN,
    Refusal.NOT_FOUND,
    Refusal.INVALID,
    Refusal.UNSUPPORTED,
    Refusal.MISSING_SCOPE,
)
_SHARED_ID = re.compile(rf":({GROUP}|{COMPANY_TYPE}|{ROOMS})(\d+):\d+$")


class Place(NamedTuple):
    """What the portal calls type and owner of a calendar; both stand in every write."""

    type: str
    owner: int

    @property
    def params(self) -> dict[str, str]:
        """As the reads want it."""
        return {"type": self.type, "ownerId": str(self.owner)}

    @property
    def name(self) -> str:
        """A name for its commands in a batch."""
        return f"{self.type}{self.owner}"

    @property
    def fields(self) -> dict[str, object]:
        """As the writes want it."""
        return {"type": self.type, "ownerId": self.owner}


COMPANY = Place(COMPANY_TYPE, 0)
ALL_ROOMS = Place(ROOMS, 0)


def groups_in(settings: Mapping[str, object]) -> set[int]:
    """The groups that the user has a usual calendar in: no method lists them."""
    usual = settings.get("defaultSections")
    keys = usual if isinstance(usual, dict) else {}
    return {int(found[1]) for key in keys if (found := _GROUP_KEY.match(as_text(key)))}


def groups_met(rows: Iterable[EventRow]) -> set[int]:
    """The groups whose events were seen."""
    return {
        place.owner for row in rows if (place := place_of(row)) is not None and place.type == GROUP
    }


def place_of(row: EventRow | SectionRow) -> Place | None:
    """Type and owner as a row tells them; None where it does not."""
    kind, owner = as_text(row.cal_type).lower(), as_id(row.owner_id)
    if kind not in KINDS:
        return None
    if kind in _OF_NOBODY:
        return Place(kind, 0)
    return Place(kind, int(owner)) if owner else None


def calendar_at(account: AccountId, section: str, place: Place | None) -> CalendarId:
    """The local id of a calendar. Those of others name them: every write has to."""
    if place is None or place.type == USER:
        return calendar_id(account, section)
    return CalendarId(f"{account}:{place.name}:{section}")


def home_of(calendar: CalendarId, user: UserId) -> Place:
    """Whose a calendar is, by its local id."""
    found = _SHARED_ID.search(str(calendar))
    if found is None:
        return Place(USER, user_number(user) or 0)
    return Place(found[1], int(found[2]))


def section_commands(places: Iterable[Place]) -> dict[str, Command]:
    """Reads the calendars of each."""
    return {
        f"sections_{place.name}": Command("calendar.section.get", place.params) for place in places
    }


def closed(reply: BatchReply, name: str) -> bool:
    """Whether that part is not for this user. Raises what only says that it did not come."""
    error: AppError | None = reply.errors.get(name)
    if error is None:
        return False
    if isinstance(error, RefusedError) and error.reason in _CLOSED:
        return True
    raise error
