"""Calendar events as they go over the wire."""

import html
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from . import calendar_records as records
from . import calendar_rights as rights
from .calendar_texts import told as text
from .cultures import english, english_date
from .occurrences import last_day
from .rule_texts import describe
from .values import Row
from .world import Caller, World


@dataclass(frozen=True, slots=True)
class Telling:
    """How an event is told: which reading of the time stamps, and whether nothing is withheld."""

    reading: str = ""
    """Of ``ts_reading``; empty: as the portal is set."""
    unmasked: bool = False


USUAL = Telling()


def single(world: World, caller: Caller, row: Row, how: Telling = USUAL) -> Row:
    """An event on its own; for a series its master, with the first occurrence's times."""
    seen = rights.OWN if how.unmasked else sight(world, caller, row)
    told = _busy(world, row) if seen <= rights.TIME else _whole(world, caller, row)
    if seen == rights.TITLE:
        told = {name: value for name, value in told.items() if name not in _DETAILS}
    start, end = records.wall_clock(row)
    told.update(_times(world, row, start, end))
    first, last = records.instants(row)
    if row["rrule"]:
        told.update(_series_times(world, row))
        reading = how.reading or world.settings.ts_reading
        last = _series_end(row) if reading == "series" else last
    told["DATE_FROM_TS_UTC"], told["DATE_TO_TS_UTC"] = str(int(first)), str(int(last))
    return told


def occurrence(
    world: World, caller: Caller, row: Row, day: date, index: int, how: Telling = USUAL
) -> Row:
    """One occurrence of a series: its own dates, the series' rule, the place in this answer."""
    told = single(world, caller, row, how)
    start, end = occurrence_times(row, day)
    told.update(_times(world, row, start, end))
    if world.settings.rindex_told:
        told["RINDEX"] = index
    if (how.reading or world.settings.ts_reading) == "own":
        own_from, own_to = records.instants(
            {**row, "start": start.isoformat(), "end": end.isoformat()}
        )
        told["DATE_FROM_TS_UTC"], told["DATE_TO_TS_UTC"] = str(int(own_from)), str(int(own_to))
    return told


def occurrence_times(row: Row, day: date) -> tuple[datetime, datetime]:
    """Start and end of the occurrence that starts on ``day``, wall clock."""
    start, end = records.wall_clock(row)
    first = datetime.combine(day, start.time())
    return first, first + (end - start)


_DETAILS = frozenset(
    "DESCRIPTION ~DESCRIPTION LOCATION REMIND ATTENDEES_CODES ATTENDEE_LIST attendeesEntityList "
    "UF_CRM_CAL_EVENT UF_WEBDAV_CAL_EVENT".split()
)


def sight(world: World, caller: Caller, row: Row) -> int:
    """How much of an event the caller sees: a level of its calendar's ``ACCESS``.

    Owners and attendees see everything; of a private event the others, but for its author, see
    that it takes time.
    """
    invited = any(one["id"] == caller.user_id for one in row["attendees"])
    if invited or (row["type"] == "user" and row["owner"] == caller.user_id):
        return rights.OWN
    section = world.sections.get(row["section"])
    level = rights.VIEW if section is None else rights.level(world, caller.user_id, section)
    masked = row["private"] and row["created_by"] != caller.user_id
    return min(level, rights.TIME) if masked else level


def _busy(world: World, row: Row) -> Row:
    return {
        "ID": str(row["id"]),
        "PARENT_ID": str(row["parent"]),
        "NAME": text(world, "busy"),
        "CAL_TYPE": row["type"],
        "OWNER_ID": str(row["owner"]),
        "TZ_FROM": row["tz_from"],
        "TZ_TO": row["tz_to"],
        "DT_SKIP_TIME": "Y" if row["all_day"] else "N",
        "DT_LENGTH": records.length_s(row),
        "ACCESSIBILITY": row["accessibility"],
        "PRIVATE_EVENT": _private(world, row),
        "IS_ACCESSIBLE_TO_USER": False,
        "SECT_ID": str(row["section"]),
    }


