"""What a change of a series means for records, for each reach. All pure.

On this computer one occurrence becomes an exception, and the following ones a series of their own.
A server does the same by itself where it can change parts of a series; each of its requests is an
op with a `Scope`. Where it cannot, the series is divided into several that need no parts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from desktop.domain.account import AccountKind
from desktop.domain.errors import NotFoundError
from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.domain.occurrences import original_day
from desktop.domain.reach import Reach, instances, is_first, next_after
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import (
    exception_following,
    exception_of,
    moved_like,
    series_moved,
    without_occurrence,
)
from desktop.domain.series_split import ended_before, rule_for, tail_of
from desktop.domain.sync import Scope, SeriesPart
from desktop.domain.timespan import TimeSpan, When
from desktop.services.event_changes import Place, created
from desktop.services.steps import RecordChange

ONCE = RecurrenceRule(Frequency.DAILY, count=1)
"""A server's series does not become a single event; but it can have one meeting only."""

NewId = Callable[[], EventId]


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """One of a series, as the user has pointed at it."""

    master: Event
    exceptions: tuple[Event, ...]
    """The occurrences that were changed alone."""
    place: Place
    original_start: date | datetime
    shown: When
    """When the occurrence is."""

    @property
    def local(self) -> bool:
        """Whether the series is kept on this computer only."""
        return self.place.account.kind is AccountKind.LOCAL

    @property
    def in_parts(self) -> bool:
        """Whether the server can change a part of the series by itself."""
        return not self.local and self.place.account.capabilities.series_parts

    @property
    def divides(self) -> bool:
        """Whether the series has to be divided for a change of one of it."""
        return not self.local and not self.place.account.capabilities.series_parts

    def later(self) -> tuple[Event, ...]:
        """The exceptions from the chosen occurrence on."""
        cut = original_day(self.master, self.original_start)
        return tuple(
            one
            for one in self.exceptions
            if one.original_start is not None
            and original_day(self.master, one.original_start) >= cut
        )


def changed(
    choice: SeriesChoice, wanted: Event, reach: Reach, new_id: NewId, *, keep: bool = True
) -> tuple[RecordChange, ...]:
    """The series as ``wanted`` says: its fields, the rule, and as ``when`` the new time of the
    chosen occurrence. With ``keep`` those that were changed alone stay as they are.
    """
    if isinstance(wanted.when, TimeSpan):
        wanted = replace(wanted, when=wanted.when.in_zone(UTC))
    if reach is Reach.THIS:
        return _this_changed(choice, wanted, new_id)
    if wanted.recurrence is None and not choice.local:
        wanted = replace(wanted, recurrence=ONCE)
    if reach is Reach.FOLLOWING and not is_first(choice.master, choice.original_start):
        return _following_changed(choice, wanted, new_id, keep=keep)
    return _all_changed(choice, wanted, keep=keep)


def removed(
    choice: SeriesChoice, reach: Reach, new_id: NewId, now: datetime, *, past: bool = False
) -> tuple[RecordChange, ...]:
    """The series without the chosen ones. Of ALL those that are over go only with ``past``."""
    master = choice.master
    if reach is Reach.THIS:
        return _this_removed(choice, new_id)
    if reach is Reach.ALL and not past:
        following = next_after(master, now)
        begun = next(instances(master), None)
        if following is not None and following != begun and following.original_start is not None:
            choice = replace(choice, original_start=following.original_start)
            reach = Reach.FOLLOWING
    if reach is Reach.FOLLOWING and not is_first(master, choice.original_start):
        ended = ended_before(master, choice.original_start)
        return (*map(_gone, choice.later()), _update(master, ended))
    return (*map(_gone, choice.exceptions), _gone(master))


def exception_removed(
    master: Event, exception: Event, *, in_parts: bool
) -> tuple[RecordChange, ...]:
    """One occurrence that was changed alone gone for good: the series must not show it again."""
    if exception.original_start is None:
        return (_gone(exception),)
    left = without_occurrence(master, exception.original_start)
    if left == master:
        return (_gone(exception),)
    if not in_parts:
        return _gone(exception), _update(master, left)
    return _gone(exception), _left_out(master, left, exception.original_start)


# --- one of it -----------------------------------------------------------------------------------


def _this_changed(choice: SeriesChoice, wanted: Event, new_id: NewId) -> tuple[RecordChange, ...]:
    master, original = choice.master, choice.original_start
    alone = exception_of(wanted, original, wanted.when, new_id())
    if choice.divides:
        single = replace(alone, series_id=None, original_start=None, uid="")
        return (*_without_one(choice, new_id), created(single))
    if not choice.in_parts:
        return (created(replace(alone, series_id=master.id)),)
    return (_cut_out(choice, replace(alone, series_id=master.id)),)


def _this_removed(choice: SeriesChoice, new_id: NewId) -> tuple[RecordChange, ...]:
    master, original = choice.master, choice.original_start
    if choice.divides:
        return _without_one(choice, new_id)
    left = without_occurrence(master, original)
    if not choice.in_parts:
        return () if left == master else (_update(master, left),)
    alone = exception_of(master, original, _utc(choice.shown), new_id())
    cut = _cut_out(choice, alone, leaves=True)
    return cut, _gone(alone), _left_out(master, left, original)


def _cut_out(choice: SeriesChoice, alone: Event, *, leaves: bool = False) -> RecordChange:
    """The occurrence as an event of its own, by a request of the server's for just that."""
    before = exception_of(choice.master, choice.original_start, _utc(choice.shown), alone.id)
    scope = Scope(SeriesPart.THIS, choice.master, choice.original_start, leaves)
    return RecordChange(alone.account_id, alone.id, before, alone, scope=scope)


