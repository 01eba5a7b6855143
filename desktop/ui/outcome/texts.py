"""The sentences of the outcome sheet, and those that colleagues read in the CRM."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.outcome import Outcome
from desktop.domain.timespan import TimeSpan
from desktop.services.meeting_outcomes import OutcomeSubject
from desktop.ui.time_texts import when_text

translate = QCoreApplication.translate


def outcome_text(outcome: Outcome) -> str:
    """The outcome in a word."""
    return {
        Outcome.HELD: translate("Outcome", "Held"),
        Outcome.NO_SHOW: translate("Outcome", "No-show"),
        Outcome.MOVED: translate("Outcome", "Moved"),
    }[outcome]


def step_text(days: int) -> str:
    """After how long the next step is."""
    if days == 1:
        return translate("Outcome", "Tomorrow")
    if days == 30:
        return translate("Outcome", "In a month")
    if days % 7 == 0:
        weeks = days // 7
        if weeks == 1:
            return translate("Outcome", "In a week")
        return translate("Outcome", "In {0} weeks").format(weeks)
    return translate("Outcome", "In {0} days").format(days)


def words_of(
    outcome: Outcome,
    subject: OutcomeSubject,
    next_when: TimeSpan | None,
    now: datetime,
    zone: tzinfo,
) -> str:
    """The line that goes into the CRM: "Held: Demo, Tue 17 Nov, 14:00 – 15:00"."""
    title = " ".join(subject.event.summary.split())
    was = when_text(subject.entry.when, now, zone)
    if outcome is Outcome.MOVED and next_when is not None:
        words = translate("Outcome", "Moved: {title}, from {was} to {when}")
        return words.format(title=title, was=was, when=when_text(next_when, now, zone))
    words = {
        Outcome.HELD: translate("Outcome", "Held: {title}, {was}"),
        Outcome.NO_SHOW: translate("Outcome", "Nobody came: {title}, {was}"),
        Outcome.MOVED: translate("Outcome", "Moved: {title}, {was}"),
    }[outcome]
    return words.format(title=title, was=was)


def next_text(outcome: Outcome, next_when: TimeSpan | None, now: datetime, zone: tzinfo) -> str:
    """What saving leads to, besides the note."""
    if next_when is None:
        if outcome is Outcome.MOVED:
            return translate("Outcome", "Choose when it takes place instead.")
        return translate("Outcome", "No next step.")
    when = when_text(next_when, now, zone)
    if outcome is Outcome.MOVED:
        return translate("Outcome", "It moves to {0}.").format(when)
    return translate("Outcome", "Then the next meeting opens, on {0}.").format(when)


def where_text(subject: OutcomeSubject) -> str:
    """Where the words go."""
    if subject.contact is not None:
        words = translate("Outcome", "The note goes into the timeline of {0}.")
        return words.format(subject.contact.name)
    if subject.in_text:
        return translate("Outcome", "The note goes into the meeting's description.")
    return translate("Outcome", "There is no place for a note: the meeting is only closed.")
