"""OutcomeService: what became of a meeting is noted, its activity closed, the next step begun."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.account import Account, AccountKind
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.drafting import ENGLISH_TITLES, TitleTemplates, follow_title
from desktop.domain.errors import NotFoundError, ReadOnlyError
from desktop.domain.event import CalendarEntry, Event, EventKind
from desktop.domain.ids import CalendarId, CommentId, DraftId, EventId, new_uid
from desktop.domain.meeting import MeetingDraft
from desktop.domain.outcome import (
    Outcome,
    OutcomeReport,
    awaits_outcome,
    can_close,
    concluded,
    days_later,
)
from desktop.domain.timespan import TimeSpan
from desktop.services.agenda import Agenda
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.settings import NOTED_OUTCOMES, names_from, names_to
from desktop.services.steps import History, RecordChange, StepCode
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

OriginalStart = date | datetime
_LOOK_BACK = timedelta(days=7)
_REMEMBERED = 200


def _english() -> TitleTemplates:
    return ENGLISH_TITLES


@dataclass(frozen=True, slots=True)
class OutcomeSubject:
    """A meeting whose outcome can be noted, and where the words about it go."""

    entry: CalendarEntry
    original_start: OriginalStart | None = None
    contact: Contact | None = None
    """Whose timeline gets the words; None: there is none, or it takes no comments."""
    in_text: bool = False
    """The words are written into the meeting's notes instead."""
    movable: bool = True
    """Whether it can be put at another time."""
    local: bool = False
    """It is kept on this computer, which can close everything."""

    @property
    def event(self) -> Event:
        """The meeting."""
        return self.entry.event


@dataclass(frozen=True, slots=True)
class Noted:
    """What is left to do for the user: a draft of the next step that waits to be booked."""

    follow_up: MeetingDraft | None = None


