"""What becomes of a draft while it is being filled in, and what is wrong with it. All pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo

from desktop.domain.booking import Problem, draft_from_event, event_from_draft, problems
from desktop.domain.contact import Contact
from desktop.domain.event import EventKind
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import DateSpan, TimeSpan, resolve_wall_time

__all__ = [
    "ENGLISH_TITLES",
    "EndChange",
    "Problem",
    "Title",
    "TitleCode",
    "TitleTemplates",
    "draft_from_event",
    "event_from_draft",
    "follow_title",
    "problems",
    "span_of",
    "title_for",
    "with_all_day",
    "with_duration",
    "with_end",
    "with_start",
    "with_title",
    "with_zone",
    "zone_of",
]

_DAY = timedelta(days=1)
_MORNING = time(9)


class TitleCode(Enum):
    """The forms of a title that writes itself. A translation may order its names as it likes."""

    MEETING = "meeting"
    MEETING_ONE = "meeting with one"
    MEETING_TWO = "meeting with two"
    MEETING_MORE = "meeting with more"
    CALL = "call"
    CALL_ONE = "call one"
    CALL_TWO = "call two"
    CALL_MORE = "call more"
    NONE = "none"
    """No title of ours: an event that is neither meeting nor call."""


TitleTemplates = Mapping[TitleCode, str]
"""A sentence for each code with the fields {first}, {second} and {others} (a count)."""

ENGLISH_TITLES: TitleTemplates = {
    TitleCode.MEETING: "Meeting",
    TitleCode.MEETING_ONE: "Meeting with {first}",
    TitleCode.MEETING_TWO: "Meeting with {first} and {second}",
    TitleCode.MEETING_MORE: "Meeting with {first}, {second} and {others} more",
    TitleCode.CALL: "Call",
    TitleCode.CALL_ONE: "Call {first}",
    TitleCode.CALL_TWO: "Call {first} and {second}",
    TitleCode.CALL_MORE: "Call {first}, {second} and {others} more",
    TitleCode.NONE: "",
}

_FORMS = {
    EventKind.MEETING: (
        TitleCode.MEETING,
        TitleCode.MEETING_ONE,
        TitleCode.MEETING_TWO,
        TitleCode.MEETING_MORE,
    ),
    EventKind.CALL: (
        TitleCode.CALL,
        TitleCode.CALL_ONE,
        TitleCode.CALL_TWO,
        TitleCode.CALL_MORE,
    ),
    EventKind.EVENT: (TitleCode.NONE,) * 4,
}


@dataclass(frozen=True, slots=True)
class Title:
    """A title before translation: which form, and the names in it in the order of the contacts."""

    code: TitleCode
    names: tuple[str, ...]

    def told(self, templates: TitleTemplates) -> str:
        """The sentence. Names are put in as they are; braces in them mean nothing."""
        first, second = (*self.names, "", "")[:2]
        return templates[self.code].format(first=first, second=second, others=len(self.names) - 2)


def title_for(kind: EventKind, contacts: Sequence[Contact]) -> Title:
    """How a meeting or call with these people calls itself."""
    names = tuple(name for contact in contacts if (name := contact.name))
    return Title(_FORMS[kind][min(len(names), 3)], names)


def follow_title(
    draft: MeetingDraft, contacts: Sequence[Contact], templates: TitleTemplates
) -> MeetingDraft:
    """The draft with the title that suits its kind and people, unless the user wrote one."""
    if draft.title_edited:
        return draft
    return replace(draft, title=title_for(draft.kind, contacts).told(templates))


def with_title(draft: MeetingDraft, title: str) -> MeetingDraft:
    """The draft with a title of the user's, which never follows the people again."""
    return replace(draft, title=title, title_edited=True, touched=True)


def zone_of(draft: MeetingDraft) -> tzinfo:
    """The zone that the draft's times are typed in."""
    return ZoneInfo(draft.time_zone)


