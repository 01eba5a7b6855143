"""`Customs` -> one line that a person can check at a glance."""

from datetime import time

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from desktop.domain.customs import Customs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.ui.meeting.texts import reminder_text
from desktop.ui.sync.status_texts import number


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


def customs_text(customs: Customs) -> str:
    """Hours, days, the first of the week, holidays and reminders: what was told of them."""
    work = customs.work
    parts = () if work is None else (hours_text(work), days_text(work.days))
    week, reminders = customs.week_start, customs.reminders
    more = (
        "" if week is None else _tr("week starts on {0}").format(_day(week, short=False)),
        "" if work is None else holidays_text(work),
        "" if reminders is None else _reminders_text(reminders),
    )
    return ", ".join(part for part in (*parts, *more) if part)


def hours_text(work: WorkHours) -> str:
    """From when to when, as the locale writes times: "9:00–19:00"."""
    return f"{_clock(work.start)}–{_clock(work.end)}"


def days_text(days: frozenset[int]) -> str:
    """From which to which, "Mon–Fri"; each where they do not follow each other."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{_day(ordered[0])}–{_day(ordered[-1])}"
    return " ".join(_day(day) for day in ordered)


def holidays_text(work: WorkHours) -> str:
    """How many there are; empty where there are none."""
    count = len(work.holidays - work.extra_days)
    if not count:
        return ""
    return _tr("1 holiday") if count == 1 else _tr("{n} holidays").format(n=number(count))


def _reminders_text(reminders: tuple[Reminder, ...]) -> str:
    if not reminders:
        return _tr("no reminder")
    words = ", ".join(reminder_text(one.minutes_before) for one in reminders)
    return _tr("reminder: {when}").format(when=words)


def zone_hint(there: str, here: str) -> str:
    """That the portal has the user in another zone than this computer."""
    return _tr(
        "Your time zone there is {there}, on this computer it is {here}. Parley shows the "
        "computer's; change it in your profile there if it is wrong."
    ).format(there=_zone(there), here=_zone(here))


def _zone(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


def _day(weekday: int, *, short: bool = True) -> str:
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(weekday, form)


def _clock(moment: time) -> str:
    told = QTime(moment.hour, moment.minute)
    return QLocale().toString(told, QLocale.FormatType.ShortFormat)
