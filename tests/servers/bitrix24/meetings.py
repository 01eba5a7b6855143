"""Meetings between colleagues: every attendee has a copy of the organiser's event."""

from . import calendar_records as records
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call

_SHARED = (
    "name description location start end tz_from tz_to all_day rrule exdates accessibility "
    "importance private crm is_meeting host meeting attendees remind"
).split()


def invite(call: Call, row: Row) -> None:
    """Turn a new event into a meeting if the call says so."""
    if to_text(call.params.get("is_meeting")) != "Y":
        return
    asked = [n for n in map(to_int, to_list(call.params.get("attendees"))) if n]
    _share(call, row, asked or [call.caller.user_id])


def invite_again(call: Call, row: Row) -> None:
    """After a change: ``is_meeting`` "Y" without attendees clears the list, else they stay."""
    if to_text(call.params.get("is_meeting")) == "Y":
        asked = [n for n in map(to_int, to_list(call.params.get("attendees"))) if n]
        _share(call, row, asked)
    elif row["is_meeting"] and row["parent"] == row["id"]:
        _share(call, row, [one["id"] for one in row["attendees"]])


def _share(call: Call, row: Row, user_ids: list[int]) -> None:
    world, host = call.world, row["host"] or call.caller.user_id
    copies = {
        other["owner"]: other
        for other in world.events.rows.values()
        if other["parent"] == row["id"] and other["id"] != row["id"]
    }
    attendees = []
    for user_id in user_ids:
        copy = copies.pop(user_id, None)
        if user_id == host:
            entry, status = row["id"], "H"
        elif copy is not None:
            entry, status = copy["id"], copy["status"]
        else:
            entry, status = world.events.new_id(), "Q"
        attendees.append({"id": user_id, "entryId": str(entry), "status": status})
    for orphan in copies.values():
        world.events.remove(orphan["id"])
    options = call.params.get("meeting")
    sent = options if isinstance(options, dict) else {}
    person = world.users.get(host) or {}
    shared = {
        **row,
        "is_meeting": True,
        "host": host,
        "status": "H",
        "attendees": attendees,
        "meeting": {
            "HOST_NAME": f"{person.get('NAME', '')} {person.get('LAST_NAME', '')}".strip(),
            "NOTIFY": to_flag(sent.get("notify", True)),
            "REINVITE": to_flag(sent.get("reinvite")),
            "ALLOW_INVITE": to_flag(sent.get("allow_invite")),
            "HIDE_GUESTS": to_flag(sent.get("hide_guests")),
            "MEETING_CREATOR": host,
            "LANGUAGE_ID": "en",
            "MAIL_FROM": "",
        },
    }
    world.events.put(row["id"], shared)
    for one in attendees:
        if one["status"] != "H":
            _keep_copy(call, shared, one)


def _keep_copy(call: Call, organised: Row, one: Row) -> None:
    world, number = call.world, int(one["entryId"])
    present = world.events.get(number) or {
        **organised,
        "id": number,
        "owner": one["id"],
        "section": records.crm_section(world, one["id"]),
        "activity": None,
        "version": 0,
    }
    copy = {**present, **{key: organised[key] for key in _SHARED}}
    records.save(world, {**copy, "parent": organised["id"], "status": one["status"]})


def withdraw(call: Call, event_id: int, status: str) -> None:
    """Store the caller's answer in the own copy and in the organiser's list."""
    world = call.world
    row = world.events.rows[event_id]
    parent = row["parent"]
    for other in list(world.events.rows.values()):
        if parent in (other["id"], other["parent"]):
            attendees = [
                {**one, "status": status} if one["id"] == call.caller.user_id else one
                for one in other["attendees"]
            ]
            own = {"status": status} if other["id"] == event_id else {}
            world.events.put(other["id"], {**other, "attendees": attendees, **own})
