"""An entry in words: times by the locale, a line for a screen reader, text for the clipboard."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desktop.domain.event import CalendarEntry, DeliveryMark, EventStatus, Participation
from desktop.domain.timespan import DateSpan, When

translate = QCoreApplication.translate


def time_text(moment: datetime, zone: tzinfo) -> str:
    """The time of day in ``zone``, as the locale writes it."""
    local = moment.astimezone(zone)
    return _time(QLocale().name(), local.hour * 60 + local.minute)


@lru_cache(maxsize=2048)
def _time(locale: str, minute: int) -> str:
    """Kept per locale: a week of events asks for the same few hundred times at every look."""
    short = QLocale(locale).timeFormat(QLocale.FormatType.ShortFormat)
    return QLocale(locale).toString(QTime(minute // 60, minute % 60), short)


def minute_text(minute: int) -> str:
    """A minute of the day as the locale writes it; 24:00 is written as midnight."""
    return _time(QLocale().name(), minute % 1440)


def times_text(when: When, zone: tzinfo) -> str:
    """From when to when, without the day."""
    if isinstance(when, DateSpan):
        return translate("Calendar", "all day")
    return f"{time_text(when.start, zone)} – {time_text(when.end, zone)}"


def length_text(length: timedelta) -> str:
    """A length of time in hours and minutes."""
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return translate("Calendar", "{0} min").format(rest)
    if not rest:
        return translate("Calendar", "{0} h").format(hours)
    return translate("Calendar", "{0} h {1} min").format(hours, rest)


def day_text(day: date, *, year: bool = False) -> str:
    """A day with its weekday in full."""
    return _day(QLocale().name(), day, year)


@lru_cache(maxsize=512)
def _day(locale: str, day: date, year: bool) -> str:
    pattern = "dddd d MMMM yyyy" if year else "dddd d MMMM"
    return QLocale(locale).toString(QDate(day.year, day.month, day.day), pattern)


def when_text(when: When, zone: tzinfo, *, to: str = "–") -> str:
    """Day and times in one line."""
    if isinstance(when, DateSpan):
        first = day_text(when.first)
        return first if when.days == 1 else f"{first} {to} {day_text(when.last)}"
    start, end = when.start.astimezone(zone), when.end.astimezone(zone)
    first = f"{day_text(start.date())}, {time_text(start, zone)}"
    if (end.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date() == start.date():
        return f"{first} {to} {time_text(end, zone)}"
    return f"{first} {to} {day_text(end.date())}, {time_text(end, zone)}"


def title_text(entry: CalendarEntry) -> str:
    """The title, or words for an event that has none."""
    return entry.event.summary.strip() or translate("Calendar", "(no title)")


def accessible_text(entry: CalendarEntry, zone: tzinfo, *, clashes: bool = False) -> str:
    """The whole event in one line for a screen reader.

    "Demo, Tuesday 17 November, 14:00 to 15:00, with Alex Vronsky, waiting to be sent".
    """
    event = entry.event
    parts = [title_text(entry), when_text(entry.when, zone, to=translate("Calendar", "to"))]
    if isinstance(entry.when, DateSpan):
        parts.append(translate("Calendar", "all day"))
    if entry.contact_names:
        parts.append(translate("Calendar", "with {0}").format(", ".join(entry.contact_names)))
    if event.location:
        parts.append(event.location)
    if clashes:
        parts.append(clash_text())
    parts.extend(state_texts(entry))
    return ", ".join(parts)


def clash_text() -> str:
    """What the mark of a double-booked event says."""
    return translate("Calendar", "overlaps another event")


def answer_text(participation: Participation | None) -> str:
    """What the paint says of the user's answer; empty where there is nothing to say."""
    answers = {
        Participation.DECLINED: translate("Calendar", "declined"),
        Participation.TENTATIVE: translate("Calendar", "tentative"),
        Participation.NEEDS_ACTION: translate("Calendar", "not answered yet"),
    }
    return "" if participation is None else answers.get(participation, "")


def state_texts(entry: CalendarEntry) -> list[str]:
    """What the paint of an event says without words."""
    event = entry.event
    texts: list[str] = []
    if event.status is EventStatus.CANCELLED:
        texts.append(translate("Calendar", "cancelled"))
    elif answer_text(event.participation):
        texts.append(answer_text(event.participation))
    elif event.status is EventStatus.TENTATIVE:
        texts.append(translate("Calendar", "tentative"))
    facts = (
        (event.recurring, translate("Calendar", "repeats")),
        (event.private, translate("Calendar", "private")),
        (not event.busy, translate("Calendar", "shown as free")),
        (event.away, translate("Calendar", "out of office")),
        (event.read_only, translate("Calendar", "read only")),
        (event.completed, translate("Calendar", "done")),
    )
    texts.extend(text for holds, text in facts if holds)
    return texts + mark_texts(entry.mark)


def mark_texts(mark: DeliveryMark) -> list[str]:
    """How far a change is on its way, in words; nothing once it has arrived."""
    return {
        DeliveryMark.SETTLED: [],
        DeliveryMark.WAITING: [translate("Calendar", "waiting to be sent")],
        DeliveryMark.SENDING: [translate("Calendar", "being sent")],
        DeliveryMark.CHECKING: [translate("Calendar", "checking whether it arrived")],
        DeliveryMark.TROUBLE: [translate("Calendar", "could not be sent")],
    }[mark]


def details_text(entry: CalendarEntry, zone: tzinfo) -> str:
    """What *Copy details* puts on the clipboard: a line per fact."""
    event = entry.event
    lines = [title_text(entry), when_text(entry.when, zone)]
    if entry.contact_names:
        lines.append(translate("Calendar", "With {0}").format(", ".join(entry.contact_names)))
    lines.extend(text for text in (event.location, event.description) if text)
    return "\n".join(lines)
