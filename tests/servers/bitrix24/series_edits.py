"""One occurrence, or a series from one occurrence on, edited alone."""

from datetime import date, datetime, timedelta

from . import calendar_records as records
from .calendar_input import changed_fields, read_times
from .calendar_texts import refuse, required
from .event_wire import occurrence_times
from .meetings import invite_to_part, mirror
from .rooms import book
from .values import Row, to_text
from .world import Call, World

_CARRIED = (
    "type owner section name description location color accessibility importance private "
    "remind crm is_meeting host meeting attendees status files event_type"
).split()


def split(call: Call, row: Row, mode: str, section: int) -> Row:
    """Edit ``this`` occurrence or the ``next`` ones: they become an event of their own.

    It stands in the calendar ``section``. What the call leaves out is as in the series, the times
    as at that occurrence.
    """
    required(call, "current_date_from")
    day = _day(call)
    world = call.world
    start, end = occurrence_times(row, day)
    here = {**row, "start": start.isoformat(), "end": end.isoformat()}
    fields = {key: row[key] for key in _CARRIED if key in row}
    fields |= changed_fields(call) | read_times(call, here) | {"section": section}
    if mode == "this":
        fields |= _leave_out(world, row, day, start)
    else:
        fields |= {"rrule": row["rrule"]} | fields | _cut_off(world, row, day)
    fresh = records.new_event(world, call.caller.user_id, **fields)
    if mode == "next":
        _hand_over(world, row, fresh, day)
    invite_to_part(call, book(world, fresh))
    shown = world.culture.whole_day(start) if row["all_day"] else world.culture.moment(start)
    return {
        "originalDate": shown,
        "originalDavXmlId": row["uid"],
        "instanceTz": row["tz_from"],
        "recEventId": fresh["id"],
        "id": row["id"],
    }


def _day(call: Call) -> date:
    try:
        return date.fromisoformat(to_text(call.params["current_date_from"])[:10])
    except ValueError:
        raise refuse(call, "value", name="current_date_from") from None


def _leave_out(world: World, row: Row, day: date, start: datetime) -> Row:
    """Except that date from the series; what marks the event that stands in its place."""
    exdates = sorted({*row["exdates"], day.isoformat()})
    _keep_series(world, {**row, "exdates": exdates})
    return {
        "rrule": None,
        "recurrence_id": row["id"],
        "original": start.isoformat(),
        "relations": {"COMMENT_XML_ID": f"EVENT_{row['id']}_{world.culture.day(day)}"},
    }


def _cut_off(world: World, row: Row, day: date) -> Row:
    """End the series before that date; what marks the new series as its tail."""
    rule = {key: value for key, value in row["rrule"].items() if key != "COUNT"}
    rule["UNTIL"] = (day - timedelta(days=1)).isoformat()
    _keep_series(world, {**row, "rrule": rule})
    first = (row["relations"] or {}).get("ORIGINAL_RECURSION_ID") or row["id"]
    kept = world.settings.tail_exceptions == "kept"
    exdates = [other for other in row["exdates"] if kept and other >= day.isoformat()]
    return {"relations": {"ORIGINAL_RECURSION_ID": first}, "exdates": exdates}


def _hand_over(world: World, row: Row, tail: Row, day: date) -> None:
    """The occurrences edited alone after the cut belong to the tail from now on."""
    for other in list(world.events.rows.values()):
        later = (other["original"] or "") >= day.isoformat()
        if tail["exdates"] and other["recurrence_id"] == row["id"] and later:
            world.events.put(other["id"], {**other, "recurrence_id": tail["id"]})


def bring_back(world: World, row: Row) -> None:
    """Let the date of a deleted exception take place in its series again."""
    series = world.events.get(row["recurrence_id"])
    if series is None or not row["original"]:
        return
    exdates = [day for day in series["exdates"] if day != row["original"][:10]]
    _keep_series(world, {**series, "exdates": exdates})


def _keep_series(world: World, row: Row) -> None:
    mirror(world, book(world, records.save(world, row)))
