"""AvailabilityService: when colleagues are busy, from the cache, and asked for where it is old."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from desktop.domain.account import Account
from desktop.domain.availability import Availability, BusyTime, aged
from desktop.domain.errors import OfflineError
from desktop.domain.ids import AccountId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.sync.pull_busy import week_span, weeks_of
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles

ASKED_AGAIN = timedelta(minutes=2)
"""An older answer is believed a while longer, but the server is asked for a newer one."""
MOST_COLLEAGUES = 10
"""Of so many the server is asked at once."""


class BusyReader(Protocol):
    """Who asks an account's server."""

    async def read(self, users: tuple[UserId, ...], span: TimeSpan) -> None:
        """Asks and keeps what it says."""
        ...


class AvailabilityService:
    """``reader`` gives who asks an account's server, None while it is not connected.

    ``clock`` is the wall's: ages are told to people.
    """

    def __init__(
        self,
        files: StoreFiles,
        reader: Callable[[AccountId], BusyReader | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._files = files
        self._reader = reader
        self._clock = clock

    async def known(
        self, account_id: AccountId, users: Sequence[UserId], span: TimeSpan
    ) -> tuple[Availability, ...]:
        """What is known here of each, in their order, with its age. Asks nobody."""
        now = self._clock()

        def read(cache: CacheTables) -> tuple[Availability, ...]:
            return tuple(_availability(cache, account_id, user, span) for user in users)

        return tuple(aged(one, now) for one in await self._files.cache.read(read))

    async def refresh(
        self, account_id: AccountId, users: Sequence[UserId], span: TimeSpan
    ) -> tuple[Availability, ...]:
        """The same after the server was asked about those of whom too little is known.

        Nothing is asked where all was told just now. Raises `OfflineError`, `RefusedError` and
        `OutcomeUnknownError`; then what was known stays, as old as it is.
        """
        known = await self.known(account_id, users, span)
        stale = tuple(one.user for one in known if not self._told_just_now(one))
        if not stale:
            return known
        account = await self._files.own.read(lambda own: own.accounts.get(account_id))
        if not can_tell(account):
            return known
        reader = self._reader(account_id)
        if reader is None:
            raise OfflineError
        for first in range(0, len(stale), MOST_COLLEAGUES):
            await reader.read(stale[first : first + MOST_COLLEAGUES], span)
        return await self.known(account_id, users, span)

    def _told_just_now(self, known: Availability) -> bool:
        as_of = known.as_of
        return known.fresh and as_of is not None and self._clock() - as_of <= ASKED_AGAIN


def can_tell(account: Account | None) -> bool:
    """Whether the account's server says when colleagues are busy."""
    return account is not None and account.capabilities.free_busy


def _availability(
    cache: CacheTables, account_id: AccountId, user: UserId, span: TimeSpan
) -> Availability:
    weeks = weeks_of(span)
    found = cache.busy.of(account_id, user, weeks)
    times: list[BusyTime] = []
    for place, week in enumerate(w for w in weeks if w in found):
        begins = week_span(week).start
        # What goes on from the week before was told there.
        times += (t for t in found[week][0] if not place or t.span.start >= begins)
    inside = tuple(time for time in times if time.span.overlaps(span))
    complete = len(found) == len(weeks)
    as_of = min(at for _times, at in found.values()) if complete else None
    return Availability(user, inside, as_of)
