"""The sentences of the question: which ones, how many, on which days."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.event import Event
from desktop.domain.reach import SHOWN, Affected, Reach
from desktop.domain.timespan import DateSpan, When
from desktop.services.series import SeriesAct, SeriesQuestion
from desktop.ui.details.listing import listed
from desktop.ui.time_texts import date_text, when_text

translate = QCoreApplication.translate

MOST_NAMED = 4


def heading_text(act: SeriesAct) -> str:
    """What is asked."""
    return {
        SeriesAct.EDIT: translate("Series", "Change a meeting that repeats"),
        SeriesAct.MOVE: translate("Series", "Move a meeting that repeats"),
        SeriesAct.DELETE: translate("Series", "Delete a meeting that repeats"),
    }[act]


def button_text(act: SeriesAct) -> str:
    """What the button does."""
    return {
        SeriesAct.EDIT: translate("Series", "Save"),
        SeriesAct.MOVE: translate("Series", "Move"),
        SeriesAct.DELETE: translate("Series", "Delete"),
    }[act]


def reach_text(choice: Affected, act: SeriesAct) -> str:
    """A choice in a few words."""
    if choice.reach is Reach.THIS:
        return translate("Series", "Only this one")
    if choice.reach is Reach.FOLLOWING:
        return translate("Series", "This one and the following")
    if act is SeriesAct.DELETE and choice.past:
        return translate("Series", "All that are still to come")
    return translate("Series", "All of the series")


def dates_text(choice: Affected, now: datetime, zone: tzinfo) -> str:
    """How many a choice touches, and the first of them: "12 meetings: Wed 18 Nov, …"."""
    if choice.reach is Reach.THIS:
        return when_text(choice.first[0], now, zone) if choice.first else ""
    days = [_day(one, now, zone) for one in choice.first]
    if choice.count is None:
        named = translate("Series", "{dates} and so on, without end")
        return named.format(dates=listed(days) if len(days) == 1 else ", ".join(days))
    if choice.count == 1 and days:
        return translate("Series", "1 meeting: {dates}").format(dates=days[0])
    text = translate("Series", "{n} meetings: {dates}")
    if choice.count > SHOWN:
        text = translate("Series", "{n} meetings: {dates} …")
    number = QLocale().toString(choice.count)
    return text.format(n=number, dates=", ".join(days)) if days else _none()


def keep_text(exceptions: Sequence[Event]) -> str:
    """The tick that keeps what was changed alone."""
    if len(exceptions) == 1:
        return translate("Series", "Keep 1 meeting as it is that was changed by itself")
    text = translate("Series", "Keep {n} meetings as they are that were changed by themselves")
    return text.format(n=QLocale().toString(len(exceptions)))


def named_text(exceptions: Sequence[Event], title: str, now: datetime, zone: tzinfo) -> str:
    """Those that were changed alone, by their times, and by their own titles if they have any."""
    lines = [_named(one, title, now, zone) for one in exceptions[:MOST_NAMED]]
    if len(exceptions) > MOST_NAMED:
        more = translate("Series", "and {n} more")
        lines.append(more.format(n=QLocale().toString(len(exceptions) - MOST_NAMED)))
    return "\n".join(lines)


def going_text(exceptions: Sequence[Event], title: str, now: datetime, zone: tzinfo) -> str:
    """What was changed alone and is deleted, too."""
    head = translate("Series", "Also deleted, though changed by itself:")
    if len(exceptions) > 1:
        head = translate("Series", "Also deleted, though changed by themselves:")
    return f"{head}\n{named_text(exceptions, title, now, zone)}"


def past_text(past: int) -> str:
    """The tick that deletes those that are over, too."""
    if past == 1:
        return translate("Series", "Also delete the one that is over")
    return translate("Series", "Also delete the {n} that are over").format(
        n=QLocale().toString(past)
    )


def over_text(choice: Affected, act: SeriesAct) -> str:
    """That some of those within reach are over; empty where none are, or it can be chosen."""
    if not choice.past or choice.reach is Reach.THIS:
        return ""
    if act is SeriesAct.DELETE and choice.reach is Reach.ALL:
        return ""
    if choice.past == 1:
        return translate("Series", "One of them is over already.")
    return translate("Series", "{n} of them are over already.").format(
        n=QLocale().toString(choice.past)
    )


def divided_text(question: SeriesQuestion) -> str:
    """What becomes of a series on a server that cannot change one of it alone."""
    text = translate(
        "Series",
        "{server} cannot change one meeting of a series by itself. The series will end before it,"
        " and a second one will go on after it.",
    )
    return text.format(server=question.server)


def _named(one: Event, title: str, now: datetime, zone: tzinfo) -> str:
    when = when_text(one.when, now, zone)
    own = one.summary.strip()
    return when if own in ("", title.strip()) else f"{when} · {own}"


def _day(when: When, now: datetime, zone: tzinfo) -> str:
    day = when.first if isinstance(when, DateSpan) else when.start.astimezone(zone).date()
    weekday = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{weekday} {date_text(day, now.astimezone(zone).date())}"


def _none() -> str:
    return translate("Series", "None are left that were not changed by themselves.")
