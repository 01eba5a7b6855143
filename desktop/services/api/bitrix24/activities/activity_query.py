"""The commands that read activities: the user's, those booked for others, and one by its marker.

Meetings and calls are found by their times, everything else by its deadline: a to-do has no other
time, and a meeting's deadline is its start.
"""

from datetime import datetime

from desktop.domain.ids import OpId, UserId
from desktop.services.api.bitrix24.activities.wire_activity import (
    ACTIVITY_SELECT,
    CALL,
    MEETING,
    PROVIDED,
    TODO_PROVIDER,
)
from desktop.services.api.bitrix24.batch import Command, Value
from desktop.services.api.bitrix24.contacts.contacts_query import pages
from desktop.services.api.bitrix24.values import wire_instant
from desktop.services.api.bitrix24.wire import ORIGINATOR

ACTIVITY_LIST = "crm.activity.list"


def mine(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """Meetings and calls that ``user`` is responsible for, between two instants."""
    where = {"RESPONSIBLE_ID": str(user), **_by_times(start, end)}
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)


def for_others(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """Meetings and calls that ``user`` booked for colleagues."""
    where = {**_by_user(user), **_by_times(start, end)}
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)


def my_deadlines(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """To-dos, cards and the like that ``user`` is responsible for."""
    where = {"RESPONSIBLE_ID": str(user), **_by_deadline(start, end)}
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)


def deadlines_for_others(
    name: str, user: UserId, start: datetime, end: datetime, *, after: int, steps: int
) -> dict[str, Command]:
    """To-dos, cards and the like that ``user`` made for colleagues."""
    where = {**_by_user(user), **_by_deadline(start, end)}
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)


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


def todos_since(
    owner: tuple[int, str], made: datetime, *, name: str = "t", after: int = 0, steps: int = 50
) -> dict[str, Command]:
    """The to-dos of a CRM object made since ``made``: no other trace leads to one of ours."""
    where: dict[str, Value] = {
        "BINDINGS": [{"OWNER_TYPE_ID": owner[0], "OWNER_ID": owner[1]}],
        "PROVIDER_ID": TODO_PROVIDER,
        ">=CREATED": wire_instant(made),
    }
    return pages(name, ACTIVITY_LIST, ACTIVITY_SELECT, after=after, steps=steps, where=where)


def _by_user(user: UserId) -> dict[str, Value]:
    return {"AUTHOR_ID": str(user), "!RESPONSIBLE_ID": str(user)}


def _by_times(start: datetime, end: datetime) -> dict[str, Value]:
    return {
        "@TYPE_ID": [MEETING, CALL],
        "<START_TIME": wire_instant(end),
        ">=END_TIME": wire_instant(start),
    }


def _by_deadline(start: datetime, end: datetime) -> dict[str, Value]:
    return {
        "TYPE_ID": PROVIDED,
        "<DEADLINE": wire_instant(end),
        ">=DEADLINE": wire_instant(start),
    }
