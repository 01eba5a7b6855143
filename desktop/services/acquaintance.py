"""Acquaintances: whom the user deals with these days, for ranking and for the empty search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.account import AccountKind
from desktop.domain.contact import Contact, ContactHit, MatchReason
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.timespan import TimeSpan, day_span
from desktop.services.agenda import Agenda
from desktop.services.changes import Change, ChangeFeed, Topic
from desktop.services.memory import ContactMemory
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles

_TOUCHED, _COMING = timedelta(days=14), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Known:
    """What ranking needs; the same until meetings or accounts change, or the day does."""

    day: date
    pinned: frozenset[ContactId]
    met: Mapping[ContactId, datetime]
    """Whom the user meets within a week, or has met or looked at within two."""
    remote_accounts: tuple[AccountId, ...]
    any_account: bool


class Acquaintances:
    """Remembers the last answer: a search runs with every letter, meetings change seldom."""

    def __init__(
        self,
        files: StoreFiles,
        agenda: Agenda,
        memory: ContactMemory,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        self._files = files
        self._agenda = agenda
        self._memory = memory
        self._clock = clock
        self._zone = zone
        self._known: Known | None = None
        feed.subscribe(self._on_change)

    def forget(self) -> None:
        """Something that ranking goes by has changed."""
        self._known = None

    async def now(self) -> Known:
        """What ranking needs now."""
        today = self._clock().astimezone(self._zone).date()
        if self._known is None or self._known.day != today:
            self._known = await self._read(today)
        return self._known

    async def likely(
        self, limit: int, account_id: AccountId | None = None
    ) -> tuple[ContactHit, ...]:
        """For an empty search: the pinned, the people of today and tomorrow, then the recent.

        With ``account_id`` those of that account only.
        """
        await self._memory.load()
        coming = await self._coming()
        reasons: dict[ContactId, MatchReason] = {}
        for ids, reason in (
            (self._memory.pinned, MatchReason.PINNED),
            (tuple(coming), MatchReason.UPCOMING),
            (tuple(uid for uid, _at in self._memory.recent), MatchReason.RECENT),
        ):
            for uid in ids:
                reasons.setdefault(uid, reason)

        def read(cache: CacheTables) -> tuple[dict[ContactId, Contact], dict[str, DeliveryMark]]:
            return cache.contacts.many(list(reasons)), cache.contacts.overlays()

        people, marks = await self._files.cache.read(read)
        hits = [
            ContactHit(
                people[uid],
                reason,
                next_meeting=coming.get(uid),
                waiting=marks.get(uid, DeliveryMark.SETTLED) is not DeliveryMark.SETTLED,
            )
            for uid, reason in reasons.items()
            if uid in people and account_id in (None, people[uid].account_id)
        ]
        return tuple(hits[:limit])

    async def _coming(self) -> dict[ContactId, datetime]:
        """Whom the user still meets today or tomorrow, by time."""
        now = self._clock()
        today = now.astimezone(self._zone).date()
        end = day_span(today + timedelta(days=1), self._zone).end
        met: dict[ContactId, datetime] = {}
        for entry in await self._agenda.stored(TimeSpan(now.astimezone(UTC), end)):
            event = entry.event
            if event.off:
                continue
            start = entry.when.in_zone(self._zone).start
            for uid in event.contacts:
                met.setdefault(uid, start)
        return met

    async def _read(self, today: date) -> Known:
        await self._memory.load()
        now = self._clock()
        span = TimeSpan(now - _TOUCHED, now + _COMING)
        met = dict(
            await self._files.cache.read(lambda cache: cache.events.met_between(span, now=now))
        )
        for uid, at in self._memory.recent:
            if now - at <= _TOUCHED:
                met.setdefault(uid, at)
        accounts = await self._files.own.read(lambda own: own.accounts.all())
        remote = tuple(one.id for one in accounts if one.kind is not AccountKind.LOCAL)
        return Known(today, frozenset(self._memory.pinned), met, remote, bool(accounts))

    def _on_change(self, change: Change) -> None:
        if change.topic is Topic.ACCOUNTS:
            self._memory.forget()
        if change.topic in (Topic.EVENTS, Topic.ACCOUNTS):
            self.forget()
