"""Instants in the words of the locale: short, for rows, chips and cards."""

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desktop.domain.timespan import DateSpan, TimeSpan, When

NEAR_DAYS = 7


def time_text(moment: datetime) -> str:
    """The time on the clock that ``moment`` names, with 12 or 24 hours as the locale has it."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def day_text(day: date, today: date) -> str:
    """A day seen from ``today``: "Today", "Thu", "19 Nov", "19 Nov 2027"."""
    distance = (day - today).days
    if distance == 0:
        return QCoreApplication.translate("TimeTexts", "Today")
    if 0 < distance < NEAR_DAYS:
        return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return date_text(day, today)


def date_text(day: date, today: date) -> str:
    """A day by its date: "19 Nov", and with the year where it is not this one's."""
    year = QCoreApplication.translate("TimeTexts", "d MMM yyyy")
    short = QCoreApplication.translate("TimeTexts", "d MMM")
    pattern = short if day.year == today.year else year
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def moment_text(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant in ``zone``, seen from ``now``: "Today 10:00", "Thu 10:00", "19 Nov 10:00"."""
    local = instant.astimezone(zone)
    day = day_text(local.date(), now.astimezone(zone).date())
    return f"{day} {time_text(local)}"


def when_text(when: When, now: datetime, zone: tzinfo) -> str:
    """When an event is: "Thu 19 Nov, 10:00 – 11:00", or its days."""
    today = now.astimezone(zone).date()
    if isinstance(when, DateSpan):
        if when.days == 1:
            return _weekday_and_date(when.first, today)
        return f"{date_text(when.first, today)} – {date_text(when.last, today)}"
    local = when.in_zone(zone)
    start = f"{_weekday_and_date(local.start.date(), today)}, {time_text(local.start)}"
    if local.start.date() == local.end.date():
        return f"{start} – {time_text(local.end)}"
    return f"{start} – {date_text(local.end.date(), today)} {time_text(local.end)}"


def distance_text(when: When, now: datetime, zone: tzinfo) -> str:
    """How long until an event begins: "now", "in 25 min", "in 3 h", "in 2 d"."""
    span = when if isinstance(when, TimeSpan) else when.in_zone(zone)
    left = span.start - now
    if left <= timedelta(0):
        return QCoreApplication.translate("TimeTexts", "now")
    minutes = max(1, round(left / timedelta(minutes=1)))
    if minutes < 60:
        return QCoreApplication.translate("TimeTexts", "in %n min", "", minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return QCoreApplication.translate("TimeTexts", "in %n h", "", hours)
    return QCoreApplication.translate("TimeTexts", "in %n d", "", round(hours / 24))


def _weekday_and_date(day: date, today: date) -> str:
    weekday = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{weekday} {date_text(day, today)}"
