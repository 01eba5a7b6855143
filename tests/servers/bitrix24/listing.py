"""The old list methods' way to filter, order, select and page."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo

import msgspec

from .collection import Collection
from .errors import refused
from .filters import Fields, Test, build, sort_key, split_key
from .values import Row, php_int, to_int, to_list, to_text
from .world import Page, World

PAGE_SIZE = 50

_BOUNDS = (">", ">=")


class Matches:
    """The ids that a question found, from a certain one on; nothing is copied."""

    def __init__(self, ids: Sequence[int], first: int = 0) -> None:
        self._ids = ids
        self._first = first

    def __len__(self) -> int:
        return len(self._ids) - self._first

    def part(self, start: int, end: int) -> Sequence[int]:
        """The ids from position ``start`` to before ``end``."""
        return self._ids[self._first + start : self._first + end]


class Query:
    """What a list was asked: known conditions and an order, unknown keys already dropped."""

    def __init__(self, conditions: Row, order: Row, fields: Fields, id_field: str = "ID") -> None:
        self.conditions: list[tuple[str, str, object]] = []
        self.above = -1
        self.fields = fields
        self.order = [
            (name, to_text(way).upper() == "DESC") for name, way in order.items() if name in fields
        ]
        self._id_field = id_field
        for key, wanted in conditions.items():
            prefix, name = split_key(key)
            if name not in fields:
                continue
            if name == id_field and prefix in _BOUNDS:
                bound = php_int(wanted)
                self.above = max(self.above, bound if prefix == ">" else bound - 1)
            else:
                self.conditions.append((prefix, name, wanted))

    @property
    def by_id(self) -> bool:
        """Whether the rows come lowest id first."""
        return self.order[:1] == [(self._id_field, False)] or not self.order

    def matching(self, records: Collection, zone: tzinfo, seen: Test | None = None) -> "Matches":
        """The ids of all matching records in order; remembered until a record changes."""
        key = (
            msgspec.json.encode([self.conditions, self.order]),
            None if self.by_id else self.above,
        )
        found = records.found.get(key) if seen is None else None
        if found is None:
            found = self._search(records, zone, seen)
            if seen is None:
                records.found[key] = found
        first = bisect_right(found, self.above) if self.by_id and self.above >= 0 else 0
        return Matches(found, first)

    def _likely(self, records: Collection) -> list[int]:
        """The ids that fit the first condition on a number; all where there is none."""
        for prefix, name, wanted in self.conditions:
            if prefix in ("", "=", "@") and self.fields[name] == "int":
                several = to_list(wanted) if isinstance(wanted, (list, dict)) else [wanted]
                return records.with_number(name, map(php_int, several))
        return records.ids

    def _search(self, records: Collection, zone: tzinfo, seen: Test | None) -> list[int]:
        tests = [
            build(name, self.fields[name], prefix, wanted, zone)
            for prefix, name, wanted in self.conditions
        ]
        if seen is not None:
            tests.append(seen)
        ids: list[int] = self._likely(records)
        if tests:
            rows = records.rows
            ids = [n for n in ids if all(test(rows[n]) for test in tests)]
        if self.by_id:
            return ids if tests else list(ids)
        ids = [number for number in ids if number > self.above]
        for name, descending in reversed(self.order):
            value = sort_key(name, self.fields[name], zone)
            ids.sort(key=lambda n: value(records.rows[n]), reverse=descending)
        return ids


def list_params(params: Row) -> tuple[Row, Row, list[str], int]:
    """``filter``, ``order``, ``select`` and ``start`` of an old list method."""
    conditions, order = params.get("filter"), params.get("order")
    if order not in (None, "", [], {}) and not isinstance(order, dict):
        raise refused("Parameter 'order' must be array.")
    if conditions not in (None, "", [], {}) and not isinstance(conditions, (dict, list)):
        raise refused("Parameter 'filter' must be array.")
    select = [to_text(name) for name in to_list(params.get("select"))]
    return (
        conditions if isinstance(conditions, dict) else {},
        order if isinstance(order, dict) else {},
        select,
        to_int(params.get("start")) or 0,
    )


def page_of(
    world: World,
    ids: Matches,
    start: int,
    show: Callable[[int], Row],
    *,
    literal: bool = False,
) -> Page:
    """One page of at most 50. ``start`` -1 counts nothing; ``literal``: no rounding down."""
    if start < 0:
        total = 0 if world.settings.total_without_count else None
        return Page([show(number) for number in ids.part(0, PAGE_SIZE)], total)
    if not literal:
        start -= start % PAGE_SIZE
    end = start + PAGE_SIZE
    rows = [show(number) for number in ids.part(start, end)]
    return Page(rows, len(ids), end if end < len(ids) else None)


def pick(row: Row, names: Iterable[str], defaults: Row) -> Row:
    """The named fields; those not stored with the value of an untouched card."""
    return {name: row[name] if name in row else defaults.get(name) for name in names}
