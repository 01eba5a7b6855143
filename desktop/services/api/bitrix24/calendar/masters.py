"""Series of a portal that tells them once instead of each occurrence. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time

from desktop.domain.event import Event, Occurrence
from desktop.domain.ids import RecordKind, RemoteId
from desktop.domain.occurrences import occurrences, original_day
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.api.port import RemoteOccurrence


def proves_expansion(
    told: Iterable[RemoteOccurrence], masters: Mapping[RemoteId, RemoteRecord]
) -> bool:
    """Whether an occurrence is there that is not its series' first: all are told, then."""
    for one in told:
        master = masters.get(one.remote_id)
        if master is not None and isinstance(master.record, Event):
            first = master.record.when
            point = first.first if isinstance(first, DateSpan) else first.start
            if one.original_start != original_day(master.record, point).isoformat():
                return True
    return False


def with_unfolded(
    told: Sequence[RemoteOccurrence], masters: Mapping[RemoteId, RemoteRecord], span: TimeSpan
) -> list[RemoteOccurrence]:
    """The occurrences within ``span`` where of each series only the first was told.

    A series of which more was told, or whose rule gives nothing else, stays as the portal has it.
    """
    by_series: dict[RemoteId, list[RemoteOccurrence]] = defaultdict(list)
    for one in told:
        by_series[one.remote_id].append(one)
    found: list[RemoteOccurrence] = []
    for remote, few in by_series.items():
        master = masters.get(remote)
        own = [] if master is None else _unfolded(remote, master.record, span)
        found += own if len(few) == 1 and own and own != few else few
    return found


def _unfolded(remote: RemoteId, record: object, span: TimeSpan) -> list[RemoteOccurrence]:
    if not isinstance(record, Event) or record.recurrence is None:
        return []
    return [_told(remote, one) for one in occurrences(record, span)]


def _told(remote: RemoteId, one: Occurrence) -> RemoteOccurrence:
    if isinstance(one.when, DateSpan):
        start, end = (datetime.combine(day, time(), UTC) for day in (one.when.first, one.when.end))
        day = one.when.first
    else:
        start, end = one.when.start, one.when.end
        day = original_day(one.event, start)
    return RemoteOccurrence(
        RecordKind.EVENT,
        remote,
        start,
        end,
        day.isoformat(),
        all_day=isinstance(one.when, DateSpan),
    )
