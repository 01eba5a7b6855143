"""CalendarPull: the weeks that are looked at first, then the months around today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.errors import RefusedError
from desktop.domain.event import Calendar, Event, Participation
from desktop.domain.ids import EventId
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import EventWindow, RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sync.durable import load_names
from desktop.services.sync.names import Names
from desktop.services.sync.plan import (
    BELIEVED_LOSS,
    Doubt,
    Missing,
    PullChange,
    Remove,
    SetOccurrences,
    Upsert,
    plan_window,
)
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.timing import Polling
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles

_MARGIN = timedelta(days=14)
_UNLISTED = timedelta(minutes=30)
"""So long an invitation that was declined is believed to be there, though it is not listed."""


@dataclass(frozen=True, slots=True)
class _Applied:
    """What the screen has to hear of."""

    events: frozenset[str]
    calendars: bool
    newly_covered: bool


class CalendarPull:
    """The events of one account."""

    def __init__(
        self,
        remote: RemoteAccount,
        files: StoreFiles,
        feed: ChangeFeed,
        pulse: Pulse,
        polling: Polling,
    ) -> None:
        self._remote = remote
        self._files = files
        self._feed = feed
        self._pulse = pulse
        self._polling = polling
        self._account_id = pulse.account.id
        self._visible: TimeSpan | None = None
        self._doubtful: set[TimeSpan] = set()
        self._unlisted: dict[str, datetime] = {}
        """What was declined and is not listed for that, until when it is not asked for again."""
        self.believe = False
        """The user has said that a sudden emptiness is right."""

    def want(self, span: TimeSpan) -> None:
        """From now on this is what is looked at."""
        self._visible = span

    async def is_covered(self, span: TimeSpan) -> bool:
        """Whether all of it has been read at some time."""
        covered = await self._files.cache.read(
            lambda cache: cache.cursors.covered(self._account_id)
        )
        return any(part.start <= span.start and span.end <= part.end for part in covered)

    async def pull_visible(self) -> None:
        """What is looked at; with a margin where it has never been read."""
        now = self._pulse.clock.wall()
        span = self._visible or TimeSpan(now - timedelta(days=7), now + timedelta(days=7))
        if not await self.is_covered(span):
            span = TimeSpan(span.start - _MARGIN, span.end + _MARGIN)
        for part in self._parts(span):
            await self._pull(part)

    async def pull_horizon(self) -> None:
        """A month back and three ahead, so that most of the calendar works offline."""
        now = self._pulse.clock.wall()
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        span = TimeSpan(
            day - timedelta(days=self._polling.back_days),
            day + timedelta(days=self._polling.ahead_days),
        )
        for part in self._parts(span):
            await self._pull(part)
        self.believe = False

    def _parts(self, span: TimeSpan) -> Iterable[TimeSpan]:
        """No request asks for more than the server gives at once."""
        longest = timedelta(days=self._polling.chunk_days)
        start = span.start
        while start < span.end:
            end = min(start + longest, span.end)
            yield TimeSpan(start, end)
            start = end

    async def _pull(self, span: TimeSpan) -> None:
        window, plan = await self._read(span)
        if any(isinstance(change, Doubt) for change in plan):
            # Read once more; if it stays, the old data stays, with a question.
            window, plan = await self._read(span)
        doubtful = any(isinstance(change, Doubt) for change in plan)
        self._doubt(span, doubtful)
        applied = await self._files.cache.write(
            lambda cache: self._write(cache, window, plan, doubtful=doubtful)
        )
        missing = [change.uid for change in plan if isinstance(change, Missing)]
        gone = await self._remove_missing(missing, span) if missing else frozenset()
        self._announce(applied, gone)

    def _doubt(self, span: TimeSpan, doubtful: bool) -> None:
        """A good answer about a week says nothing about the months around it."""
        self._doubtful = {
            other
            for other in self._doubtful
            if not (other.overlaps(span) and other.duration <= span.duration)
        }
        if doubtful:
            self._doubtful.add(span)
        self._pulse.doubt("calendar", bool(self._doubtful))

    async def _read(self, span: TimeSpan) -> tuple[EventWindow, tuple[PullChange, ...]]:
        asked_at = self._pulse.clock()
        window = await self._remote.pull_events(span)
        names = await self._names()
        fresh = self._pulse.fresh.since(asked_at)
        plan = await self._files.cache.read(lambda cache: self._plan(cache, window, names, fresh))
        return window, plan

    def _plan(
        self, cache: CacheTables, window: EventWindow, names: Names, fresh: frozenset[str]
    ) -> tuple[PullChange, ...]:
        within = frozenset[str](cache.events.uids_in(self._account_id, window.span))
        uids = {names.uid_of(row) for row in window.records}
        revisions = {
            uid: revision
            for uid in uids
            if (revision := cache.events.revision_of(EventId(uid))) is not None
        }
        return plan_window(window, names, within, revisions, fresh, believe=self.believe)

    def _write(
        self,
        cache: CacheTables,
        window: EventWindow,
        plan: tuple[PullChange, ...],
        *,
        doubtful: bool,
    ) -> _Applied:
        rows = [change.row for change in plan if isinstance(change, Upsert)]
        cache.events.upsert_records(rows)
        for change in plan:
            if isinstance(change, SetOccurrences):
                cache.events.replace_occurrences(change.uid, change.occurrences, span=window.span)
        doubles = [EventId(change.uid) for change in plan if isinstance(change, Remove)]
        cache.events.remove(doubles)
        covered = cache.cursors.covered(self._account_id)
        new = not any(
            part.start <= window.span.start and window.span.end <= part.end for part in covered
        )
        if not doubtful:
            now: datetime = self._pulse.clock.wall()
            cache.cursors.mark_covered(self._account_id, window.span, now)
        calendars = self._write_lists(cache, window)
        return _Applied(frozenset([*(row.record.id for row in rows), *doubles]), calendars, new)

    def _write_lists(self, cache: CacheTables, window: EventWindow) -> bool:
        if window.users:
            cache.users.replace(self._account_id, window.users)
        if not window.calendars:
            return False
        before = [one for one in cache.calendars.all() if one.account_id == self._account_id]
        if _has_default(before) and not _has_default(window.calendars):
            return False  # a permission was taken away: what was known before stays
        cache.calendars.replace(self._account_id, window.calendars)
        after = [one for one in cache.calendars.all() if one.account_id == self._account_id]
        return before != after

    async def _remove_missing(self, missing: list[str], span: TimeSpan) -> frozenset[str]:
        """What can be asked for one by one is: it may have moved, or be out of our sight only."""
        names = await self._names()
        now = self._pulse.clock()
        self._unlisted = {uid: until for uid, until in self._unlisted.items() if until > now}
        missing = [uid for uid in missing if uid not in self._unlisted]
        edited = {entry.item_uid for entry in self._pulse.unfinished}
        few = len(missing) <= BELIEVED_LOSS
        gone: list[EventId] = []
        moved: list[RemoteRecord] = []
        for uid in missing:
            if few or uid in edited:
                row = await self._look(uid, names)
                if isinstance(row, RemoteRecord):
                    if _is_declined(row):
                        self._unlisted[uid] = now + _UNLISTED
                    moved.append(names.to_local(row))
                elif row is None:
                    gone.append(EventId(uid))
            else:
                gone.append(EventId(uid))
        await self._files.cache.write(lambda cache: _settle_missing(cache, gone, moved, span))
        return frozenset([*gone, *(row.record.id for row in moved)])

    async def _look(self, uid: str, names: Names) -> RemoteRecord | bool | None:
        """The server's copy, None where it is gone, True where that cannot be said."""
        address = names.address_of(uid)
        if address is None:
            return None
        try:
            return await self._remote.fetch(*address)
        except RefusedError:
            return True

    async def _names(self) -> Names:
        return await self._files.own.read(lambda own: load_names(own, self._account_id))

    def _announce(self, applied: _Applied, gone: frozenset[str]) -> None:
        """A pull that changed nothing is silent: nothing on the screen may flicker."""
        uids = applied.events | gone
        if uids:
            self._feed.publish(Topic.EVENTS, *uids, account_id=self._account_id)
        elif applied.newly_covered:
            self._feed.publish(Topic.EVENTS, account_id=self._account_id)
        if applied.calendars:
            self._feed.publish(Topic.CALENDARS, account_id=self._account_id)


def _is_declined(row: RemoteRecord) -> bool:
    return isinstance(row.record, Event) and row.record.participation is Participation.DECLINED


def _settle_missing(
    cache: CacheTables, gone: list[EventId], moved: list[RemoteRecord], span: TimeSpan
) -> None:
    cache.events.remove(gone)
    cache.events.upsert_records(moved)
    for row in moved:
        if isinstance(row.record, Event) and row.record.recurrence is not None:
            # The series goes on, with nothing left of it in these weeks.
            cache.events.replace_occurrences(row.record.id, (), span=span)


def _has_default(calendars: Iterable[Calendar]) -> bool:
    return any(calendar.is_default for calendar in calendars)
