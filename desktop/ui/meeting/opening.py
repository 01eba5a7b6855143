"""What has to be read before the dialog can be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.contact import Contact
from desktop.domain.errors import NotFoundError
from desktop.domain.event import CalendarEntry
from desktop.domain.ids import ContactId
from desktop.domain.meeting import MeetingDraft
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Opening:
    """A draft with all that it is shown with; of an event that exists also its entry."""

    draft: MeetingDraft
    surroundings: Surroundings
    entry: CalendarEntry | None = None
    original_start: date | datetime | None = None
    remark: str = ""
    """What to know about the event before it is changed, or why it cannot be."""
    read_only: bool = False


async def surroundings_of(draft: MeetingDraft, parts: FormParts) -> Surroundings:
    """Accounts, calendars, colleagues and the draft's people, as they are stored now."""
    accounts = await parts.accounts.all()
    calendars = await parts.schedule.calendars()
    users = {
        one.id: await parts.schedule.users(one.id)
        for one in accounts
        if one.capabilities.responsible or one.capabilities.attendees
    }
    people = [await _found(contact_id, parts) for contact_id in draft.contacts]
    known = {one.id: one for one in people if one is not None}
    rooms = await parts.schedule.rooms()
    return Surroundings(accounts, calendars, users, known, rooms)


async def _found(contact_id: ContactId, parts: FormParts) -> Contact | None:
    try:
        return await parts.contacts.get(contact_id)
    except NotFoundError:
        return None