def _left_out(master: Event, left: Event, original: date | datetime) -> RecordChange:
    scope = Scope(SeriesPart.LEFT_OUT, master, original)
    return RecordChange(master.account_id, master.id, master, left, scope=scope)


def _without_one(choice: SeriesChoice, new_id: NewId) -> tuple[RecordChange, ...]:
    """The series ended before the occurrence, and another one that goes on after it."""
    master, original = choice.master, choice.original_start
    day = original_day(master, original)
    later = (
        one.original_start
        for one in instances(master, day)
        if one.original_start is not None and original_day(master, one.original_start) > day
    )
    goes_on = next(later, None)
    if is_first(master, original):
        if goes_on is None:
            return (_gone(master),)
        return (_update(master, replace(tail_of(master, goes_on, master.id), uid=master.uid)),)
    ended = _update(master, ended_before(master, original))
    if goes_on is None:
        return (ended,)
    return ended, *_new_series(choice, tail_of(master, goes_on, new_id()), None)


# --- it and the following ------------------------------------------------------------------------


def _following_changed(
    choice: SeriesChoice, wanted: Event, new_id: NewId, *, keep: bool
) -> tuple[RecordChange, ...]:
    master, original, later = choice.master, choice.original_start, choice.later()
    cut = tail_of(master, original, new_id())
    tail = _series_as(wanted, cut, choice, master)
    tail = replace(tail, id=cut.id, uid="")
    if not choice.local:
        alone = tuple(one.original_start for one in later if one.original_start is not None)
        tail = replace(tail, excluded_dates=(*tail.excluded_dates, *alone))
    scope = Scope(SeriesPart.NEXT, master, original) if choice.in_parts else None
    ended = _update(master, ended_before(master, original))
    return (
        *_new_series(choice, tail, scope),
        ended,
        *_exceptions(choice, later, cut, wanted, keep=keep),
    )


def _new_series(choice: SeriesChoice, tail: Event, scope: Scope | None) -> tuple[RecordChange, ...]:
    """The second half made. No request tells a server what to leave out of a new series: whether
    it has taken that over is looked at afterwards.
    """
    if choice.local or not tail.excluded_dates or tail.recurrence is None:
        return (RecordChange(tail.account_id, tail.id, None, tail, scope=scope),)
    plain = replace(tail, excluded_dates=())
    made = RecordChange(tail.account_id, tail.id, None, plain, scope=scope)
    return made, _left_out(plain, tail, tail.excluded_dates[0])


# --- all of it -----------------------------------------------------------------------------------


def _all_changed(choice: SeriesChoice, wanted: Event, *, keep: bool) -> tuple[RecordChange, ...]:
    master = choice.master
    after = _series_as(wanted, master, choice, master)
    if not choice.local:
        after = replace(after, excluded_dates=master.excluded_dates)  # no request tells them
    exceptions = _exceptions(choice, choice.exceptions, master, wanted, keep=keep)
    return exceptions if after == master else (_update(master, after), *exceptions)


def _series_as(wanted: Event, series: Event, choice: SeriesChoice, master: Event) -> Event:
    """``series`` with the fields of ``wanted``, moved as the chosen occurrence was moved."""
    if wanted.recurrence is None:
        return replace(wanted, excluded_dates=())
    same_form = master.all_day == wanted.all_day
    moved = series_moved(series, choice.shown, wanted.when) if same_form else series
    when = moved.when if same_form else wanted.when
    rule = moved.recurrence if wanted.recurrence == master.recurrence else wanted.recurrence
    zoned = replace(wanted, when=when)
    return replace(
        zoned,
        recurrence=None if rule is None else rule_for(rule, zoned),
        excluded_dates=moved.excluded_dates,
        series_id=None,
        original_start=None,
    )


def _exceptions(
    choice: SeriesChoice, within: tuple[Event, ...], series: Event, wanted: Event, *, keep: bool
) -> tuple[RecordChange, ...]:
    """What becomes of those that were changed alone. Those that are not kept are like the series
    again: here they are part of it, on a server, which leaves their days out for ever, each is
    made like it.
    """
    if not keep:
        alike = [(one, _like_series(choice, one, wanted)) for one in within]
        return tuple(_gone(one) if choice.local else _update(one, like) for one, like in alike)
    if not choice.local:
        return ()
    told = [
        (
            one,
            replace(
                exception_following(one, series, choice.shown, wanted.when), series_id=series.id
            ),
        )
        for one in within
    ]
    return tuple(_update(before, after) for before, after in told if before != after)


def _like_series(choice: SeriesChoice, one: Event, wanted: Event) -> Event:
    if one.original_start is None:
        return one
    when = moved_like(choice.master, one.original_start, choice.shown, wanted.when)
    alike = exception_of(wanted, one.original_start, when, one.id)
    return replace(alike, series_id=one.series_id, uid=one.uid)


def require_series(master: Event | None) -> Event:
    """Raises `NotFoundError` where there is no series (any more)."""
    if master is None or master.recurrence is None:
        raise NotFoundError
    return master


def _update(before: Event, after: Event) -> RecordChange:
    return RecordChange(before.account_id, before.id, before, after)


def _gone(event: Event) -> RecordChange:
    return RecordChange(event.account_id, event.id, event, None)


def _utc(when: When) -> When:
    return when.in_zone(UTC) if isinstance(when, TimeSpan) else when
