"""From a draft to an event and back, and what still stands between them. All pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import TypedDict
from zoneinfo import ZoneInfo

from desktop.domain.account import Account, AccountKind
from desktop.domain.contact import Contact
from desktop.domain.errors import Field
from desktop.domain.event import (
    Attendee,
    Calendar,
    Event,
    EventKind,
    Participation,
    Recording,
)
from desktop.domain.ids import AccountId, ContactId, DraftId, EventId, RecordKind, UserId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.recording import recording_of
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.repeating import dates, first_day, settled, storable, zone_or_utc
from desktop.domain.timespan import DateSpan, TimeSpan, When

LONGEST_TITLE = 255
_FEWEST_DIGITS = 5
"""Fewer digits are no telephone number anywhere."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a draft from being booked: the input to mend, and a short code."""

    field: Field
    code: str


def problems(
    draft: MeetingDraft,
    contacts: Sequence[Contact],
    account: Account | None,
    calendars: Sequence[Calendar],
) -> tuple[Problem, ...]:
    """What is wrong with a draft, in the order of the form; empty: it can be booked.

    ``contacts`` are those of the draft that exist, ``account`` the one that its calendar belongs
    to. Codes: TITLE "empty", "too long"; CONTACT "unreachable" (a record in a CRM needs a phone
    number or an e-mail address), "no phone" (a call needs a number), "read only" (the number that
    was typed cannot be stored with the contact); PHONE "not a number";
    START "no all-day events"; TIME_ZONE "unknown"; REPEAT "never" (its end is before it begins),
    "no series", "not storable" (the CRM has no such rules, asked of new drafts only); CALENDAR
    "missing", "none" (there is none that can be written), "read only", "no calls".
    """
    return (
        *_title_problems(draft),
        *_contact_problems(draft, contacts, account, calendars),
        *_time_problems(draft, account),
        *_repeat_problems(draft, account),
        *_calendar_problems(draft, account, calendars),
    )


def main_contact(
    draft: MeetingDraft, contacts: Sequence[Contact], account_id: AccountId
) -> Contact | None:
    """Whose record the meeting becomes: the first of the draft's people whom the account knows."""
    known = {contact.id: contact for contact in contacts if contact.account_id == account_id}
    return next((known[uid] for uid in draft.contacts if uid in known), None)


def record_kind(
    draft: MeetingDraft,
    contacts: Sequence[Contact],
    account: Account,
    calendar: Calendar | None = None,
) -> RecordKind:
    """What a new draft becomes there: an activity of a CRM contact, or an event of a calendar."""
    how = recording_of(draft, main_contact(draft, contacts, account.id), account, calendar)
    return RecordKind.EVENT if how in (None, Recording.EVENT) else RecordKind.ACTIVITY


def event_from_draft(
    draft: MeetingDraft,
    *,
    event_id: EventId,
    calendar: Calendar,
    contacts: Sequence[Contact],
    account: Account,
    edited: Event | None = None,
) -> Event:
    """The event that a draft asks for; of an ``edited`` one everything that has no input is kept.

    Its times are told in UTC, its zone is the draft's. The account's own contact comes first.
    """
    record = record_kind(draft, contacts, account, calendar) if edited is None else edited.record
    main = main_contact(draft, contacts, account.id)
    how = recording_of(draft, main, account, calendar) if edited is None else edited.recorded_as
    rule, when = draft.recurrence, draft.when
    if rule is not None and rule != (None if edited is None else edited.recurrence):
        rule, when = settled(rule, when, zone_or_utc(draft.time_zone))
    fresh = edited or Event(event_id, account.id, calendar.id, "", draft.when)
    return replace(
        fresh,
        id=event_id,
        account_id=account.id,
        calendar_id=calendar.id,
        summary=" ".join(draft.title.split()),
        when=_in_utc(when),
        kind=draft.kind,
        record=record,
        time_zone=draft.time_zone,
        location=draft.location.strip(),
        description=draft.description.strip(),
        reminders=draft.reminders,
        priority=draft.priority,
        contacts=_main_first(draft.contacts, main),
        responsible=draft.responsible,
        recurrence=rule,
        recorded_as=how,
        deal=draft.deal,
        files=draft.files,
        **_invitation(draft, fresh, account),
        busy=draft.busy,
        away=draft.away,
        private=draft.private,
    )


def draft_from_event(
    event: Event, *, draft_id: DraftId, when: When | None = None, now: datetime
) -> MeetingDraft:
    """A draft that edits ``event``; ``when`` is the time of the occurrence that was opened."""
    zone = ZoneInfo(event.time_zone)
    shown = when or event.when
    return MeetingDraft(
        id=draft_id,
        when=shown.in_zone(zone) if isinstance(shown, TimeSpan) else shown,
        time_zone=event.time_zone,
        calendar_id=event.calendar_id,
        kind=event.kind,
        title=event.summary,
        title_edited=True,
        contacts=event.contacts,
        location=event.location,
        description=event.description,
        reminders=event.reminders,
        priority=event.priority,
        responsible=event.responsible,
        event_id=event.id,
        without_communication=event.record is RecordKind.EVENT,
        recurrence=event.recurrence,
        updated_at=now,
        attendees=tuple(one.user for one in event.attendees if _colleague(one) and one.user),
        deal=event.deal,
        files=event.files,
        busy=event.busy,
        away=event.away,
        private=event.private,
    )


