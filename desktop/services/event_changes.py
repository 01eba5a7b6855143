"""What the user's actions mean for events: which records change, and how. All pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from desktop.domain.account import Account, AccountKind
from desktop.domain.booking import event_from_draft, keeps_rule, main_contact
from desktop.domain.contact import Contact, Phone
from desktop.domain.errors import Field, InvalidInputError, ReadOnlyError
from desktop.domain.event import Calendar, Event, Participation
from desktop.domain.ids import ContactId, EventId, RecordKind
from desktop.domain.meeting import MeetingDraft
from desktop.domain.repeating import zone_or_utc
from desktop.domain.series import (
    exception_following,
    exception_of,
    series_moved,
    without_occurrence,
)
from desktop.domain.timespan import TimeSpan, When
from desktop.services.steps import RecordChange


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event is or goes."""

    account: Account
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an action is about: an event, and of a series perhaps one occurrence only."""

    event: Event
    place: Place
    occurrence: When | None = None
    """When the occurrence is shown; None: the event itself."""
    original_start: date | datetime | None = None
    """Which of the series is meant; None: all of it."""

    @property
    def one_of_series(self) -> bool:
        """Whether one occurrence is meant and the others stay."""
        return self.event.recurrence is not None and self.original_start is not None


def require_writable(chosen: Chosen) -> None:
    """Raises `ReadOnlyError` where the event cannot be changed through its account."""
    account = chosen.place.account
    server = account.kind is not AccountKind.LOCAL
    # A part of a server's series is changed by a request of its own: see `SeriesService`.
    part = server and chosen.one_of_series
    locked = server and chosen.event.recurring and not account.capabilities.series
    if chosen.event.read_only or not chosen.place.calendar.lets_change or part or locked:
        raise ReadOnlyError


def _following(chosen: Chosen, when: When, exceptions: Sequence[Event]) -> tuple[RecordChange, ...]:
    """The exceptions of a series that moves stand in for the same occurrences as before."""
    shown = chosen.occurrence or chosen.event.when
    pairs = [(one, exception_following(one, chosen.event, shown, when)) for one in exceptions]
    return tuple(_changed(before, after) for before, after in pairs if before != after)


def _require_storable(event: Event, place: Place) -> None:
    """An activity of a CRM has hours, and some calendars know no whole days."""
    whole_days = event.record is RecordKind.EVENT and place.account.capabilities.all_day
    if event.all_day and not whole_days:
        raise InvalidInputError(Field.START, "no all-day events")


def require_rule(before: Event, after: Event, place: Place) -> None:
    """A rule that was chosen anew must be one that the account can keep: `InvalidInputError`."""
    rule = after.recurrence
    if rule is None or rule == before.recurrence:
        return
    if after.record is not RecordKind.EVENT:
        raise InvalidInputError(Field.REPEAT, "no series")
    if not keeps_rule(place.account, rule, after.when, zone_or_utc(after.time_zone)):
        raise InvalidInputError(Field.REPEAT, "not storable")


def created(event: Event) -> RecordChange:
    """A new event."""
    return RecordChange(event.account_id, event.id, None, event)


def booked(
    draft: MeetingDraft, place: Place, contacts: Sequence[Contact], event_id: EventId
) -> tuple[RecordChange, ...]:
    """A new draft as an event, after the phone number that was typed for its contact."""
    event = event_from_draft(
        draft,
        event_id=event_id,
        calendar=place.calendar,
        contacts=contacts,
        account=place.account,
    )
    return (*phone_added(draft, event.contacts, contacts), created(event))


def edited(
    draft: MeetingDraft,
    chosen: Chosen,
    target: Place,
    contacts: Sequence[Contact],
    new_id: EventId,
    exceptions: Sequence[Event] = (),
) -> tuple[RecordChange, ...]:
    """An event as its draft wants it now; in another account it is made anew and goes here.

    ``exceptions`` are those of its series, which go with it.
    """
    event = chosen.event
    after = event_from_draft(
        draft,
        event_id=event.id,
        calendar=target.calendar,
        contacts=contacts,
        account=target.account,
        edited=event,
    )
    phone = phone_added(draft, after.contacts, contacts)
    if target.account.id != event.account_id:
        return (
            *booked(_as_new(draft, target, contacts), target, contacts, new_id),
            *removed(chosen, exceptions),
        )
    _require_storable(after, target)
    require_rule(event, after, target)
    if chosen.one_of_series and chosen.original_start is not None:
        alone = exception_of(after, chosen.original_start, after.when, new_id)
        return (*phone, created(alone))
    if event.recurrence is not None and event.all_day == after.all_day:
        shown, wanted = chosen.occurrence or event.when, after.when
        series = series_moved(event, shown, wanted)
        after = replace(
            after,
            when=series.when,
            recurrence=series.recurrence,
            excluded_dates=series.excluded_dates,
        )
        phone = (*phone, *_following(chosen, wanted, exceptions))
    return phone if after == event else (*phone, _changed(event, after))


def moved(
    chosen: Chosen, when: When, new_id: EventId, exceptions: Sequence[Event] = ()
) -> tuple[RecordChange, ...]:
    """The event, one of the series or the whole series at another time."""
    event = chosen.event
    when = when.in_zone(UTC) if isinstance(when, TimeSpan) else when
    if chosen.one_of_series and chosen.original_start is not None:
        return (created(exception_of(event, chosen.original_start, when, new_id)),)
    if event.recurrence is not None:
        after = series_moved(event, chosen.occurrence or event.when, when)
        following = _following(chosen, when, exceptions)
        return () if after == event else (_changed(event, after), *following)
    after = event.moved_to(when)
    _require_storable(after, chosen.place)
    return () if after == event else (_changed(event, after),)


def removed(chosen: Chosen, exceptions: Sequence[Event] = ()) -> tuple[RecordChange, ...]:
    """The event gone, with the ``exceptions`` of a whole series; or the series without one."""
    event = chosen.event
    if chosen.one_of_series and chosen.original_start is not None:
        return (_changed(event, without_occurrence(event, chosen.original_start)),)
    return tuple(RecordChange(one.account_id, one.id, one, None) for one in (event, *exceptions))


def exception_removed(master: Event, exception: Event) -> tuple[RecordChange, ...]:
    """One occurrence that was edited alone gone for good: the series must not show it again."""
    gone = RecordChange(exception.account_id, exception.id, exception, None)
    if exception.original_start is None:
        return (gone,)
    after = without_occurrence(master, exception.original_start)
    return (gone,) if after == master else (gone, _changed(master, after))


def copied(event: Event, when: When, new_id: EventId) -> RecordChange:
    """A single event like this one at another time. Answers of those invited are not copied.

    A copy of somebody else's meeting is the user's own, and invites nobody.
    """
    theirs = event.participation not in (None, Participation.ORGANIZER)
    attendees = tuple(
        one
        if one.participation is Participation.ORGANIZER
        else replace(one, participation=Participation.NEEDS_ACTION)
        for one in event.attendees
    )
    return created(
        replace(
            event,
            id=new_id,
            when=when.in_zone(UTC) if isinstance(when, TimeSpan) else when,
            attendees=() if theirs else attendees,
            organizer=None if theirs else event.organizer,
            participation=None if theirs else event.participation,
            recurrence=None,
            excluded_dates=(),
            series_id=None,
            original_start=None,
            completed=False,
            read_only=False,
            uid="",
            files=tuple(one for one in event.files if one.content),
        )
    )


def _as_new(draft: MeetingDraft, place: Place, contacts: Sequence[Contact]) -> MeetingDraft:
    """An event's draft as one for another account: whoever cannot be reached gets no activity."""
    main = main_contact(draft, contacts, place.account.id)
    silent = main is not None and not main.reachable and not draft.new_phone.strip()
    return replace(draft, event_id=None, without_communication=silent)


def _changed(before: Event, after: Event) -> RecordChange:
    return RecordChange(before.account_id, before.id, before, after)


def phone_added(
    draft: MeetingDraft, event_contacts: Sequence[ContactId], contacts: Sequence[Contact]
) -> tuple[RecordChange, ...]:
    """The number that was typed, for the first of the people."""
    number = draft.new_phone.strip()
    known = {contact.id: contact for contact in contacts}
    main = known.get(event_contacts[0]) if event_contacts else None
    if not number or main is None or any(phone.value == number for phone in main.phones):
        return ()
    after = replace(main, phones=(*main.phones, Phone(number)))
    return (RecordChange(main.account_id, main.id, main, after),)