def span_of(draft: MeetingDraft) -> TimeSpan:
    """When the draft is, in its own zone: for an all-day draft the instants of its days."""
    return draft.when.in_zone(zone_of(draft))


def with_start(draft: MeetingDraft, start: datetime) -> MeetingDraft:
    """The draft begun at ``start``; the end follows, so that it lasts as long as before.

    An all-day draft moves by whole days.
    """
    start = start.astimezone(zone_of(draft))
    if isinstance(draft.when, DateSpan):
        return replace(draft, when=draft.when.starting(start.date()), touched=True)
    return replace(draft, when=draft.when.starting(start), touched=True)


@dataclass(frozen=True, slots=True)
class EndChange:
    """A draft with another end. ``moved``: what was typed lay before the start and was moved on.

    The end then has the time of day that was typed, mostly on the day after the start.
    """

    draft: MeetingDraft
    moved: bool = False


def with_end(draft: MeetingDraft, end: datetime) -> EndChange:
    """The draft ended at ``end``; one that is not after the start moves to the next day.

    For an all-day draft ``end`` lies inside its last day, never before the first.
    """
    zone = zone_of(draft)
    end = end.astimezone(zone)
    if isinstance(draft.when, DateSpan):
        last = max(end.date(), draft.when.first)
        days = DateSpan(draft.when.first, last + _DAY)
        return EndChange(replace(draft, when=days, touched=True))
    start = draft.when.start.astimezone(zone)
    moved = end.astimezone(UTC) <= start.astimezone(UTC)
    wall = datetime.combine(start.date(), end.time())
    while end.astimezone(UTC) <= start.astimezone(UTC):
        end = resolve_wall_time(wall, zone)
        wall += _DAY
    return EndChange(replace(draft, when=TimeSpan(start, end), touched=True), moved)


def with_duration(draft: MeetingDraft, minutes: int) -> MeetingDraft:
    """The draft made to last ``minutes``; an all-day draft stays as it is."""
    if isinstance(draft.when, DateSpan) or minutes <= 0:
        return draft
    start = draft.when.start
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    return replace(draft, when=TimeSpan(start, end), touched=True)


def with_all_day(draft: MeetingDraft, all_day: bool) -> MeetingDraft:
    """The draft over whole days, or back at the times of day that it had before."""
    if all_day == isinstance(draft.when, DateSpan):
        return draft
    zone = zone_of(draft)
    if isinstance(draft.when, TimeSpan):
        timed = draft.when.in_zone(zone)
        # An end at midnight belongs to the day before.
        last = (timed.end - timedelta(microseconds=1)).date()
        days = DateSpan(timed.start.date(), max(last, timed.start.date()) + _DAY)
        return replace(draft, when=days, timed=timed, touched=True)
    if draft.timed is None:
        start = resolve_wall_time(datetime.combine(draft.when.first, _MORNING), zone)
        end = (start.astimezone(UTC) + timedelta(hours=1)).astimezone(zone)
        timed = TimeSpan(start, end)
    else:
        before = draft.timed.in_zone(zone)
        wall = datetime.combine(draft.when.first, before.start.time(), tzinfo=None)
        timed = before.starting(resolve_wall_time(wall, zone))
    return replace(draft, when=timed, timed=None, touched=True)


def with_zone(draft: MeetingDraft, name: str) -> MeetingDraft:
    """The draft with the same wall-clock times in another zone: "18:00, but in Berlin".

    Raises `KeyError` (`ZoneInfoNotFoundError`) where there is no such zone.
    """
    zone = ZoneInfo(name)
    if isinstance(draft.when, DateSpan):
        return replace(draft, time_zone=name, touched=True)
    start = draft.when.start.astimezone(zone_of(draft)).replace(tzinfo=None, fold=0)
    when = draft.when.starting(resolve_wall_time(start, zone))
    return replace(draft, when=when, time_zone=name, touched=True)
