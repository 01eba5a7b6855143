"""The dialog's sentences that are made of values."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.drafting import TitleCode, TitleTemplates
from desktop.domain.event import CalendarEntry, Priority
from desktop.domain.freebusy import WorkHours
from desktop.domain.localtime import LocalTime, LocalTimeSource
from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.describe import length_text, time_text, times_text, title_text
from desktop.ui.meeting.date_words import short_day_text

translate = QCoreApplication.translate

REMINDERS_MIN = (0, 5, 10, 15, 30, 60, 120, 1440, 2880)
LONGEST_NAME = 40


def title_templates() -> TitleTemplates:
    """The titles that write themselves, in the user's language."""
    return {
        TitleCode.MEETING: translate("Meeting", "Meeting"),
        TitleCode.MEETING_ONE: translate("Meeting", "Meeting with {first}"),
        TitleCode.MEETING_TWO: translate("Meeting", "Meeting with {first} and {second}"),
        TitleCode.MEETING_MORE: translate(
            "Meeting", "Meeting with {first}, {second} and {others} more"
        ),
        TitleCode.CALL: translate("Meeting", "Call"),
        TitleCode.CALL_ONE: translate("Meeting", "Call {first}"),
        TitleCode.CALL_TWO: translate("Meeting", "Call {first} and {second}"),
        TitleCode.CALL_MORE: translate("Meeting", "Call {first}, {second} and {others} more"),
        TitleCode.NONE: "",
    }


def reminder_text(minutes: int) -> str:
    """How long before the start."""
    if minutes == 0:
        return translate("Meeting", "When it begins")
    if minutes % 1440 == 0:
        days = minutes // 1440
        if days == 1:
            return translate("Meeting", "1 day before")
        return translate("Meeting", "{0} days before").format(days)
    return translate("Meeting", "{0} before").format(length_text(timedelta(minutes=minutes)))


def priority_text(priority: Priority) -> str:
    """How important, in a word."""
    return {
        Priority.LOW: translate("Meeting", "Low"),
        Priority.NORMAL: translate("Meeting", "Normal"),
        Priority.HIGH: translate("Meeting", "High"),
    }[priority]


def short_name(name: str) -> str:
    """A name that is not longer than a line."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def local_time_text(span: TimeSpan, local: LocalTime, name: str) -> str:
    """The meeting's times for somebody elsewhere, and how we know: "18:00 – 19:00 for Alex …"."""
    zone = ZoneInfo(local.zone)
    there, here = span.start.astimezone(zone).date(), span.start.date()
    times = times_text(span, zone)
    if there != here:
        times = f"{short_day_text(there, here)} {times}"
    sources = {
        LocalTimeSource.MANUAL: translate("Meeting", "as set by hand"),
        LocalTimeSource.ADDRESS: translate("Meeting", "from the address"),
        LocalTimeSource.PHONE: translate("Meeting", "from the phone's country code"),
    }
    sentence = translate("Meeting", "{times} for {name} ({place}), {source}")
    return sentence.format(
        times=times, name=short_name(name), place=local.place, source=sources[local.source]
    )


def my_time_text(mine: TimeSpan, typed: TimeSpan, zone_name: str) -> str:
    """The times on my own clock, where they were typed for another zone."""
    zone = mine.start.tzinfo or UTC
    times = times_text(mine, zone)
    if mine.start.date() != typed.start.date():
        times = f"{short_day_text(mine.start.date(), typed.start.date())} {times}"
    place = zone_name.rsplit("/", maxsplit=1)[-1].replace("_", " ")
    sentence = translate("Meeting", "{times} for you; the times above are those of {place}")
    return sentence.format(times=times, place=place)


def hours_hint(span: TimeSpan, work: WorkHours, zone: tzinfo) -> str:
    """That a time is outside my own working hours; empty where it is inside."""
    if work.cover(span, zone):
        return ""
    return translate("Meeting", "Outside your working hours")


def their_hours_hint(span: TimeSpan, work: WorkHours, local: LocalTime, name: str) -> str:
    """That a time is outside theirs, and at which end; empty where it is inside."""
    zone = ZoneInfo(local.zone)
    if work.cover(span, zone):
        return ""
    hours = work.on(span.start.astimezone(zone).date(), zone)
    name = short_name(name)
    if hours is None:
        return translate("Meeting", "A day off for {0}").format(name)
    if span.start.astimezone(UTC) < hours.start.astimezone(UTC):
        words = translate("Meeting", "Before {0} for {1}")
        return words.format(time_text(hours.start, zone), name)
    return translate("Meeting", "After {0} for {1}").format(time_text(hours.end, zone), name)


def clash_text(when: TimeSpan, entries: Sequence[CalendarEntry], zone: tzinfo) -> str:
    """What a plan overlaps, by name and by how much."""
    first = entries[0]
    named = f"“{short_name(title_text(first))}”"
    other = first.when
    if len(entries) > 1:
        words = translate("Meeting", "Overlaps {0} and {1} more")
        return words.format(named, len(entries) - 1)
    if not isinstance(other, TimeSpan):
        return translate("Meeting", "Overlaps {0}").format(named)
    start = max(when.start.astimezone(UTC), other.start.astimezone(UTC))
    end = min(when.end.astimezone(UTC), other.end.astimezone(UTC))
    words = translate("Meeting", "Overlaps {0} by {1} ({2})")
    return words.format(named, length_text(end - start), times_text(other, zone))


def slot_text(slot: TimeSpan, day: date, today: date, zone: tzinfo) -> str:
    """A free slot as short as it can be said: its time, with its day where that is another."""
    start = slot.start.astimezone(zone)
    clock = time_text(start, zone)
    return clock if start.date() == day else f"{short_day_text(start.date(), today)} {clock}"