def _whole(world: World, caller: Caller, row: Row) -> Row:
    attendees, number = row["attendees"], str(row["id"])
    return {
        "ID": number,
        "PARENT_ID": str(row["parent"]),
        "DELETED": "N",
        "CAL_TYPE": row["type"],
        "OWNER_ID": str(row["owner"]),
        "NAME": html.escape(row["name"]),
        "ORIGINAL_DATE_FROM": _original(world, row),
        "TZ_FROM": row["tz_from"],
        "TZ_TO": row["tz_to"],
        **_offsets(world, caller, row),
        "DT_SKIP_TIME": "Y" if row["all_day"] else "N",
        "DT_LENGTH": records.length_s(row),
        "EVENT_TYPE": row.get("event_type"),
        "CREATED_BY": str(row["created_by"]),
        "DATE_CREATE": stamp(world, row["created"]),
        "TIMESTAMP_X": stamp(world, row["modified"]),
        "DESCRIPTION": row["description"],
        "PRIVATE_EVENT": _private(world, row),
        "ACCESSIBILITY": row["accessibility"],
        "IMPORTANCE": row["importance"],
        "IS_MEETING": _is_meeting(world, row),
        "MEETING_STATUS": row["status"],
        "MEETING_HOST": str(row["host"]),
        "MEETING": row["meeting"] or "",
        "LOCATION": row["location"],
        "REMIND": row["remind"],
        "COLOR": row["color"],
        "RRULE": _rule(world, row) or "",
        "EXDATE": ";".join(world.culture.day(date.fromisoformat(day)) for day in row["exdates"]),
        "DAV_XML_ID": row["uid"],
        "G_EVENT_ID": "",
        "DAV_EXCH_LABEL": "",
        "CAL_DAV_LABEL": "",
        "VERSION": str(row["version"]),
        "ATTENDEES_CODES": row.get("codes")
        or [f"U{one['id']}" for one in attendees]
        or [f"U{row['owner']}"],
        "RECURRENCE_ID": None if row["recurrence_id"] is None else str(row["recurrence_id"]),
        "RELATIONS": row["relations"] or "",
        "SECTION_ID": str(row["section"]),
        "SYNC_STATUS": None,
        "UF_CRM_CAL_EVENT": row["crm"] or ("" if row["rrule"] else False),
        "UF_WEBDAV_CAL_EVENT": row.get("files") or False,
        "SECTION_DAV_XML_ID": None,
        "SECT_ID": str(row["section"]),
        "ATTENDEE_LIST": attendees,
        "COLLAB_ID": None,
        "attendeesEntityList": [{"entityId": "user", "id": one["id"]} for one in attendees],
        "~DESCRIPTION": row["description"],
    }


def _is_meeting(world: World, row: Row) -> bool | str:
    flag = bool(row["is_meeting"])
    return flag if world.settings.meeting_flag == "bool" else "NY"[flag]


def _private(world: World, row: Row) -> str:
    return world.settings.private_values[row["private"]]


def _times(world: World, row: Row, start: datetime, end: datetime) -> Row:
    culture = world.culture
    if row["all_day"]:
        return {
            "DATE_FROM": culture.whole_day(start),
            "DATE_TO": culture.whole_day(end),
            "DATE_FROM_FORMATTED": english_date(start),
            "DATE_TO_FORMATTED": english_date(end),
        }
    return {
        "DATE_FROM": culture.moment(start),
        "DATE_TO": culture.moment(end),
        "DATE_FROM_FORMATTED": english(start),
        "DATE_TO_FORMATTED": english(end),
    }


def _series_times(world: World, row: Row) -> Row:
    culture, (start, end) = world.culture, records.wall_clock(row)
    final = datetime.combine(last_day(start.date(), row["rrule"]), end.time())
    form = culture.whole_day if row["all_day"] else culture.moment
    return {
        "~DATE_FROM": form(start),
        "~DATE_TO": form(final),
        "~RRULE_DESCRIPTION": describe(world, start.date(), row["rrule"]),
    }


def _series_end(row: Row) -> float:
    start, end = records.wall_clock(row)
    final = datetime.combine(last_day(start.date(), row["rrule"]), end.time()).isoformat()
    return records.instants({**row, "end": final})[1]


def _offsets(world: World, caller: Caller, row: Row) -> dict[str, Any]:
    """Offsets at the series' first start; the ``~`` ones are relative to the caller's zone."""
    start, end = records.wall_clock(row)
    told: dict[str, Any] = {}
    for name, moment, zone in (
        ("FROM", start, row["tz_from"]),
        ("TO", end, row["tz_to"] or row["tz_from"]),
    ):
        own = _offset_s(moment, zone)
        told[f"TZ_OFFSET_{name}"] = str(own)
        told[f"~USER_OFFSET_{name}"] = own - _offset_s(moment, world.user_zone(caller.user_id))
    return told


def _offset_s(moment: datetime, zone: str) -> int:
    offset = moment.replace(tzinfo=records.zone_of(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds())


def _rule(world: World, row: Row) -> Row | None:
    rule = row["rrule"]
    if not rule:
        return None
    start, _ = records.wall_clock(row)
    final = last_day(start.date(), rule)
    number = int if world.settings.rule_numbers == "int" else str
    told: Row = {"FREQ": rule["FREQ"], "INTERVAL": number(rule.get("INTERVAL") or 1)}
    if rule.get("BYDAY"):
        told["BYDAY"] = {name: name for name in rule["BYDAY"]}
    if rule.get("COUNT"):
        told["COUNT"] = number(rule["COUNT"])
    told["UNTIL"] = world.culture.day(final)
    told["~UNTIL"] = told["UNTIL"] if rule.get("UNTIL") else ""
    told["UNTIL_TS"] = int(datetime(final.year, final.month, final.day, tzinfo=UTC).timestamp())
    return told


def _original(world: World, row: Row) -> str | None:
    if row["original"] is None:
        return None
    moment = datetime.fromisoformat(row["original"])
    return world.culture.whole_day(moment) if row["all_day"] else world.culture.moment(moment)


def stamp(world: World, timestamp: float) -> str:
    """``DATE_CREATE`` and ``TIMESTAMP_X``: portal culture, server zone."""
    return world.culture.moment(datetime.fromtimestamp(int(timestamp), world.zone))