def _colleague(attendee: Attendee) -> bool:
    """Whether the dialog can invite and uninvite them: whoever calls the meeting is always there,
    and whoever is known by address only is no colleague.
    """
    return attendee.user is not None and attendee.participation is not Participation.ORGANIZER


class _Invitation(TypedDict):
    """The fields of an event that tell who is invited and by whom."""

    attendees: tuple[Attendee, ...]
    organizer: UserId | None
    participation: Participation | None


def _invitation(draft: MeetingDraft, before: Event, account: Account) -> _Invitation:
    """The draft's colleagues, each with the answer given so far, after those who stay anyway.

    Whoever invites the first colleague calls the meeting, and is there.
    """
    known = {one.user: one for one in before.attendees if _colleague(one)}
    stay = tuple(one for one in before.attendees if not _colleague(one))
    invited = tuple(known.get(user, Attendee(user)) for user in draft.attendees)
    organizer, mine = before.organizer, before.participation
    if invited and mine is None and account.user_id is not None:
        organizer, mine = account.user_id, Participation.ORGANIZER
        stay = (Attendee(organizer, participation=mine), *stay)
    return {"attendees": stay + invited, "organizer": organizer, "participation": mine}


def _title_problems(draft: MeetingDraft) -> Iterator[Problem]:
    title = " ".join(draft.title.split())
    if not title:
        yield Problem(Field.TITLE, "empty")
    elif len(title) > LONGEST_TITLE:
        yield Problem(Field.TITLE, "too long")


def _contact_problems(
    draft: MeetingDraft,
    contacts: Sequence[Contact],
    account: Account | None,
    calendars: Sequence[Calendar],
) -> Iterator[Problem]:
    if draft.new_phone.strip() and sum(map(str.isdecimal, draft.new_phone)) < _FEWEST_DIGITS:
        yield Problem(Field.PHONE, "not a number")
        return
    main = None if account is None else main_contact(draft, contacts, account.id)
    if account is None or main is None or draft.event_id is not None:
        return
    if recording_of(draft, main, account, _calendar(draft, calendars)) is not Recording.ACTIVITY:
        return  # no other way of recording asks how somebody is reached
    if draft.new_phone.strip():
        if main.read_only or not account.capabilities.edit_contacts:
            yield Problem(Field.CONTACT, "read only")
    elif not main.reachable:
        yield Problem(Field.CONTACT, "unreachable")
    elif draft.kind is EventKind.CALL and not any(p.value.strip() for p in main.phones):
        yield Problem(Field.CONTACT, "no phone")


def _time_problems(draft: MeetingDraft, account: Account | None) -> Iterator[Problem]:
    all_day = isinstance(draft.when, DateSpan)
    if all_day and account is not None and not account.capabilities.all_day:
        yield Problem(Field.START, "no all-day events")
    try:
        ZoneInfo(draft.time_zone)
    except (KeyError, ValueError):
        yield Problem(Field.TIME_ZONE, "unknown")


def _repeat_problems(draft: MeetingDraft, account: Account | None) -> Iterator[Problem]:
    rule = draft.recurrence
    if rule is None or account is None:
        return
    zone = zone_or_utc(draft.time_zone)
    if next(dates(rule, draft.when, zone), None) is None:
        yield Problem(Field.REPEAT, "never")
    if account.kind is not AccountKind.LOCAL and not account.capabilities.series:
        yield Problem(Field.REPEAT, "no series")
    elif draft.event_id is None and not keeps_rule(account, rule, draft.when, zone):
        yield Problem(Field.REPEAT, "not storable")


def keeps_rule(account: Account, rule: RecurrenceRule, when: When, zone: tzinfo) -> bool:
    """Whether the account can keep a rule that begins with ``when``."""
    if account.kind is not AccountKind.BITRIX24:
        return True
    kept, first = settled(rule, when, zone)
    return storable(kept, first_day(first, zone))


def _calendar_problems(
    draft: MeetingDraft, account: Account | None, calendars: Sequence[Calendar]
) -> Iterator[Problem]:
    calendar = _calendar(draft, calendars)
    if calendar is None or account is None:
        some = any(one.writable for one in calendars)
        yield Problem(Field.CALENDAR, "missing" if some else "none")
    elif not _lets_keep(draft, calendar) or not account.capabilities.create_events:
        yield Problem(Field.CALENDAR, "read only")
    elif draft.kind is EventKind.CALL and not account.capabilities.calls:
        yield Problem(Field.CALENDAR, "no calls")


def _lets_keep(draft: MeetingDraft, calendar: Calendar) -> bool:
    return calendar.writable if draft.event_id is None else calendar.lets_change


def _calendar(draft: MeetingDraft, calendars: Sequence[Calendar]) -> Calendar | None:
    return next((one for one in calendars if one.id == draft.calendar_id), None)


def _main_first(contacts: tuple[ContactId, ...], main: Contact | None) -> tuple[ContactId, ...]:
    if main is None:
        return contacts
    return (main.id, *(contact for contact in contacts if contact != main.id))


def _in_utc(when: When) -> When:
    return when.in_zone(UTC) if isinstance(when, TimeSpan) else when
