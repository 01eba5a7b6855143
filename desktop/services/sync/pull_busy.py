"""BusyPull: reads when colleagues are busy, when somebody plans with them."""

from datetime import UTC, date, datetime, timedelta

from desktop.domain.errors import OfflineError
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan, start_of_day
from desktop.services.api.port import RemoteAccount
from desktop.services.sync.pulse import Pulse
from desktop.store.busy import Week
from desktop.store.cache import CacheTables
from desktop.store.files import StoreFiles

_WEEK = timedelta(days=7)
_KEPT = timedelta(days=14)
"""So long after it is over a week is remembered."""


class BusyPull:
    """Free and busy of one account's colleagues."""

    def __init__(self, remote: RemoteAccount, files: StoreFiles, pulse: Pulse) -> None:
        self._remote = remote
        self._files = files
        self._pulse = pulse
        self._account_id = pulse.account.id

    async def read(self, users: tuple[UserId, ...], span: TimeSpan) -> None:
        """Asks for whole weeks and keeps them; of whom nothing is told nothing is kept.

        One request. Raises `OfflineError` while the account rests, and what the account raises.
        """
        if self._pulse.health.resting(self._pulse.clock()):
            raise OfflineError
        weeks = weeks_of(span)
        whole = TimeSpan(week_span(weeks[0]).start, week_span(weeks[-1]).end)
        at = self._pulse.clock.wall()
        told = await self._remote.free_busy(users, whole)
        self._pulse.answered()

        def write(cache: CacheTables) -> None:
            cache.busy.drop_before(monday((at - _KEPT).date()))
            for user, times in told.items():
                for week in weeks:
                    inside = week_span(week)
                    own = [time for time in times if time.span.overlaps(inside)]
                    cache.busy.put(self._account_id, user, week, own, at)

        await self._files.cache.write(write)


def monday(day: date) -> Week:
    """The week of a day."""
    return day.toordinal() - day.weekday()


def week_span(week: Week) -> TimeSpan:
    """A week as instants."""
    start = start_of_day(date.fromordinal(week), UTC)
    return TimeSpan(start, start + _WEEK)


def weeks_of(span: TimeSpan) -> tuple[Week, ...]:
    """The weeks that a span touches, in order."""
    last: datetime = span.end.astimezone(UTC) - timedelta(microseconds=1)
    first = monday(span.start.astimezone(UTC).date())
    return tuple(range(first, monday(last.date()) + 1, _WEEK.days))
