"""MeetingEditor: the draft as it is now, and what each input makes of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from PySide6.QtCore import QObject, Signal

from desktop.domain.attachment import Attachment
from desktop.domain.booking import Problem
from desktop.domain.contact import Contact
from desktop.domain.drafting import (
    follow_title,
    span_of,
    with_all_day,
    with_duration,
    with_end,
    with_start,
    with_title,
    with_zone,
    zone_of,
)
from desktop.domain.event import EventKind, Priority, Reminder
from desktop.domain.ids import CalendarId, ContactId, DealId, UserId
from desktop.domain.meeting import MeetingDraft, usual_reminders
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time
from desktop.domain.timetext import ParsedTime, TimeTextKind
from desktop.ui.meeting.repeat_plan import following
from desktop.ui.meeting.surroundings import Surroundings
from desktop.ui.meeting.texts import title_templates

_DAY = timedelta(days=1)


class Notice(Enum):
    """What the editor did by itself and has to be said."""

    END_MOVED = "end moved to the next day"
    SKIPPED_HOUR = "the clocks skip this hour"


class MeetingEditor(QObject):
    """Holds one draft. Every change is a new value, told by ``changed``."""

    changed = Signal(object)  # MeetingDraft
    noticed = Signal(object)  # Notice, or None: the last one holds no more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft: MeetingDraft | None = None
        self._read_only = False
        self.surroundings = Surroundings()
        self.usual_reminders: Callable[[bool], tuple[Reminder, ...]] = usual_reminders
        """Those of a new meeting, or of one that takes whole days."""

    @property
    def draft(self) -> MeetingDraft:
        """The draft that is being filled in."""
        if self._draft is None:
            raise RuntimeError("no draft was begun")
        return self._draft

    def begin(
        self, draft: MeetingDraft, surroundings: Surroundings, *, read_only: bool = False
    ) -> None:
        """Take up another draft; its title follows its people unless it was written.

        One that is ``read_only`` has no problems: nobody is going to book it.
        """
        self.surroundings = surroundings
        self._read_only = read_only
        self._draft = follow_title(draft, surroundings.contacts_of(draft), title_templates())
        self.noticed.emit(None)
        self.changed.emit(self._draft)

    def problems(self) -> Sequence[Problem]:
        """What keeps the draft from being booked, in the order of the form."""
        return () if self._read_only else self.surroundings.problems(self.draft)

    def contacts(self) -> tuple[Contact, ...]:
        """The people of the draft."""
        return self.surroundings.contacts_of(self.draft)

    # What it is about

    def set_kind(self, kind: EventKind) -> None:
        """A meeting or a call; a title that nobody wrote follows."""
        self._put(replace(self.draft, kind=kind, touched=True), titled=True)

    def set_title(self, title: str) -> None:
        """The user's own title."""
        self._put(with_title(self.draft, title))

    def set_location(self, text: str) -> None:
        """A place or a link."""
        self._put(replace(self.draft, location=text, touched=True))

    def set_description(self, text: str) -> None:
        """Notes, plain text."""
        self._put(replace(self.draft, description=text, touched=True))

    def set_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """When to remind; empty: never."""
        self._put(replace(self.draft, reminders=reminders, touched=True))

    def set_priority(self, priority: Priority) -> None:
        """How important."""
        self._put(replace(self.draft, priority=priority, touched=True))

    def set_recurrence(self, rule: RecurrenceRule | None) -> None:
        """How it repeats; None: it does not."""
        self._put(replace(self.draft, recurrence=rule, touched=True))

    def set_deal(self, deal: DealId | None) -> None:
        """The deal that it is about, as the user chose it; None: no deal."""
        self._put(replace(self.draft, deal=deal, touched=True))

    def propose_deal(self, deal: DealId | None) -> None:
        """The deal that it is probably about; nobody has written anything yet."""
        if deal != self.draft.deal:
            self._put(replace(self.draft, deal=deal))

    def set_files(self, files: tuple[Attachment, ...]) -> None:
        """What is sent along."""
        self._put(replace(self.draft, files=files, touched=True))

    def set_calendar(self, calendar_id: CalendarId) -> None:
        """Where it is kept. A responsible is of one account and does not come along to another."""
        before = self.surroundings.account_of(self.draft)
        draft = replace(self.draft, calendar_id=calendar_id, touched=True)
        if self.surroundings.account_of(draft) is not before:
            draft = replace(draft, responsible=None, attendees=())
        self._put(draft)

    def set_responsible(self, user: UserId | None) -> None:
        """Who must be there; None: the contact's responsible."""
        self._put(replace(self.draft, responsible=user, touched=True))

    # Who it is with

    def add_contact(self, contact: Contact) -> None:
        """One more person; adding somebody twice changes nothing."""
        if contact.id in self.draft.contacts:
            return
        self.surroundings = self.surroundings.knowing(contact)
        people = (*self.draft.contacts, contact.id)
        self._put(self._with_people(people), titled=True)

    def remove_contact(self, contact_id: ContactId) -> None:
        """One person less."""
        people = tuple(one for one in self.draft.contacts if one != contact_id)
        self._put(self._with_people(people), titled=True)

    def _with_people(self, people: tuple[ContactId, ...]) -> MeetingDraft:
        # What was typed or decided about a missing number was about that person.
        return replace(
            self.draft,
            contacts=people,
            new_phone="",
            without_communication=False,
            touched=True,
        )

    def set_new_phone(self, number: str) -> None:
        """A number for a contact that has none."""
        draft = replace(self.draft, new_phone=number, without_communication=False, touched=True)
        self._put(draft)

    def set_without_communication(self, without: bool) -> None:
        """Record it as a calendar event, since there is no number."""
        self._put(replace(self.draft, new_phone="", without_communication=without, touched=True))

    def add_colleague(self, user: UserId) -> None:
        """One more colleague is invited."""
        if user not in self.draft.attendees:
            self._put(replace(self.draft, attendees=(*self.draft.attendees, user), touched=True))

    def remove_colleague(self, user: UserId) -> None:
        """One colleague less."""
        left = tuple(one for one in self.draft.attendees if one != user)
        self._put(replace(self.draft, attendees=left, touched=True))

    # How it is shown to others

    def set_shown_as(self, busy: bool, away: bool) -> None:
        """Whether the time is taken, and whether the user is away then."""
        self._put(replace(self.draft, busy=busy, away=away, touched=True))

    def set_private(self, private: bool) -> None:
        """Whether others see only that the time is taken."""
        self._put(replace(self.draft, private=private, touched=True))

    # When it is

    @property
    def span(self) -> TimeSpan:
        """When it is, in the draft's zone."""
        return span_of(self.draft)

    @property
    def all_day(self) -> bool:
        """Whether it takes whole days."""
        return isinstance(self.draft.when, DateSpan)

    def first_day(self) -> date:
        """The day that it begins on."""
        when = self.draft.when
        return when.first if isinstance(when, DateSpan) else self.span.start.date()

    def last_day(self) -> date:
        """The day that it ends on, as people write it: one that ends at midnight is the next."""
        when = self.draft.when
        return when.last if isinstance(when, DateSpan) else self.span.end.date()

    def set_when(self, when: When) -> None:
        """The whole time at once, as it was dragged or picked."""
        if isinstance(when, TimeSpan):
            when = when.in_zone(zone_of(self.draft))
        timed = self.draft.timed if isinstance(when, DateSpan) else None
        self._tell(None)
        self._put(replace(self.draft, when=when, timed=timed, touched=True))

    def set_start_day(self, day: date) -> None:
        """Another day; time of day and length stay."""
        self._start_at(day, self.span.start.time())

    def set_start_text(self, parsed: ParsedTime) -> bool:
        """What was typed as the start; says whether it makes one."""
        if isinstance(parsed.value, time):
            self._start_at(self.span.start.date(), parsed.value)
            return True
        if parsed.kind is TimeTextKind.RELATIVE:
            self._tell(None)
            self._put(with_start(self.draft, self.span.start.astimezone(UTC) + parsed.value))
            return True
        return False

    def set_end_day(self, day: date) -> None:
        """Another last day. One before the start makes it end on the first day that is possible."""
        if self.all_day:
            self._end_at(datetime.combine(day, time()))
            return
        self._end_at(datetime.combine(day, self.span.end.time()))

    def set_end_text(self, parsed: ParsedTime) -> bool:
        """What was typed as the end: a time, or a length from the start on."""
        span = self.span
        if isinstance(parsed.value, time):
            shorter = span.duration < _DAY
            day = span.start.date() if shorter else span.end.date()
            self._end_at(datetime.combine(day, parsed.value))
            return True
        backwards = parsed.value <= timedelta(0)
        length = span.duration + parsed.value if backwards else parsed.value
        if length <= timedelta(0):
            return False
        self.set_duration(round(length.total_seconds() / 60))
        return True

    def set_duration(self, minutes: int) -> None:
        """So long from the start on."""
        self._tell(None)
        self._put(with_duration(self.draft, minutes))

    def set_all_day(self, all_day: bool) -> None:
        """Whole days, or back to the times of day."""
        self._tell(None)
        draft = with_all_day(self.draft, all_day)
        if draft.reminders == self.usual_reminders(not all_day):
            draft = replace(draft, reminders=self.usual_reminders(all_day))
        self._put(draft)

    def set_zone(self, name: str) -> None:
        """The same wall-clock times in another zone."""
        self._tell(None)
        self._put(with_zone(self.draft, name))

    def duration_min(self) -> int:
        """Minutes from start to end; 0 for whole days."""
        return 0 if self.all_day else round(self.span.duration.total_seconds() / 60)

    def _start_at(self, day: date, clock: time) -> None:
        clock = clock.replace(tzinfo=None, fold=0)
        start = resolve_wall_time(datetime.combine(day, clock), zone_of(self.draft))
        self._put(with_start(self.draft, start))
        skipped = not self.all_day and start.time().replace(fold=0) != clock
        self._tell(Notice.SKIPPED_HOUR if skipped else None)

    def _end_at(self, wall: datetime) -> None:
        wall = wall.replace(tzinfo=None, fold=0)
        change = with_end(self.draft, resolve_wall_time(wall, zone_of(self.draft)))
        self._put(change.draft)
        self._tell(Notice.END_MOVED if change.moved else None)

    def _tell(self, notice: Notice | None) -> None:
        self.noticed.emit(notice)

    def _put(self, draft: MeetingDraft, *, titled: bool = False) -> None:
        if titled:
            contacts = self.surroundings.contacts_of(draft)
            draft = follow_title(draft, contacts, title_templates())
        before = self._draft
        if before is not None and before.when != draft.when and draft.event_id is None:
            zones = zone_of(before), zone_of(draft)
            rule = following(draft.recurrence, before.when, draft.when, zones)
            draft = replace(draft, recurrence=rule)
        if draft != self._draft:
            self._draft = draft
            self.changed.emit(draft)
