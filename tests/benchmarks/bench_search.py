"""Contact search over 100,000 people: from the words to fifty ranked rows in Python.

``python -m tests.benchmarks.bench_search [people]`` prints one line of JSON.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.domain.folding import fold
from desktop.store.cache import CacheTables
from desktop.store.cache_file import open_cache
from desktop.store.database import transaction
from tests.benchmarks.people import people

RUNS = 400
TODAY = date(2026, 11, 16)


def main(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        (writer, _calendar, reader), _fresh = open_cache(Path(folder), os.urandom(32))
        tables = CacheTables(writer, lambda: datetime.now(UTC))
        everybody = list(people(count))
        started = time.perf_counter()
        for first in range(0, count, 20_000):
            with transaction(writer, writing=True):
                tables.contacts.upsert(everybody[first : first + 20_000])
        filled_s = time.perf_counter() - started
        search = CacheTables(reader, lambda: datetime.now(UTC)).contacts.search
        chance = random.Random(3)
        took: list[float] = []
        slowest = (0.0, "")
        for run in range(RUNS + 20):
            query = _query(chance, fold(chance.choice(everybody).name).split())
            started = time.perf_counter()
            with transaction(reader, writing=False):
                search(query, limit=50, today=TODAY)
            ms = (time.perf_counter() - started) * 1000
            if run >= 20:
                took.append(ms)
                slowest = max(slowest, (ms, query))
        size_mb = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    print(slowest, file=sys.stderr)
    return {
        "people": count,
        "p50_ms": round(statistics.median(took), 2),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 2),
        "fill_s_per_20000": round(filled_s * 20_000 / count, 2),
        "size_mb": round(size_mb, 1),
    }


def _query(chance: random.Random, words: list[str]) -> str:
    """One to five letters of a word, or the beginnings of two."""
    if len(words) > 1 and chance.random() < 0.3:
        return " ".join(word[: chance.randint(2, 6)] for word in words[:2])
    return chance.choice(words)[: chance.randint(1, 5)]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
