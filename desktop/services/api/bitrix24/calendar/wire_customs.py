"""Settings of a portal and of its user -> `Customs`: hours such as "9.30", days such as "8.03"."""

import re
from collections.abc import Mapping
from datetime import date, time

from desktop.domain.customs import Customs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours, YearDay
from desktop.services.api.bitrix24.calendar.wire_calendar import reminders_of
from desktop.services.api.bitrix24.culture import zone_named
from desktop.services.api.bitrix24.values import as_list, as_text

Told = Mapping[str, object]

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCK = re.compile(r"^(\d{1,2})(?:[.:](\d{1,2}))?(?:[:.]\d{1,2})?$")
_YEAR_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})(?:\.\d*)?$")
_BETWEEN = re.compile(r"[\s,;]+")
_LEAP_YEAR = 2000


def customs_of(portal: Told, user: Told) -> Customs:
    """The user's own hours before the company's; guests are told the hours alone."""
    reminders = user.get("defaultReminders")
    told = reminders if isinstance(reminders, dict) else {}
    zone = as_text(user.get("timezoneName")).strip()
    return Customs(
        work=_work(portal, user),
        week_start=_weekday(portal.get("week_start")),
        reminders=_reminders(told, "withTime"),
        all_day_reminders=_reminders(told, "fullDay"),
        time_zone=zone if zone_named(zone) is not None else "",
    )


def _work(portal: Told, user: Told) -> WorkHours | None:
    hours = _hours(user) or _hours(portal)
    if hours is None:
        return None
    off = {_weekday(one) for one in _words(portal.get("week_holidays"))}
    days = frozenset(range(1, 8)) - off
    return WorkHours(
        *hours,
        days=days if days and "week_holidays" in portal else WorkHours().days,
        holidays=_year_days(portal.get("year_holidays")),
        extra_days=_year_days(portal.get("year_workdays")),
    )


def _hours(told: Told) -> tuple[time, time] | None:
    start, end = clock(told.get("work_time_start")), clock(told.get("work_time_end"))
    if start is None or end is None or (end != time() and end <= start):
        return None
    return start, end


def clock(value: object) -> time | None:
    """Times are "9", 9, "9.30" and "09:30"; 24 is the end of the day. None for anything else."""
    found = _CLOCK.match(as_text(value).strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int((found[2] or "0").ljust(2, "0"))
    if (hour, minute) == (24, 0):
        return time()
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _weekday(value: object) -> int | None:
    text = as_text(value).strip().upper()
    return _DAYS.index(text) + 1 if text in _DAYS else None


def _year_days(value: object) -> frozenset[YearDay]:
    found = set()
    for word in _words(value):
        match = _YEAR_DAY.match(word)
        if match is None:
            continue
        try:
            day = date(_LEAP_YEAR, int(match[2]), int(match[1]))
        except ValueError:
            continue
        found.add((day.month, day.day))
    return frozenset(found)


def _words(value: object) -> list[str]:
    """A list, a map, or one text with separators."""
    texts = [as_text(one) for one in as_list(value)] or [as_text(value)]
    return [word for text in texts for word in _BETWEEN.split(text) if word]


def _reminders(told: Mapping[str, object], name: str) -> tuple[Reminder, ...] | None:
    if name not in told:
        return None
    found = reminders_of(told[name])
    # Of kinds that cannot be shown nothing is known: that is not "none".
    return found if found or not as_list(told[name]) else None