class OutcomeService:
    """Durable at once, sent when there is a network; one step of undo for all of it."""

    def __init__(
        self,
        files: StoreFiles,
        agenda: Agenda,
        undo: History,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        titles: Callable[[], TitleTemplates] = _english,
    ) -> None:
        self._files = files
        self._agenda = agenda
        self._undo = undo
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._titles = titles

    async def subject(
        self, event_id: EventId, original_start: OriginalStart | None = None
    ) -> OutcomeSubject:
        """The meeting as its outcome is asked for. Raises `NotFoundError`, and `ReadOnlyError`
        where nothing of an outcome could be kept anywhere.
        """
        entry = await self._agenda.entry(event_id, original_start)
        event = entry.event
        account = await self._account(event)
        local = account.kind is AccountKind.LOCAL
        contact = await self._noted_with(event, account)
        writable = not event.read_only and not event.recurring
        in_text = contact is None and writable
        if contact is None and not in_text and not can_close(event, local=local):
            raise ReadOnlyError
        return OutcomeSubject(
            entry, original_start, contact, in_text, movable=writable, local=local
        )

    async def latest(self) -> OutcomeSubject | None:
        """The last meeting or call that began within a week and that nobody has closed."""
        now = self._clock()
        span = TimeSpan(now - _LOOK_BACK, now + timedelta(minutes=1))
        entries = await self._agenda.stored(span)
        noted = await self._files.own.read(_noted)
        for entry in sorted(entries, key=_start, reverse=True):
            event = entry.event
            if _key(entry) in noted or not isinstance(entry.when, TimeSpan):
                continue  # an event of a CRM's calendar bears no mark that it was closed
            if awaits_outcome(event, entry.when, now):
                try:
                    return await self.subject(event.id, entry.occurrence.original_start)
                except ReadOnlyError:
                    continue
        return None

    async def next_slot(self, subject: OutcomeSubject, days: int) -> TimeSpan:
        """The first free slot from the same time of day on, so many days later, as long as it."""
        wanted = days_later(subject.event, days, self._zone)
        now = self._clock()
        if wanted.start.astimezone(UTC) <= now:
            wanted = wanted.starting(wanted.start + timedelta(days=(now - wanted.start).days + 1))
        minutes = max(1, round(wanted.duration.total_seconds() / 60))
        found = await self._agenda.free_slots(wanted.start, minutes, 1, ignoring=subject.event.id)
        return found[0] if found else wanted

    async def note(self, subject: OutcomeSubject, report: OutcomeReport) -> Noted:
        """Closes or moves the meeting, notes the words, and begins the draft of the next step.

        All of it is one transaction and one step of undo. Raises `NotFoundError`, `StoreFullError`.
        """
        event = (await self._agenda.entry(subject.event.id, subject.original_start)).event
        after = concluded(event, report, in_text=subject.in_text, local=subject.local)
        changes = []
        if after != event:
            changes.append(RecordChange(event.account_id, event.id, event, after))
        if subject.contact is not None and report.text:
            changes.append(await self._comment(subject.contact, event, report.text))
        follow_up = await self._follow_up(event, report)

        def also(own: OwnTables) -> None:
            if after == event:
                key = _key(subject.entry)
                newest = [one for one in _noted(own) if one != key][-_REMEMBERED:]
                own.settings.put(NOTED_OUTCOMES, names_to([*newest, key]))
            if follow_up is not None:
                own.drafts.put(follow_up)

        await self._undo.perform(StepCode.OUTCOME, event.summary, changes, also)
        if follow_up is not None:
            self._feed.publish(Topic.DRAFTS, follow_up.id)
        return Noted(follow_up)

    async def _comment(self, contact: Contact, event: Event, text: str) -> RecordChange:
        account = await self._files.own.read(lambda own: own.accounts.get(contact.account_id))
        comment = Comment(
            id=CommentId(new_uid()),
            account_id=contact.account_id,
            contact=contact.id,
            text=text,
            author=None if account is None else account.user_id,
            made_at=self._clock(),
            about=event.id,
        )
        return RecordChange(contact.account_id, comment.id, None, comment)

    async def _follow_up(self, event: Event, report: OutcomeReport) -> MeetingDraft | None:
        when = report.next_when
        if when is None or report.outcome is Outcome.MOVED:
            return None
        people = await self._files.cache.read(lambda cache: cache.contacts.many(event.contacts))
        known = tuple(people[one] for one in event.contacts if one in people)
        draft = MeetingDraft(
            id=DraftId(new_uid()),
            when=when.in_zone(self._zone),
            time_zone=self._zone.key,
            calendar_id=await self._calendar(event),
            kind=event.kind if event.kind is not EventKind.EVENT else EventKind.MEETING,
            contacts=tuple(one.id for one in known),
            deal=event.deal,
            touched=True,
            updated_at=self._clock(),
        )
        return follow_title(draft, known, self._titles())

    async def _calendar(self, event: Event) -> CalendarId | None:
        """Where the next one goes: into the same calendar, or a writable one of its account."""
        calendars = [one for one in await self._agenda.calendars() if one.writable]
        own = [one for one in calendars if one.account_id == event.account_id]
        ranked = sorted(own, key=lambda one: (one.id != event.calendar_id, not one.is_default))
        return ranked[0].id if ranked else None

    async def _noted_with(self, event: Event, account: Account) -> Contact | None:
        """The first of its people whose timeline takes comments."""
        local = account.kind is AccountKind.LOCAL
        if not local and not account.capabilities.timeline:
            return None
        people = await self._files.cache.read(lambda cache: cache.contacts.many(event.contacts))
        known = (people[one] for one in event.contacts if one in people)
        return next((one for one in known if one.account_id == event.account_id), None)

    async def _account(self, event: Event) -> Account:
        account = await self._files.own.read(lambda own: own.accounts.get(event.account_id))
        if account is None:
            raise NotFoundError
        return account


def _key(entry: CalendarEntry) -> str:
    """What names one event, or one occurrence of a series."""
    original = entry.occurrence.original_start
    return entry.event.id if original is None else f"{original.isoformat()} {entry.event.id}"


def _noted(own: OwnTables) -> tuple[str, ...]:
    """Events whose outcome was noted although they bear no mark of it, the newest last."""
    return tuple(names_from(own.settings.get(NOTED_OUTCOMES)))


def _start(entry: CalendarEntry) -> datetime:
    return entry.when.in_zone(UTC).start
