"""What has to be done of a series before an op about it, or about a part of it, may leave."""

from desktop.domain.event import Event
from desktop.domain.sync import OutboxEntry, SeriesPart, Verb
from desktop.services.sync.wish import Wish
from desktop.store.own import OwnTables


def series_needs(own: OwnTables, wish: Wish, made: tuple[OutboxEntry, ...]) -> list[int]:
    """The ops that go first, by ``seq``; ``made`` are those of the same action.

    A part is cut out of the series as its earlier ops have left it; the series is told anything
    else only when what was cut out of it is there.
    """
    scope = wish.scope
    if scope is None:
        return _parts_under_way(own, wish)
    if scope.part is SeriesPart.LEFT_OUT:
        return [one.seq for one in made if one.verb is Verb.DELETE and not one.state.finished]
    ops = own.outbox.of_item(scope.master.id)
    return [one.seq for one in ops if not one.state.finished]


def _parts_under_way(own: OwnTables, wish: Wish) -> list[int]:
    record = wish.base or wish.wish
    if not isinstance(record, Event) or record.recurrence is None:
        return []
    return [
        one.seq
        for one in own.outbox.unfinished(wish.account_id)
        if one.scope is not None
        and one.scope.part is not SeriesPart.LEFT_OUT
        and one.scope.master.id == wish.uid
    ]
