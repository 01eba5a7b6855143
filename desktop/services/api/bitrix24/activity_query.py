"""The commands that read activities: the user's, those booked for others, and one by its marker."""

from datetime import datetime

from desktop.domain.ids import OpId, UserId
from desktop.services.api.bitrix24.batch import Command, Value
from desktop.services.api.bitrix24.contacts_query import pages
from desktop.services.api.bitrix24.values import wire_instant
from desktop.services.api.bitrix24.wire import ORIGINATOR
from desktop.services.api.bitrix24.wire_activity import ACTIVITY_SELECT, CALL, MEETING

ACTIVITY_LIST = "crm.activity.list"


def mine(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """Meetings and calls that ``user`` is responsible for, between two instants."""
    return _window(name, {"RESPONSIBLE_ID": str(user)}, start, end, after=after, steps=steps)


def for_others(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """Meetings and calls that ``user`` booked for colleagues."""
    who: dict[str, Value] = {"AUTHOR_ID": str(user), "!RESPONSIBLE_ID": str(user)}
    return _window(name, who, start, end, after=after, steps=steps)


def by_id(activity: str) -> Command:
    """One activity with its communications, which the single read leaves out."""
    return Command(
        ACTIVITY_LIST, {"filter": {"ID": activity}, "select": ACTIVITY_SELECT, "start": -1}
    )


def by_marker(op: OpId) -> dict[str, object]:
    """The activities that an op made; the order makes the first one the oldest."""
    return {
        "filter": {"=ORIGINATOR_ID": ORIGINATOR, "=ORIGIN_ID": str(op)},
        "select": list(ACTIVITY_SELECT),
        "order": {"ID": "ASC"},
        "start": -1,
    }


def _window(
    name: str,
    who: dict[str, Value],
    start: datetime,
    end: datetime,
    *,
    after: int,
    steps: int,
) -> dict[str, Command]:
    where: dict[str, Value] = {
        **who,
        "@TYPE_ID": [MEETING, CALL],
        "<START_TIME": wire_instant(end),
        ">=END_TIME": wire_instant(start),
    }
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)
