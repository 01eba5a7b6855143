"""Free and busy: ``calendar.accessibility.get``."""

from datetime import UTC, date, datetime

from . import calendar_rights as rights
from . import event_wire
from .calendar_reads import shown_between, window
from .calendar_texts import required, told
from .values import Row, or_empty_list, to_int, to_list
from .world import Call, World

_KEYS = (
    "ID NAME DATE_FROM DATE_TO DATE_FROM_TS_UTC DATE_TO_TS_UTC ~USER_OFFSET_FROM ~USER_OFFSET_TO "
    "DT_SKIP_TIME TZ_FROM TZ_TO ACCESSIBILITY IMPORTANCE EVENT_TYPE"
).split()


def accessibility(call: Call) -> Row | list[Row]:
    """``calendar.accessibility.get``: user id -> entries; ``[]`` when nobody has any.

    Declined invitations take no time. Names that the caller may not see are withheld.
    """
    required(call, "users", "from", "to")
    first, last = window(call)
    busy = {
        str(user): _events(call, user, first, last) + _absences(call.world, user, first, last)
        for user in map(to_int, to_list(call.params["users"]))
        if user is not None
    }
    return or_empty_list(busy) if any(busy.values()) else []


def _events(call: Call, user_id: int, first: date, last: date) -> list[Row]:
    world = call.world
    set_to = world.settings.busy_reading
    how = event_wire.Telling("" if set_to == "as_events" else set_to, unmasked=True)
    entries = []
    for row in world.events.rows.values():
        if row["type"] != "user" or row["owner"] != user_id or row["status"] == "N":
            continue
        hidden = event_wire.sight(world, call.caller, row) <= rights.TIME
        for event in shown_between(call, row, first, last, how):
            entry = {key: event[key] for key in _KEYS}
            if hidden:
                entry["NAME"] = told(world, "busy")
            entries.append(entry)
    return entries


def _absences(world: World, user_id: int, first: date, last: date) -> list[Row]:
    """Absences of the personnel records: whole days, without zone."""
    entries = []
    for number, row in world.absences.rows.items():
        start, end = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
        if row["user"] != user_id or start > last or end < first:
            continue
        entries.append(
            {
                "ID": number if world.settings.absence_ids == "int" else str(number),
                "NAME": row["name"],
                "DATE_FROM": world.culture.whole_day(start),
                "DATE_TO": world.culture.whole_day(end),
                "DATE_FROM_TS_UTC": _midnight(start),
                "DATE_TO_TS_UTC": _midnight(end),
                "~USER_OFFSET_FROM": 0,
                "~USER_OFFSET_TO": 0,
                "DT_SKIP_TIME": "Y",
                "TZ_FROM": "",
                "TZ_TO": "",
                "ACCESSIBILITY": "absent",
                "IMPORTANCE": "normal",
                "EVENT_TYPE": None,
            }
        )
    return entries


def _midnight(day: date) -> str:
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))


METHODS = {"calendar.accessibility.get": accessibility}
