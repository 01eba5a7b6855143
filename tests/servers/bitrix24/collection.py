"""One kind of record: in memory for speed, on disk before anybody hears of a change."""

from bisect import bisect_right, insort
from collections.abc import Callable, Hashable, Iterable

from .storage import Storage
from .values import Row, php_int


def _nobody_listens(kind: str, verb: str, number: int) -> None:
    pass


class Collection:
    """Records by id, ids ascending and never given twice."""

    def __init__(self, storage: Storage, kind: str, first_id: int = 1) -> None:
        self.kind = kind
        self.rows: dict[int, Row] = {}
        self.ids: list[int] = []
        self.found: dict[Hashable, list[int]] = {}
        """Answers to earlier questions about this state; emptied by every change."""
        self._indexes: dict[str, dict[int, list[int]]] = {}
        self.changed: Callable[[str, str, int], None] = _nobody_listens
        """Told kind, ``ADD``, ``UPDATE`` or ``DELETE`` and id after each single change."""
        self._storage = storage
        self._first_id = first_id
        self._next_id = first_id

    def load(self) -> None:
        """Take over what is on disk."""
        self.rows = dict(self._storage.load(self.kind))
        self.ids = list(self.rows)
        kept = self._storage.fact(f"next {self.kind}")
        self._next_id = kept if isinstance(kept, int) else self._first_id
        self._forget_answers()

    def forget(self) -> None:
        """Drop the memory; the caller wipes the disk."""
        self.rows, self.ids, self._next_id = {}, [], self._first_id
        self._forget_answers()

    def with_number(self, field: str, numbers: Iterable[int]) -> list[int]:
        """The ids of the records in which ``field`` shows one of these numbers, ascending."""
        index = self._indexes.get(field)
        if index is None:
            index = self._indexes[field] = {}
            for number in self.ids:
                index.setdefault(php_int(self.rows[number].get(field)), []).append(number)
        wanted = set(numbers)
        if len(wanted) == 1:
            return list(index.get(wanted.pop(), ()))
        return sorted(found for one in wanted for found in index.get(one, ()))

    def _forget_answers(self) -> None:
        self.found.clear()
        self._indexes.clear()

    def new_id(self, count: int = 1) -> int:
        """The first of ``count`` fresh ids."""
        first = self._next_id
        self._next_id += count
        self._storage.set_fact(f"next {self.kind}", self._next_id)
        return first

    def get(self, number: int | None) -> Row | None:
        """The record of that id, if there is one."""
        return None if number is None else self.rows.get(number)

    def put(self, number: int, row: Row) -> None:
        """Write a record, new or changed."""
        is_new = number not in self.rows
        if is_new:
            if not self.ids or number > self.ids[-1]:
                self.ids.append(number)
            else:
                insort(self.ids, number)
            if number >= self._next_id:
                self.new_id(number + 1 - self._next_id)
        self.rows[number] = row
        self._storage.put(self.kind, ((number, row),))
        self._forget_answers()
        self.changed(self.kind, "ADD" if is_new else "UPDATE", number)

    def put_many(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Write many new records whose ids ascend beyond all present ones."""
        fresh = list(rows)
        self.rows.update(fresh)
        self.ids.extend(number for number, _ in fresh)
        self._storage.put(self.kind, fresh)
        self._forget_answers()

    def remove(self, number: int) -> None:
        """Delete a record that exists."""
        del self.rows[number]
        del self.ids[bisect_right(self.ids, number) - 1]
        self._storage.remove(self.kind, number)
        self._forget_answers()
        self.changed(self.kind, "DELETE", number)
