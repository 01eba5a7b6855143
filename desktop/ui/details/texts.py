"""The sentences about one event: when, for whom at which time, how important, how far it got."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import User
from desktop.domain.event import (
    Attendee,
    CalendarEntry,
    DeliveryMark,
    Event,
    EventKind,
    Participation,
    Priority,
    Recording,
)
from desktop.domain.ids import RecordKind
from desktop.domain.invitations import may_answer
from desktop.domain.reach import left_after
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.ui.calendar.describe import answer_text as state_of_answer
from desktop.ui.calendar.describe import length_text, mark_texts, state_texts
from desktop.ui.calendar_names import name_by_id
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.details.listing import listed
from desktop.ui.details.recurrence_text import left_text, recurrence_text
from desktop.ui.details.snapshot import EventDetails, Person
from desktop.ui.meeting.texts import clash_text, local_time_text, reminder_text
from desktop.ui.time_texts import distance_text, time_text, when_text
from desktop.ui.widgets.banner import NoticeKind

translate = QCoreApplication.translate


def kind_text(details: EventDetails) -> str:
    """What it is, and where it is kept: "Call · Clients · Bitrix24"."""
    kinds = {
        EventKind.MEETING: translate("Details", "Meeting"),
        EventKind.CALL: translate("Details", "Call"),
        EventKind.EVENT: translate("Details", "Event"),
    }
    kind = kinds[details.event.kind]
    if details.event.kind is EventKind.EVENT and details.event.recorded_as is Recording.TODO:
        kind = translate("Details", "To-do")
    if details.event.kind is EventKind.CALL and details.event.record is RecordKind.ACTIVITY:
        kind = translate("Details", "Outgoing call")
        if details.event.incoming:
            kind = translate("Details", "Incoming call")
    calendar = name_by_id(details.event.calendar_id, details.entry.calendar_name)
    account = "" if details.account is None else details.account.title
    parts = (kind, calendar, account if account != calendar else "")
    return SEPARATOR.join(part for part in parts if part)


def files_text(event: Event) -> str:
    """Its files: by name on their way there, by number once they are there; empty for none."""
    waiting = [file.name for file in event.files if file.content]
    if waiting:
        return ", ".join(waiting)
    if len(event.files) == 1:
        return translate("Details", "1 file, in Bitrix24")
    if event.files:
        return translate("Details", "{0} files, in Bitrix24").format(len(event.files))
    return ""


def when_texts(details: EventDetails, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """Day and times on my clock; below, how long it is and how soon."""
    when = details.entry.when
    span = when if isinstance(when, TimeSpan) else when.in_zone(zone)
    soon = distance_text(when, now, zone) if span.end > now else translate("Details", "over")
    if isinstance(when, DateSpan):
        days = translate("Details", "All day")
        if when.days > 1:
            days = translate("Details", "{0} days").format(when.days)
        return when_text(when, now, zone), SEPARATOR.join((days, soon))
    return when_text(when, now, zone), SEPARATOR.join((length_text(when.duration), soon))


def elsewhere_texts(details: EventDetails, zone: tzinfo) -> tuple[str, ...]:
    """The times on other clocks: that of each person, and the one that it was planned on."""
    when = details.entry.when
    if isinstance(when, DateSpan):
        return ()
    mine = when.in_zone(zone)
    theirs: dict[str, list[Person]] = {}
    for person in details.people:
        if person.local is not None:
            theirs.setdefault(person.local.zone, []).append(person)
    texts = [
        local_time_text(mine, people[0].local, listed(_names(people)))
        for zone_name, people in theirs.items()
        if people[0].local is not None and _differs(mine.start, ZoneInfo(zone_name))
    ]
    own = _zone_of(details.event.time_zone)
    if own is not None and own.key not in theirs and _differs(mine.start, own):
        texts.append(_planned_text(mine, own))
    return tuple(texts)


def _planned_text(mine: TimeSpan, own: ZoneInfo) -> str:
    there = mine.in_zone(own)
    times = f"{time_text(there.start)} – {time_text(there.end)}"
    if there.start.date() != mine.start.date():
        times = when_text(mine, mine.start, own)
    place = own.key.rsplit("/", maxsplit=1)[-1].replace("_", " ")
    return translate("Details", "{times} in {place}, where it was planned").format(
        times=times, place=place
    )


def _zone_of(name: str) -> ZoneInfo | None:
    """None for names that this computer does not know, and for UTC, which is nobody's clock."""
    try:
        return None if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _differs(moment: datetime, zone: tzinfo) -> bool:
    return moment.utcoffset() != moment.astimezone(zone).utcoffset()


