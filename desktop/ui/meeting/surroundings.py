"""What a draft is judged and shown with: accounts, calendars, colleagues, its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.account import Account, Capabilities, User
from desktop.domain.booking import Problem, main_contact, problems
from desktop.domain.contact import Contact
from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId, CalendarId, ContactId
from desktop.domain.meeting import MeetingDraft


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A snapshot, taken when the dialog opens. ``people`` grows as contacts are added."""

    accounts: tuple[Account, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    users: Mapping[AccountId, tuple[User, ...]] = field(default_factory=dict)
    people: Mapping[ContactId, Contact] = field(default_factory=dict)
    rooms: tuple[Calendar, ...] = ()

    def knowing(self, *contacts: Contact) -> "Surroundings":
        """The same with more people known."""
        return replace(self, people={**self.people, **{one.id: one for one in contacts}})

    def contacts_of(self, draft: MeetingDraft) -> tuple[Contact, ...]:
        """The people of a draft that exist, in its order."""
        return tuple(self.people[one] for one in draft.contacts if one in self.people)

    def calendar(self, calendar_id: CalendarId | None) -> Calendar | None:
        """The calendar of that id."""
        return next((one for one in self.calendars if one.id == calendar_id), None)

    def account(self, account_id: AccountId | None) -> Account | None:
        """The account of that id."""
        return next((one for one in self.accounts if one.id == account_id), None)

    def account_of(self, draft: MeetingDraft) -> Account | None:
        """The account that the draft's calendar belongs to."""
        calendar = self.calendar(draft.calendar_id)
        return None if calendar is None else self.account(calendar.account_id)

    def capabilities(self, draft: MeetingDraft) -> Capabilities:
        """What the draft's account can store; everything where there is none yet."""
        account = self.account_of(draft)
        return Capabilities() if account is None else account.capabilities

    def users_of(self, draft: MeetingDraft) -> tuple[User, ...]:
        """The colleagues on the draft's account."""
        account = self.account_of(draft)
        return () if account is None else tuple(self.users.get(account.id, ()))

    def rooms_of(self, draft: MeetingDraft) -> tuple[str, ...]:
        """The names of the meeting rooms of the draft's account."""
        account = self.account_of(draft)
        if account is None:
            return ()
        return tuple(one.name for one in self.rooms if one.account_id == account.id)

    def room_of(self, draft: MeetingDraft) -> Calendar | None:
        """The meeting room that the draft's place names."""
        account, folded = self.account_of(draft), draft.location.strip().casefold()
        own = (one for one in self.rooms if account is not None and one.account_id == account.id)
        return next((one for one in own if folded and one.name.casefold() == folded), None)

    def main_contact(self, draft: MeetingDraft) -> Contact | None:
        """Whose record the meeting becomes."""
        account = self.account_of(draft)
        if account is None:
            return None
        return main_contact(draft, self.contacts_of(draft), account.id)

    def problems(self, draft: MeetingDraft) -> Sequence[Problem]:
        """What keeps the draft from being booked, in the order of the form."""
        return problems(draft, self.contacts_of(draft), self.account_of(draft), self.calendars)
