"""Writing the calendar: events, series, meetings with colleagues, answers to invitations."""

from datetime import date, timedelta
from typing import Any

from . import calendar_records as records
from .calendar_input import plain_fields, read_rule, read_times
from .calendar_reads import owner_of, required
from .errors import refused
from .meeting_events import follow_event, forget_event
from .meetings import invite, invite_again, withdraw
from .values import Row, to_int, to_text
from .world import Call

_DELETE_FAILED = "An error occurred while deleting the event"


def add(call: Call) -> int:
    """``calendar.event.add``: the caller is the organiser."""
    required(call, "type")
    if "ownerId" not in call.params:
        required(call, "ownerId")
    kind, owner = owner_of(call)
    required(call, "name")
    if not call.params.get("from_ts"):
        required(call, "from", "to")
    if kind == "user" and owner != call.caller.user_id:
        raise refused("Access denied")
    fields = plain_fields(call)
    fields.update(read_times(call, {}))
    rule = read_rule(call, call.params.get("rrule"))
    row = records.new_event(
        call.world,
        call.caller.user_id,
        type=kind,
        owner=owner,
        section=_section(call, kind, owner),
        rrule=rule,
        **fields,
    )
    invite(call, row)
    return int(row["id"])


def _section(call: Call, kind: str, owner: int) -> int:
    wanted = to_int(call.params.get("section")) or 0
    if to_text(call.params.get("auto_detect_section")) == "Y" or wanted <= 0:
        found = records.first_section(call.world, kind, owner)
        return found or records.make_section(call.world, kind, owner)
    section = call.world.sections.get(wanted)
    if section is None or not section["PERM"]["add"]:
        raise refused(
            "You specified an invalid calendar section ID or the user does not have access to it"
        )
    return wanted


def update(call: Call) -> Any:
    """``calendar.event.update``: an id, or an object after a partial edit of a series."""
    required(call, "id", "type", "ownerId")
    row = _editable(call)
    mode = to_text(call.params.get("recurrence_mode")) or "all"
    if mode not in ("all", "this", "next"):
        raise refused("You specified an invalid editing type for the recurring event")
    if row["rrule"] and mode != "all" and call.world.settings.partial_edits:
        return _split(call, row, mode)
    _rewrite(call, row)
    return row["id"]


def _editable(call: Call) -> Row:
    row = call.world.events.get(to_int(call.params.get("id")))
    if row is None or call.world.is_hidden("event", row["id"]):
        raise refused("Access denied")
    section = call.world.sections.get(row["section"])
    organiser = row["host"] or row["created_by"]
    named = to_int(call.params.get("host"))
    mine = call.caller.user_id in (organiser, row["owner"]) and row["parent"] == row["id"]
    if not mine and named != organiser:
        raise refused("Access denied")
    if section is not None and not section["PERM"]["edit"]:
        raise refused("Access denied")
    return row


def _rewrite(call: Call, row: Row) -> None:
    """Change the event itself. Without ``skip_time`` it is timed, whatever it was."""
    changed = {**row, **plain_fields(call), **read_times(call, row)}
    if "section" in call.params:
        changed["section"] = _section(call, row["type"], row["owner"])
    if "rrule" in call.params:
        changed["rrule"] = read_rule(call, call.params["rrule"])
    saved = records.save(call.world, changed)
    follow_event(call.world, saved)
    invite_again(call, saved)


def _split(call: Call, row: Row, mode: str) -> Row:
    """Edit one occurrence, or the tail from one on: both become an event of their own."""
    try:
        day = date.fromisoformat(to_text(call.params.get("current_date_from"))[:10])
    except ValueError:
        raise refused("You specified an invalid date of the recurring event") from None
    world = call.world
    start, _ = records.wall_clock(row)
    replaced = f"{day.isoformat()}T{start:%H:%M:%S}"
    shown_day = world.culture.day(day)
    fields = {key: row[key] for key in _CARRIED} | plain_fields(call) | read_times(call, row)
    if mode == "this":
        exdates = sorted({*row["exdates"], day.isoformat()})
        records.save(world, {**row, "exdates": exdates})
        fields.update(
            recurrence_id=row["id"],
            original=replaced,
            relations={"COMMENT_XML_ID": f"EVENT_{row['id']}_{shown_day}"},
        )
    else:
        rule = {key: value for key, value in row["rrule"].items() if key != "COUNT"}
        rule["UNTIL"] = (day - timedelta(days=1)).isoformat()
        records.save(world, {**row, "rrule": rule})
        sent = call.params.get("rrule")
        fields["rrule"] = read_rule(call, sent) if sent else row["rrule"]
        fields["relations"] = {"ORIGINAL_RECURSION_ID": row["id"]}
    fresh = records.new_event(world, call.caller.user_id, **fields)
    invite(call, fresh)
    moment = start.replace(year=day.year, month=day.month, day=day.day)
    return {
        "originalDate": world.culture.moment(moment),
        "originalDavXmlId": row["uid"],
        "instanceTz": row["tz_from"],
        "recEventId": fresh["id"],
        "id": row["id"],
    }


_CARRIED = (
    "type owner section name description location color accessibility importance private "
    "remind crm is_meeting host meeting attendees status"
).split()


def delete(call: Call) -> bool:
    """``calendar.event.delete``: a series goes as a whole, a meeting for all attendees."""
    required(call, "id")
    row = call.world.events.get(to_int(call.params["id"]))
    if row is None or call.world.is_hidden("event", row["id"]):
        raise refused(_DELETE_FAILED)
    section = call.world.sections.get(row["section"])
    if section is not None and not section["PERM"]["edit"]:
        raise refused(_DELETE_FAILED)
    if row["owner"] != call.caller.user_id and row["created_by"] != call.caller.user_id:
        raise refused(_DELETE_FAILED)
    remove(call, row)
    return True


def remove(call: Call, row: Row) -> None:
    """Delete an event, its copies and the edited occurrences of its series."""
    forget_event(call.world, row)
    gone = [
        other["id"]
        for other in call.world.events.rows.values()
        if row["id"] in (other["id"], other["parent"], other["recurrence_id"])
    ]
    for number in gone:
        call.world.events.remove(number)


def answer_of(call: Call) -> str:
    """``calendar.meeting.status.get``: for the caller only."""
    required(call, "eventId")
    row = call.world.events.get(to_int(call.params["eventId"]))
    if row is None or row["owner"] != call.caller.user_id or not row["is_meeting"]:
        raise refused("An error occurred while retrieving the status")
    return str(row["status"])


def set_answer(call: Call) -> bool:
    """``calendar.meeting.status.set``."""
    required(call, "eventId", "status")
    if call.params["status"] not in ("Y", "N", "Q"):
        raise refused("You specified an invalid status")
    answer_of(call)
    withdraw(call, int(call.params["eventId"]), str(call.params["status"]))
    return True


METHODS = {
    "calendar.event.add": add,
    "calendar.event.update": update,
    "calendar.event.delete": delete,
    "calendar.meeting.status.get": answer_of,
    "calendar.meeting.status.set": set_answer,
}
