"""Writing the calendar: events, series, meetings with colleagues, answers to invitations."""

from typing import Any

from . import calendar_records as records
from . import calendar_rights as rights
from .calendar_input import changed_fields, plain_fields, read_rule, read_times
from .calendar_sections import owner_of
from .calendar_texts import denied, refuse, required
from .event_activities import record
from .meeting_events import follow_event
from .meetings import invite, invite_again, withdraw
from .rooms import book
from .series_edits import bring_back, split
from .values import Row, to_int, to_text
from .world import Call


def add(call: Call) -> int:
    """``calendar.event.add``: the caller is the organiser."""
    kind, owner = _target(call)
    required(call, "name")
    if not call.params.get("from_ts"):
        required(call, "from", "to")
    if not _may_add(call, kind, owner):
        raise denied()
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
    invite(call, record(call.world, book(call.world, row)))
    return int(row["id"])


def _target(call: Call) -> tuple[str, int]:
    required(call, "type")
    if "ownerId" not in call.params:
        required(call, "ownerId")
    return owner_of(call)


def _may_add(call: Call, kind: str, owner: int) -> bool:
    world, user_id = call.world, call.caller.user_id
    own = kind == "user" and owner == user_id
    return (
        own
        or rights.writable(world, user_id, kind, owner) is not None
        or (kind == "group" and rights.may_enter(world, user_id, kind, owner))
    )


def _section(call: Call, kind: str, owner: int) -> int:
    world, user_id = call.world, call.caller.user_id
    wanted = to_int(call.params.get("section")) or 0
    if to_text(call.params.get("auto_detect_section")) == "Y" or wanted <= 0:
        found = rights.writable(world, user_id, kind, owner)
        return found or records.make_section(world, kind, owner)
    section = world.sections.get(wanted)
    if (
        section is None
        or (section["CAL_TYPE"], section["OWNER_ID"]) != (kind, str(owner))
        or not rights.may(world, user_id, wanted, "add")
    ):
        raise refuse(call, "section")
    return wanted


def update(call: Call) -> Any:
    """``calendar.event.update``: an id, or an object after a partial edit of a series."""
    required(call, "id")
    _target(call)
    if call.world.settings.name_required:
        required(call, "name")
    row = _editable(call)
    if not call.world.settings.partial_edits:
        return _rewrite(call, row)
    mode = to_text(call.params.get("recurrence_mode")) or "all"
    if mode not in ("all", "this", "next"):
        raise refuse(call, "mode")
    if not row["rrule"] or mode == "all":
        return _rewrite(call, row)
    return split(call, row, mode, _moved(call, row)["section"])


def _editable(call: Call) -> Row:
    """The event, if the caller may write it: with the right, and in the organiser's name."""
    world, user_id = call.world, call.caller.user_id
    row = world.events.get(to_int(call.params.get("id")))
    if row is None or world.is_hidden("event", row["id"]) or row["parent"] != row["id"]:
        raise denied()
    if not rights.may(world, user_id, row["section"], "edit"):
        raise denied()
    organiser = row["host"] or user_id
    if organiser not in (user_id, to_int(call.params.get("host"))):
        raise denied()
    return row


def _moved(call: Call, row: Row) -> Row:
    if to_int(call.params.get("section")) in (None, row["section"]):
        return row
    return {**row, "section": _section(call, row["type"], row["owner"])}


def _rewrite(call: Call, row: Row) -> int:
    """Change the event itself. Without ``skip_time`` it is timed, whatever it was."""
    changed = {**_moved(call, row), **changed_fields(call), **read_times(call, row)}
    if not changed["rrule"]:
        changed["exdates"] = []
    saved = records.save(call.world, changed)
    follow_event(call.world, saved)
    invite_again(call, record(call.world, book(call.world, saved)))
    return int(row["id"])


def delete(call: Call) -> bool:
    """``calendar.event.delete``: a series goes as a whole, a meeting for all attendees.

    An attendee's own copy stays and shows that the invitation was declined.
    """
    required(call, "id")
    world, user_id = call.world, call.caller.user_id
    row = world.events.get(to_int(call.params["id"]))
    if row is None or world.is_hidden("event", row["id"]):
        raise refuse(call, "failed_delete")
    if not rights.may(world, user_id, row["section"], "edit"):
        raise refuse(call, "failed_delete")
    if row["parent"] != row["id"]:
        withdraw(call, row["id"], "N")
        return True
    if row["recurrence_id"] is not None:
        _delete_occurrence(call, row)
    records.remove(world, row)
    return True


def _delete_occurrence(call: Call, row: Row) -> None:
    """What the portal does about the series when an occurrence edited alone is deleted."""
    how = call.world.settings.occurrence_delete
    if how == "refused":
        raise refuse(call, "failed_delete")
    if how == "returns":
        bring_back(call.world, row)


def answer_of(call: Call) -> str:
    """``calendar.meeting.status.get``: for the caller only."""
    required(call, "eventId")
    row = call.world.events.get(to_int(call.params["eventId"]))
    if row is None or row["owner"] != call.caller.user_id or not row["is_meeting"]:
        raise refuse(call, "failed_answer")
    return str(row["status"])


def set_answer(call: Call) -> bool:
    """``calendar.meeting.status.set``; the organiser stays the organiser."""
    required(call, "eventId", "status")
    if call.params["status"] not in ("Y", "N", "Q"):
        raise refuse(call, "answer")
    if answer_of(call) != "H":
        withdraw(call, int(call.params["eventId"]), str(call.params["status"]))
    return True


METHODS = {
    "calendar.event.add": add,
    "calendar.event.update": update,
    "calendar.event.delete": delete,
    "calendar.meeting.status.get": answer_of,
    "calendar.meeting.status.set": set_answer,
}
