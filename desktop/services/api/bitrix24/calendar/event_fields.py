"""The fields of a calendar event as it is sent: always all of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.event import Event, EventStatus, Priority
from desktop.domain.ids import UserId
from desktop.domain.timespan import DateSpan
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.calendar.calendar_times import is_all_day, is_series
from desktop.services.api.bitrix24.calendar.invited import invited_fields, kept_invited_fields
from desktop.services.api.bitrix24.calendar.places import home_of, place_of
from desktop.services.api.bitrix24.calendar.wire_calendar import (
    description_of,
    reminders_of,
    section_id_of,
    tokens_of,
)
from desktop.services.api.bitrix24.calendar.wire_recurrence import ONCE, rule_fields
from desktop.services.api.bitrix24.culture import read_formatted, zone_named
from desktop.services.api.bitrix24.markers import split_marker, with_marker
from desktop.services.api.bitrix24.plain import one_line
from desktop.services.api.bitrix24.values import as_id, as_list, as_text
from desktop.services.api.bitrix24.wire import section_of

_IMPORTANCE = {Priority.LOW: "low", Priority.NORMAL: "normal", Priority.HIGH: "high"}
_SHOWN_UNITS = frozenset({"min", "hour", "day"})

Fields = dict[str, object]


def new_fields(wish: Event, user: str, links: list[str], marker: str) -> Fields:
    """Everything for a new event by ``user``; ``links`` are CRM links such as ``C_15``."""
    fields: Fields = {
        **home_of(wish.calendar_id, UserId(user)).fields,
        "name": wish.summary.strip() or "–",
        "description": with_marker(wish.description, marker),
        "accessibility": accessibility_of(wish),
        "importance": _IMPORTANCE[wish.priority],
        "private_event": "Y" if wish.private else "N",
        "location": wish.location,
        "remind": _reminders(wish),
        **when_fields(wish),
        **_section(wish),
    }
    rule = rule_fields(wish)
    if rule is not None:
        fields["rrule"] = rule
    if wish.color:
        fields["color"] = wish.color
    if links:
        fields["crm_fields"] = links
    return fields | invited_fields(wish, user)


def changed_fields(
    row: EventRow, wish: Event, base: Event, now: Event, links: list[str] | None, user: UserId
) -> Fields:
    """The whole event again: from the wish what differs from ``base``, the rest as in ``row``.

    It is written by ``user``, in the name of whose calendar it stands in. ``now`` is ``row`` as a
    value of ours; ``links`` the new CRM links, None to keep them.
    """
    merged = _merged(wish, base, now)
    fields: Fields = {
        "id": int(as_id(row.id)),
        **(place_of(row) or home_of(now.calendar_id, user)).fields,
        "name": merged.summary or one_line(as_text(row.name)),
        "description": _description(row, wish, base),
        "accessibility": _accessibility(row, wish, base),
        "importance": _IMPORTANCE[merged.priority],
        "private_event": "Y" if merged.private else "N",
        "location": wish.location if wish.location != base.location else as_text(row.location),
        "remind": _kept_reminders(row, wish, base),
        **(when_fields(wish) if _moved(wish, base) else _kept_when(row, now)),
        **(_section(wish) if wish.calendar_id != base.calendar_id else _kept_section(row)),
    }
    if is_series(row) or wish.recurrence is not None:
        fields["rrule"] = _rule(wish, base, now)
        fields["recurrence_mode"] = "all"
    color = wish.color if wish.color != base.color else as_text(row.color)
    if color:
        fields["color"] = color
    tokens = tokens_of(row)
    if links is not None:
        ours = () if now.deal is None else (f"D_{now.deal}",)
        others = [one for one in tokens or () if not one.startswith("C_") and one not in ours]
        fields["crm_fields"] = links + others
    elif tokens is not None:
        fields["crm_fields"] = list(tokens)
    return fields | kept_invited_fields(row, wish, base, str(user))


def when_fields(event: Event) -> Fields:
    """Local wall clock and zone name; of an all-day event its first and its last day."""
    if isinstance(event.when, DateSpan):
        return {
            "from": event.when.first.isoformat(),
            "to": event.when.last.isoformat(),
            "skip_time": "Y",
        }
    zone = zone_named(event.time_zone) or ZoneInfo("UTC")
    local = event.when.in_zone(zone)
    return {
        "from": _wall(local.start),
        "to": _wall(local.end),
        "skip_time": "N",
        "timezone_from": zone.key,
        "timezone_to": zone.key,
    }


def accessibility_of(event: Event) -> str:
    """Whether the time is taken: busy, away, perhaps, or free."""
    if event.away:
        return "absent"
    if not event.busy:
        return "free"
    return "quest" if event.status is EventStatus.TENTATIVE else "busy"


def _rule(wish: Event, base: Event, now: Event) -> Fields:
    """The rule anew, for what a portal does where it is left out is not known."""
    changed = wish.recurrence != base.recurrence or _moved(wish, base)
    return rule_fields(wish if changed else now) or dict(ONCE)


def _merged(wish: Event, base: Event, now: Event) -> Event:
    """Summary, priority and privacy: the wish's where the user changed them."""
    return Event(
        id=now.id,
        account_id=now.account_id,
        calendar_id=now.calendar_id,
        summary=(wish if wish.summary != base.summary else now).summary.strip(),
        when=now.when,
        priority=(wish if wish.priority != base.priority else now).priority,
        private=(wish if wish.private != base.private else now).private,
    )


