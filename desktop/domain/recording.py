"""How a CRM keeps a booked meeting: the ways there are, and which one a draft takes. All pure."""

from dataclasses import replace

from desktop.domain.account import Account, AccountKind
from desktop.domain.contact import Contact
from desktop.domain.event import Calendar, CalendarKind, EventKind, Recording
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import DateSpan


def ways(account: Account) -> tuple[Recording, ...]:
    """The ways that an account can record a booking in, the one to choose by itself first."""
    if account.kind is AccountKind.LOCAL:
        return ()
    # An account that was not asked yet can what every release could.
    return account.capabilities.recordings or (Recording.ACTIVITY, Recording.EVENT)


def way_of(account: Account) -> Recording | None:
    """The way that the user chose, as long as the account can do it; else the first."""
    able = ways(account)
    if account.recording in able:
        return account.recording
    return able[0] if able else None


def recording_of(
    draft: MeetingDraft, main: Contact | None, account: Account, calendar: Calendar | None = None
) -> Recording | None:
    """How a new draft is recorded; ``main`` is the contact whose record it becomes, ``calendar``
    the draft's where that is known: what stands in the calendar of a group or of the company can
    only be an event there.

    None: it is nobody's record, only an event of a calendar. What only a calendar event can keep
    makes it one, linked with the contact: whole days, a series, colleagues, "free", "private".
    """
    if account.kind is AccountKind.LOCAL or main is None:
        return None
    if calendar is not None and calendar.kind in (CalendarKind.GROUP, CalendarKind.COMPANY):
        return Recording.EVENT
    if draft.kind is EventKind.EVENT or draft.without_communication or needs_event(draft):
        return Recording.EVENT
    return way_of(account)


def needs_event(draft: MeetingDraft) -> bool:
    """Whether the draft asks for something that no activity of a CRM can keep."""
    return (
        isinstance(draft.when, DateSpan)
        or draft.recurrence is not None
        or bool(draft.attendees)
        or not draft.busy
        or draft.away
        or draft.private
    )


def without_event_needs(draft: MeetingDraft) -> MeetingDraft:
    """The draft without what only an event of a calendar can keep, but for its times."""
    return replace(draft, attendees=(), busy=True, away=False, private=False)


def told_in_text(recording: Recording | None) -> bool:
    """Whether length, place and importance stand in the text, as the CRM has no fields for them."""
    return recording is Recording.TODO
