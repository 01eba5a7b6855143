"""SeriesService: what a change of one of a series may reach, and the change itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from desktop.domain.account import AccountKind
from desktop.domain.booking import event_from_draft, problems
from desktop.domain.errors import Field, InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.event import Event
from desktop.domain.ids import EventId, new_uid
from desktop.domain.meeting import MeetingDraft
from desktop.domain.reach import Affected, Reach, affected, next_after, occurrence_on
from desktop.domain.recurrence import RecurrenceRule
from desktop.domain.timespan import When
from desktop.services import series_changes
from desktop.services.agenda import Agenda
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.event_changes import Place, created, phone_added, require_rule
from desktop.services.series_changes import SeriesChoice
from desktop.services.steps import History, RecordChange, StepCode
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

OriginalStart = date | datetime


class SeriesAct(Enum):
    """What the user wants to do to one of a series."""

    EDIT = "edit"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """What has to be asked before one of a series is changed."""

    act: SeriesAct
    event_id: EventId
    original_start: OriginalStart
    title: str
    time_zone: str
    """The wall clock that the series follows."""
    choices: tuple[Affected, ...]
    """Those that are possible, the nearest first."""
    divided: bool = False
    """The server cannot change one of it alone: the series would be divided there."""
    server: str = ""
    """What the user calls the account; empty for this computer."""

    def about_rule(self, rule: RecurrenceRule | None) -> "SeriesQuestion":
        """The same about another rule: one alone has none, and what ends does so from here on."""
        wanted = (Reach.FOLLOWING,) if rule is None else (Reach.FOLLOWING, Reach.ALL)
        return replace(self, choices=tuple(one for one in self.choices if one.reach in wanted))

    def choice(self, reach: Reach) -> Affected | None:
        """What a reach touches; None where it is not offered."""
        return next((one for one in self.choices if one.reach is reach), None)


class SeriesService:
    """Writes the outbox; never waits for a server. Each change is one step of the history."""

    def __init__(
        self,
        files: StoreFiles,
        agenda: Agenda,
        history: History,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
    ) -> None:
        self._files = files
        self._agenda = agenda
        self._history = history
        self._feed = feed
        self._clock = clock

    async def question(
        self, event_id: EventId, original_start: OriginalStart | None, act: SeriesAct
    ) -> SeriesQuestion | None:
        """What to ask; None where the event is no series, or was changed alone already and only
        itself is edited. Raises `NotFoundError`, `ReadOnlyError`.
        """
        event = await self._event(event_id)
        original = original_start if event.series_id is None else event.original_start
        if not event.recurring or original is None:
            return None
        if event.series_id is not None and (
            act is not SeriesAct.DELETE or await self._find(event.series_id) is None
        ):
            return None
        choice = await self._choice(event_id, original)
        return await self._asked(choice, event, act)

    async def move(
        self,
        event_id: EventId,
        original_start: OriginalStart,
        when: When,
        reach: Reach,
        *,
        keep: bool = True,
    ) -> EventId:
        """Puts the occurrence at another time, with those that ``reach`` names; gives the id of
        the event that is there then. ``keep``: those that were changed alone stay as they are.

        Raises `NotFoundError`, `ReadOnlyError`.
        """
        choice = await self._choice(event_id, original_start)
        wanted = replace(choice.master, when=when)
        return await self._change(StepCode.MOVED, choice, wanted, reach, keep=keep)

    async def save(
        self,
        draft: MeetingDraft,
        original_start: OriginalStart,
        reach: Reach,
        *,
        keep: bool = True,
    ) -> EventId:
        """Changes the occurrence as its draft says, with those that ``reach`` names.

        Raises `InvalidInputError`, `NotFoundError`, `ReadOnlyError`, `StoreFullError`.
        """
        if draft.event_id is None:
            raise NotFoundError
        choice = await self._choice(draft.event_id, original_start)
        found = await self._files.cache.read(lambda cache: cache.contacts.many(draft.contacts))
        contacts = tuple(found[one] for one in draft.contacts if one in found)
        place = await self._place(draft)
        wrong = problems(draft, contacts, place.account, (place.calendar,))
        if wrong:
            raise InvalidInputError(wrong[0].field, wrong[0].code)
        if place.account.id != choice.master.account_id:
            raise InvalidInputError(Field.CALENDAR, "series stays")
        wanted = event_from_draft(
            draft,
            event_id=choice.master.id,
            calendar=place.calendar,
            contacts=contacts,
            account=place.account,
            edited=choice.master,
        )
        require_rule(choice.master, wanted, place)
        first = phone_added(draft, wanted.contacts, contacts)
        return await self._change(
            StepCode.EDITED, choice, wanted, reach, keep=keep, first=first, draft=draft
        )

    async def delete(
        self,
        event_id: EventId,
        original_start: OriginalStart,
        reach: Reach,
        *,
        past: bool = False,
    ) -> None:
        """Takes out the occurrence, or those that ``reach`` names; of all of them those that are
        over only with ``past``. Raises `NotFoundError`, `ReadOnlyError`.
        """
        event = await self._event(event_id)
        if event.series_id is not None and event.original_start is not None:
            original_start = event.original_start
        choice = await self._choice(event_id, original_start)
        if event.series_id is not None and reach is Reach.THIS:
            changes = series_changes.exception_removed(
                choice.master, event, in_parts=choice.in_parts
            )
        else:
            changes = series_changes.removed(choice, reach, _new_id, self._clock(), past=past)
        await self._history.perform(StepCode.DELETED, event.summary, changes)

    async def book_singles(self, draft: MeetingDraft, times: tuple[When, ...]) -> EventId:
        """Books a meeting at each of these times, for a rule that the account cannot keep.

        One step of the history; gives the first one's id. Raises what `ScheduleService.book` does.
        """
        found = await self._files.cache.read(lambda cache: cache.contacts.many(draft.contacts))
        contacts = tuple(found[one] for one in draft.contacts if one in found)
        place = await self._place(draft)
        plain = replace(draft, recurrence=None)
        wrong = problems(plain, contacts, place.account, (place.calendar,))
        if wrong:
            raise InvalidInputError(wrong[0].field, wrong[0].code)
        ids = [EventId(draft.id), *(_new_id() for _time in times[1:])]
        events = [
            event_from_draft(
                replace(plain, when=when),
                event_id=event_id,
                calendar=place.calendar,
                contacts=contacts,
                account=place.account,
            )
            for event_id, when in zip(ids, times, strict=True)
        ]
        changes = (*phone_added(draft, events[0].contacts, contacts), *map(created, events))
        await self._perform(StepCode.BOOKED, draft, changes)
        return ids[0]

    async def _change(
        self,
        code: StepCode,
        choice: SeriesChoice,
        wanted: Event,
        reach: Reach,
        *,
        keep: bool,
        first: tuple[RecordChange, ...] = (),
        draft: MeetingDraft | None = None,
    ) -> EventId:
        changes = (*first, *series_changes.changed(choice, wanted, reach, _new_id, keep=keep))
        if draft is None:
            await self._history.perform(code, choice.master.summary, changes)
        else:
            await self._perform(code, draft, changes)
        return _shown(changes, choice.master.id)

    async def _perform(
        self, code: StepCode, draft: MeetingDraft, changes: tuple[RecordChange, ...]
    ) -> None:
        def also(own: OwnTables) -> None:
            own.drafts.remove(draft.id)

        title = " ".join(draft.title.split())
        await self._history.perform(code, title, changes, also)
        self._feed.publish(Topic.DRAFTS, draft.id)

    async def _asked(self, choice: SeriesChoice, event: Event, act: SeriesAct) -> SeriesQuestion:
        master, original, now = choice.master, choice.original_start, self._clock()
        choices = [
            affected(master, choice.exceptions, original, reach, now)
            for reach in (Reach.THIS, Reach.FOLLOWING, Reach.ALL)
        ]
        if event.series_id is not None:
            alone = Affected(Reach.THIS, 1, (event.when,), 0)
            choices[0] = alone
        if act is SeriesAct.DELETE:
            choices[-1] = self._upcoming(choice, choices[-1], now)
        return SeriesQuestion(
            act,
            event.id,
            original,
            event.summary,
            master.time_zone,
            tuple(choices),
            divided=choice.divides,
            server="" if choice.local else choice.place.account.title,
        )

    def _upcoming(self, choice: SeriesChoice, every: Affected, now: datetime) -> Affected:
        """All that are still to come, with the number of those that are over."""
        following = next_after(choice.master, now)
        if not every.past or following is None or following.original_start is None:
            return every
        ahead = affected(
            choice.master, choice.exceptions, following.original_start, Reach.FOLLOWING, now
        )
        return replace(ahead, reach=Reach.ALL, past=every.past)

    async def _choice(self, event_id: EventId, original_start: OriginalStart) -> SeriesChoice:
        event = await self._event(event_id)
        found = event if event.series_id is None else await self._find(event.series_id)
        master = series_changes.require_series(found)
        calendars = await self._files.cache.read(lambda cache: cache.calendars.all())
        calendar = next((one for one in calendars if one.id == master.calendar_id), None)
        account = await self._files.own.read(lambda own: own.accounts.get(master.account_id))
        if calendar is None or account is None:
            raise NotFoundError
        kept_here = account.kind is AccountKind.LOCAL
        may = calendar.writable and (kept_here or account.capabilities.series)
        if master.read_only or not may:
            raise ReadOnlyError
        exceptions = await self._files.cache.read(lambda c: c.events.exceptions_of(master.id))
        return SeriesChoice(
            master,
            exceptions,
            Place(account, calendar),
            original_start,
            await self._shown(master, original_start),
        )

    async def _shown(self, master: Event, original_start: OriginalStart) -> When:
        """When the occurrence is; a server may count otherwise than we do."""
        entry = await self._files.cache.read(
            lambda cache: cache.events.entry(master.id, original_start)
        )
        if entry is not None:
            return entry.when
        found = occurrence_on(master, original_start)
        return master.when if found is None else found.when

    async def _place(self, draft: MeetingDraft) -> Place:
        calendars = await self._agenda.calendars()
        calendar = next((one for one in calendars if one.id == draft.calendar_id), None)
        if calendar is None:
            raise NotFoundError
        account = await self._files.own.read(lambda own: own.accounts.get(calendar.account_id))
        if account is None:
            raise NotFoundError
        return Place(account, calendar)

    async def _event(self, event_id: EventId) -> Event:
        event = await self._find(event_id)
        if event is None:
            raise NotFoundError
        return event

    async def _find(self, event_id: EventId) -> Event | None:
        return await self._files.cache.read(lambda cache: cache.events.get(event_id))


def _new_id() -> EventId:
    return EventId(new_uid())


def _shown(changes: tuple[RecordChange, ...], otherwise: EventId) -> EventId:
    """The event that was made, else the series."""
    made = [
        one.uid
        for one in changes
        if isinstance(one.after, Event) and (one.before is None or one.cuts_out)
    ]
    return EventId(made[0]) if made else otherwise