def _moved(wish: Event, base: Event) -> bool:
    return wish.when != base.when or wish.time_zone != base.time_zone


def _kept_when(row: EventRow, now: Event) -> Fields:
    """The times as the portal has them, an empty length included."""
    start, end = read_formatted(row.date_from_formatted), read_formatted(row.date_to_formatted)
    if is_all_day(row) or start is None or end is None or None in (start[1], end[1]):
        return when_fields(now)
    zone = as_text(row.tz_from)
    if zone_named(zone) is None:
        return when_fields(now)
    return {
        "from": f"{start[0].isoformat()}T{start[1]}",
        "to": f"{end[0].isoformat()}T{end[1]}",
        "skip_time": "N",
        "timezone_from": zone,
        "timezone_to": as_text(row.tz_to) or zone,
    }


def _description(row: EventRow, wish: Event, base: Event) -> str:
    """The new text with the marker that stood under the old one; untouched as it is there."""
    _text, marker = split_marker(description_of(row))
    if wish.description == base.description:
        raw = as_text(row.raw_description)
        return raw or as_text(row.description)
    return with_marker(wish.description, marker) if marker else wish.description


def _accessibility(row: EventRow, wish: Event, base: Event) -> str:
    told = as_text(row.accessibility)
    if told and (wish.busy, wish.away, wish.status) == (base.busy, base.away, base.status):
        return told
    return accessibility_of(wish)


def _reminders(wish: Event) -> list[object]:
    return [{"type": "min", "count": one.minutes_before} for one in wish.reminders]


def _kept_reminders(row: EventRow, wish: Event, base: Event) -> list[object]:
    """Reminders of kinds that we cannot show are never lost."""
    if wish.reminders == base.reminders:
        return as_list(row.remind)
    unknown = [
        one
        for one in as_list(row.remind)
        if isinstance(one, dict)
        and (as_text(one.get("type")) not in _SHOWN_UNITS or not reminders_of([one]))
    ]
    return _reminders(wish) + unknown


def _section(wish: Event) -> Fields:
    section = section_of(wish.calendar_id)
    return {"auto_detect_section": "Y"} if section is None else {"section": section}


def _kept_section(row: EventRow) -> Fields:
    section = section_id_of(row)
    return {"section": int(section)} if section else {"auto_detect_section": "Y"}


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat()
