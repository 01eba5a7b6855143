"""A first sync of 50,000 contacts beside fast_bitrix24's fetch of the same, once each.

The portal has the vendor's bucket (50 requests at once, then 2 a second) and takes the time for
counting that `bench_first_sync` explains. No client can do with fewer requests than one for each
2,500 contacts.
"""

import tempfile
from pathlib import Path

from tests.benchmarks.bench_first_sync import COUNTING_S_PER_ROW, MIB
from tests.benchmarks.figures import Figure, tell
from tests.benchmarks.sync_clients import middle, rounds
from tests.servers.portal import Portal

CONTACTS = 50_000
FLOOR = CONTACTS // 2_500
MOST_S = 600
"""What goal G7 gives a first import."""


def measure() -> list[Figure]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder), contacts=CONTACTS) as portal:
        portal.control.configure(counting_s=COUNTING_S_PER_ROW * CONTACTS)
        told = rounds(portal, 1, CONTACTS)
        refused = portal.control.refused_by_bucket()
    ours = {name: middle(told, "ours", name) for name in told["ours"][0]}
    theirs = {name: middle(told, "reference", name) for name in told["reference"][0]}
    beside = f"fast_bitrix24 {theirs['requests']:.0f}, the fewest possible {FLOOR}"
    return [
        Figure("large", "50,000 contacts: requests", ours["requests"], "", FLOOR + 1, 24, beside),
        Figure("large", "50,000 contacts: limit errors", refused, "", 0, 0),
        Figure("large", "50,000 contacts: first ones stored", ours["useful_s"], "s", 5, 10),
        Figure("large", "50,000 contacts: all stored", ours["seconds"], "s", 60, MOST_S),
        Figure(
            "large",
            "50,000 contacts with their writing, to the reference's fetch alone",
            ours["seconds"] / theirs["seconds"],
            "x",
            0.5,
            0.7,
            f"{ours['seconds']:.1f} s, fast_bitrix24 {theirs['seconds']:.1f} s",
        ),
        Figure(
            "large",
            "50,000 contacts: memory above idle, to the reference's",
            ours["memory"] / theirs["memory"],
            "x",
            0.3,
            0.5,
            f"{ours['memory'] / MIB:.0f} MiB, fast_bitrix24 {theirs['memory'] / MIB:.0f} MiB",
        ),
    ]


if __name__ == "__main__":
    tell(measure)
