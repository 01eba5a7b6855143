"""When colleagues are busy: what is known of it, how old that is, and what it means for a plan.

What is not known counts as busy: nobody is ever shown as free on data that is missing or old.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import pairwise

from desktop.domain.freebusy import merged
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan

FRESH = timedelta(minutes=15)
"""So old may an answer be to be believed."""


class Taken(Enum):
    """How somebody's time is taken."""

    BUSY = "busy"
    AWAY = "away"
    """Out of office."""
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True)
class BusyTime:
    """Some time of a colleague that is taken; by what is nobody's business. ``span`` is in UTC."""

    span: TimeSpan
    how: Taken = Taken.BUSY


@dataclass(frozen=True, slots=True)
class Availability:
    """What is known of one colleague within a span.

    ``as_of`` is the time of the oldest answer that it is made of; None where some of the span was
    never answered. ``fresh``: as_of is new enough to say that the rest of the time is free.
    """

    user: UserId
    times: tuple[BusyTime, ...] = ()
    as_of: datetime | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a colleague cannot be counted on for a plan: taken ``spans`` by start, or not known."""

    user: UserId
    spans: tuple[TimeSpan, ...] = ()
    how: Taken = Taken.BUSY
    unknown: bool = False
    as_of: datetime | None = None
    """Of what is not known any more: since when."""


def aged(known: Availability, now: datetime) -> Availability:
    """The same, with its age judged by ``now``. A clock that was set back makes nothing fresh."""
    as_of = known.as_of
    fresh = as_of is not None and timedelta() <= now - as_of <= FRESH
    return replace(known, fresh=fresh)


def without(known: Availability, span: TimeSpan) -> Availability:
    """The same without one time that takes exactly ``span``: the meeting that is being changed."""
    exactly = span.in_zone(UTC)
    for place, time in enumerate(known.times):
        if (time.span.start, time.span.end) == (exactly.start, exactly.end):
            return replace(known, times=known.times[:place] + known.times[place + 1 :])
    return known


def hindrances(when: TimeSpan, people: Iterable[Availability]) -> tuple[Hindrance, ...]:
    """Who is in the way of a plan, in their order: those who are busy, or of whom it is not known.

    Somebody known to be busy is told as busy however old that is.
    """
    found = []
    for one in people:
        taken = [time for time in one.times if time.span.overlaps(when)]
        if taken:
            spans = merged(time.span for time in taken)
            found.append(Hindrance(one.user, spans, _gravest(taken), as_of=one.as_of))
        elif not one.fresh:
            found.append(Hindrance(one.user, unknown=True, as_of=one.as_of))
    return tuple(found)


def taken_spans(within: TimeSpan, people: Iterable[Availability]) -> tuple[TimeSpan, ...]:
    """When not all of them are known to be free: sorted, without overlaps, in UTC.

    All of ``within`` where somebody's time is not known.
    """
    people = tuple(people)
    if any(not one.fresh for one in people):
        return (within.in_zone(UTC),)
    return merged(time.span for one in people for time in one.times if time.span.overlaps(within))


@dataclass(frozen=True, slots=True)
class SharedBusy:
    """A stretch in which the same colleagues are busy, in the order that they were given in."""

    span: TimeSpan
    users: tuple[UserId, ...]
    how: Taken
    """The gravest of them."""


def shared(within: TimeSpan, people: Sequence[Availability]) -> tuple[SharedBusy, ...]:
    """The busy time of several as stretches that do not overlap, clipped to ``within``."""
    day = within.in_zone(UTC)
    clipped = [
        (one.user, max(time.span.start, day.start), min(time.span.end, day.end), time.how)
        for one in people
        for time in one.times
        if time.span.overlaps(day)
    ]
    edges = sorted({edge for _user, start, end, _how in clipped for edge in (start, end)})
    stretches: list[SharedBusy] = []
    for start, end in pairwise(edges):
        here = [one for one in clipped if one[1] < end and start < one[2]]
        if not here:
            continue
        users = tuple(dict.fromkeys(user for user, *_rest in here))
        how = min((one[3] for one in here), key=_GRAVITY.index)
        last = stretches[-1] if stretches else None
        if last is not None and (last.span.end, last.users, last.how) == (start, users, how):
            stretches[-1] = replace(last, span=TimeSpan(last.span.start, end))
        else:
            stretches.append(SharedBusy(TimeSpan(start, end), users, how))
    return tuple(stretches)


_GRAVITY = (Taken.AWAY, Taken.BUSY, Taken.TENTATIVE)


def _gravest(times: Iterable[BusyTime]) -> Taken:
    return min((time.how for time in times), key=_GRAVITY.index)