def _names(people: list[Person]) -> list[str]:
    return [one.contact.given_name or one.contact.name for one in people]


def series_text(details: EventDetails, zone: tzinfo, now: datetime) -> str:
    """How it repeats and how many are left; that one of a series was changed alone.

    Empty for a single event.
    """
    event, series = details.event, details.series
    if series is None or series.recurrence is None:
        return translate("Details", "One of a series") if event.series_id is not None else ""
    expanded = _zone_of(series.time_zone) or zone
    rule = recurrence_text(series.recurrence, series.when, expanded)
    left = left_after(series, now)
    if left:
        rule = translate("Details", "{rule}, {left}").format(rule=rule, left=left_text(left))
    if event.series_id is None:
        return rule
    return translate("Details", "Changed on its own; the others: {0}").format(rule)


def clash_sentence(details: EventDetails, zone: tzinfo) -> str:
    """What it overlaps; empty where nothing is in the way."""
    when = details.entry.when
    if isinstance(when, DateSpan) or not details.clashes:
        return ""
    return clash_text(when, details.clashes, zone)


def state_text(details: EventDetails) -> str:
    """Cancelled, declined, private and the like, in one line."""
    marks = mark_texts(details.entry.mark)
    repeats = translate("Calendar", "repeats")
    texts = [text for text in state_texts(details.entry) if text not in (*marks, repeats)]
    if details.event.read_only:
        texts = [text for text in texts if text != translate("Calendar", "read only")]
    if may_answer(details.event, details.account):  # the answer stands with its buttons
        texts = [text for text in texts if text != state_of_answer(details.event.participation)]
    line = SEPARATOR.join(texts)
    return line[:1].upper() + line[1:]


def delivery_notice(entry: CalendarEntry) -> tuple[NoticeKind, str, str] | None:
    """How far a change is on its way: kind, sentence, button. None once it has arrived."""
    show = translate("Details", "Show")
    notices: dict[DeliveryMark, tuple[NoticeKind, str, str]] = {
        DeliveryMark.WAITING: ("info", translate("Details", "Waiting to be sent"), show),
        DeliveryMark.SENDING: ("info", translate("Details", "Being sent"), ""),
        DeliveryMark.CHECKING: (
            "info",
            translate("Details", "Checking whether it arrived"),
            show,
        ),
        DeliveryMark.TROUBLE: (
            "error",
            translate("Details", "Could not be sent. Your version is kept."),
            translate("Details", "Show why"),
        ),
    }
    return notices.get(entry.mark)


def reminders_text(details: EventDetails) -> str:
    """When it reminds; empty where it does not."""
    words = [reminder_text(one.minutes_before) for one in details.event.reminders]
    return translate("Details", "Reminder: {0}").format(", ".join(words)) if words else ""


def priority_sentence(priority: Priority) -> str:
    """Said only where it is not the usual one."""
    return {
        Priority.HIGH: translate("Details", "High priority"),
        Priority.LOW: translate("Details", "Low priority"),
    }.get(priority, "")


def roles_text(details: EventDetails) -> str:
    """Who called it and who must be there, one line each; one line where they are the same."""
    organizer = details.user_name(details.event.organizer)
    responsible = details.user_name(details.event.responsible)
    lines = []
    if responsible:
        lines.append(translate("Details", "Responsible: {0}").format(responsible))
    if organizer and organizer != responsible:
        lines.append(translate("Details", "Organized by {0}").format(organizer))
    return "\n".join(lines)


ANSWER_ICONS = {
    Participation.ACCEPTED: "check",
    Participation.DECLINED: "close",
    Participation.TENTATIVE: "clock",
    Participation.NEEDS_ACTION: "mail",
    Participation.ORGANIZER: "person",
}


def answer_text(participation: Participation) -> str:
    """An answer to an invitation, in words."""
    return {
        Participation.ACCEPTED: translate("Details", "accepted"),
        Participation.DECLINED: translate("Details", "declined"),
        Participation.TENTATIVE: translate("Details", "maybe"),
        Participation.NEEDS_ACTION: translate("Details", "no answer yet"),
        Participation.ORGANIZER: translate("Details", "organizer"),
    }[participation]


def attendee_text(attendee: Attendee, users: tuple[User, ...]) -> str:
    """Who it is, and their answer."""
    known = next((user.name for user in users if user.id == attendee.user), "")
    name = known or attendee.name or attendee.email or translate("Details", "A colleague")
    return SEPARATOR.join((name, answer_text(attendee.participation)))
