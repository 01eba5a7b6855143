"""Meetings between colleagues: every attendee has a copy of the organiser's event."""

from typing import Any

from . import calendar_records as records
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, World

_SHARED = (
    "name description location start end tz_from tz_to all_day rrule exdates accessibility "
    "importance private crm is_meeting host meeting attendees remind recurrence_id original "
    "relations"
).split()

_NOBODY: Row = {"is_meeting": False, "host": 0, "meeting": None, "attendees": [], "status": "Y"}


def invite(call: Call, row: Row) -> None:
    """Turn a new event into a meeting if the call says so; without attendees, of its organiser."""
    if to_text(call.params.get("is_meeting")) == "Y":
        _share(call, row, _asked(call) or [row["host"] or call.caller.user_id])


def invite_again(call: Call, row: Row) -> None:
    """After a change of the organiser's event.

    ``is_meeting`` "Y" without attendees clears the list, "N" ends the meeting, without it the
    list stays.
    """
    said = to_text(call.params.get("is_meeting"))
    if said == "Y":
        _share(call, row, _asked(call))
    elif said == "N" and row["is_meeting"]:
        _end(call.world, row)
    elif row["is_meeting"]:
        _share(call, row, [one["id"] for one in row["attendees"]])


def invite_to_part(call: Call, part: Row) -> None:
    """Part of a series became an event of its own: its attendees get copies of that as well.

    They are the series' unless the call names others; nobody has answered yet.
    """
    attendees = [one["id"] for one in part["attendees"]]
    host = part["host"]
    options = part["meeting"]
    part = {**part, **_NOBODY}
    call.world.events.put(part["id"], part)
    part = {**part, "host": host, "meeting": options}
    said = to_text(call.params.get("is_meeting"))
    if said == "Y":
        _share(call, part, _asked(call))
    elif said != "N" and attendees:
        _share(call, part, attendees)


def mirror(world: World, row: Row) -> None:
    """Bring a change of the organiser's event to the attendees' copies."""
    for copy in copies_of(world, row):
        records.save(world, {**copy, **{key: row[key] for key in _SHARED}})


def copies_of(world: World, row: Row) -> list[Row]:
    """The attendees' copies of an organiser's event."""
    return [
        other
        for other in world.events.rows.values()
        if other["parent"] == row["id"] and other["id"] != row["id"]
    ]


def _asked(call: Call) -> list[int]:
    numbers = [n for n in map(to_int, to_list(call.params.get("attendees"))) if n]
    return list(dict.fromkeys(numbers))


def _end(world: World, row: Row) -> None:
    for copy in copies_of(world, row):
        world.events.remove(copy["id"])
    world.events.put(row["id"], {**row, **_NOBODY})


def _share(call: Call, row: Row, user_ids: list[int]) -> None:
    world, host = call.world, row["host"] or call.caller.user_id
    options = _options(call, row, host)
    copies = {other["owner"]: other for other in copies_of(world, row)}
    attendees = []
    for user_id in user_ids:
        copy = copies.pop(user_id, None)
        if user_id == host:
            entry, status = row["id"], "H"
        elif copy is not None:
            entry, status = copy["id"], "Q" if options["REINVITE"] else copy["status"]
        else:
            entry, status = world.events.new_id(), "Q"
        attendees.append({"id": user_id, "entryId": str(entry), "status": status})
    for orphan in copies.values():
        world.events.remove(orphan["id"])
    shared = {
        **row,
        "is_meeting": True,
        "host": host,
        "status": "H",
        "attendees": attendees,
        "meeting": options,
    }
    world.events.put(row["id"], shared)
    for one in attendees:
        if one["status"] != "H":
            _keep_copy(world, shared, one)


def _options(call: Call, row: Row, host: int) -> Row:
    """``MEETING`` of the answers: what is not sent stays as it was."""
    sent = call.params.get("meeting")
    sent = sent if isinstance(sent, dict) else {}
    present = row["meeting"] or {}
    person = call.world.users.get(host) or {}

    def flag(name: str, usual: Any) -> bool:
        return to_flag(sent.get(name, present.get(name.upper(), usual)))

    return {
        "HOST_NAME": f"{person.get('NAME', '')} {person.get('LAST_NAME', '')}".strip(),
        "NOTIFY": flag("notify", True),
        "REINVITE": flag("reinvite", False),
        "ALLOW_INVITE": flag("allow_invite", False),
        "HIDE_GUESTS": flag("hide_guests", False),
        "MEETING_CREATOR": host,
        "LANGUAGE_ID": call.world.settings.language,
        "MAIL_FROM": "",
    }


def _keep_copy(world: World, organised: Row, one: Row) -> None:
    number = int(one["entryId"])
    present = world.events.get(number) or {
        **organised,
        "id": number,
        "type": "user",
        "owner": one["id"],
        "section": records.meet_section(world, one["id"]),
        "activity": None,
        "version": 0,
    }
    copy = {**present, **{key: organised[key] for key in _SHARED}}
    records.save(world, {**copy, "parent": organised["id"], "status": one["status"]})


def withdraw(call: Call, event_id: int, status: str) -> None:
    """Store an attendee's answer in the own copy and in the lists of all."""
    world = call.world
    keep = records.save if world.settings.answers_grow_version else _put
    parent, who = (world.events.rows[event_id][key] for key in ("parent", "owner"))
    for other in list(world.events.rows.values()):
        if parent in (other["id"], other["parent"]):
            attendees = [
                {**one, "status": status} if one["id"] == who else one for one in other["attendees"]
            ]
            own = {"status": status} if other["id"] == event_id else {}
            keep(world, {**other, "attendees": attendees, **own})


def _put(world: World, row: Row) -> Row:
    world.events.put(row["id"], row)
    return row
