"""P3: contact search over 100,000 people, from the words to fifty ranked rows in Python."""

import os
import random
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.domain.folding import fold
from desktop.store.cache import CacheTables
from desktop.store.cache_file import open_cache
from desktop.store.database import transaction
from tests.benchmarks.figures import Figure, p95, quietest, tell
from tests.benchmarks.people import people

PEOPLE = 100_000
RUNS = 400
WARMING = 20
TODAY = date(2026, 11, 16)


def measure() -> list[Figure]:
    """The figures of this file."""
    with tempfile.TemporaryDirectory() as folder:
        (writer, _calendar, reader), _fresh = open_cache(Path(folder), os.urandom(32))
        tables = CacheTables(writer, lambda: datetime.now(UTC))
        everybody = list(people(PEOPLE))
        for first in range(0, PEOPLE, 20_000):
            with transaction(writer, writing=True):
                tables.contacts.upsert(everybody[first : first + 20_000])
        search = CacheTables(reader, lambda: datetime.now(UTC)).contacts.search
        names = [fold(one.name).split() for one in everybody]
        worked: list[float] = []

        def one_pass() -> list[float]:
            chance = random.Random(3)
            took: list[float] = []
            for run in range(RUNS + WARMING):
                query = _query(chance, chance.choice(names))
                started, begun = time.perf_counter(), time.thread_time()
                with transaction(reader, writing=False):
                    search(query, limit=50, today=TODAY)
                if run >= WARMING:
                    worked.append((time.thread_time() - begun) * 1000)
                    took.append((time.perf_counter() - started) * 1000)
            return took

        took = quietest(one_pass)
    beside = f"p50 {statistics.median(took):.1f} ms, processor time p95 {p95(worked):.1f} ms"
    return [Figure("P3", "contact search, 100,000 people, p95", p95(took), "ms", 5, 15, beside)]


def _query(chance: random.Random, words: list[str]) -> str:
    """One to five letters of a word, or the beginnings of two."""
    if len(words) > 1 and chance.random() < 0.3:
        return " ".join(word[: chance.randint(2, 6)] for word in words[:2])
    return chance.choice(words)[: chance.randint(1, 5)]


if __name__ == "__main__":
    tell(measure)
