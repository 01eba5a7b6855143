"""Which calendar event an activity caused: the two are one record. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.event import Event
from desktop.domain.ids import RecordKind, RemoteId
from desktop.domain.sync import RemoteRecord


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What of a meeting its calendar event repeats."""

    id: RemoteId
    title: str
    start: datetime
    end: datetime
    responsible: str
    token: str
    """Its CRM owner as calendar events name it, ``C_15``."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What of a calendar event an activity may have given it."""

    id: RemoteId
    title: str
    start: datetime
    end: datetime
    owner: str
    tokens: frozenset[str] | None
    """Its CRM links; None where the portal does not tell."""


def paired(
    activities: Iterable[ActivityFacts], events: Iterable[EventFacts]
) -> dict[RemoteId, RemoteId]:
    """Activity to calendar event: same owner, same start and end, same title, and the CRM link.

    Twins are paired lowest id with lowest id. Where links are not told, a pair must be the only
    possible one.
    """
    linked: dict[tuple[object, ...], list[EventFacts]] = {}
    untold: dict[tuple[object, ...], list[EventFacts]] = {}
    key: tuple[object, ...]
    for event in sorted(events, key=_by_id):
        key = (event.owner, event.start, event.end, _folded(event.title))
        (untold if event.tokens is None else linked).setdefault(key, []).append(event)
    pairs: dict[RemoteId, RemoteId] = {}
    waiting: dict[tuple[object, ...], list[ActivityFacts]] = {}
    for activity in sorted(activities, key=_by_id):
        key = (activity.responsible, activity.start, activity.end, _folded(activity.title))
        match = _take(linked.get(key, []), activity.token)
        if match is not None:
            pairs[activity.id] = match.id
        else:
            waiting.setdefault(key, []).append(activity)
    for key, left in waiting.items():
        candidates = untold.get(key, [])
        if len(left) == 1 and len(candidates) == 1:
            pairs[left[0].id] = candidates[0].id
    return pairs


def merged(activity: RemoteRecord, event: RemoteRecord) -> RemoteRecord:
    """One record of the two: the activity, standing in the calendar where its event stands."""
    ours, theirs = activity.record, event.record
    if not isinstance(ours, Event) or not isinstance(theirs, Event):
        return activity
    # Nothing else is taken over: a fetch of the activity alone must give the same values.
    one = replace(ours, calendar_id=theirs.calendar_id, color=theirs.color)
    return replace(activity, record=one, aliases=((RecordKind.EVENT, event.remote_id),))


def stands_for_itself(event: RemoteRecord, *, ours: bool) -> bool:
    """Whether the event is what was made, and the activity only what the portal made of it.

    Some releases write an activity for each event with a CRM link; it has no room for what such an
    event says of its time. ``ours``: it carries the marker of a booking.
    """
    told = event.record
    return isinstance(told, Event) and (ours or told.private or told.away or not told.busy)


def with_activities(
    events: Iterable[RemoteRecord], pairs: Mapping[RemoteId, RemoteId]
) -> list[RemoteRecord]:
    """The events, those of ``pairs`` (activity to event) one record with their activities."""
    activities = {event: activity for activity, event in pairs.items()}
    return [
        replace(one, aliases=((RecordKind.ACTIVITY, activities[one.remote_id]),))
        if one.remote_id in activities
        else one
        for one in events
    ]


def without_aliases(
    records: Mapping[RemoteId, RemoteRecord], pairs: Mapping[RemoteId, RemoteId]
) -> list[RemoteRecord]:
    """The calendar events that stand for themselves."""
    taken = set(pairs.values())
    return [record for remote, record in records.items() if remote not in taken]


def _take(events: list[EventFacts], token: str) -> EventFacts | None:
    for event in events:
        if token and event.tokens is not None and token in event.tokens:
            events.remove(event)
            return event
    return None


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _by_id(facts: ActivityFacts | EventFacts) -> int:
    return int(facts.id)
