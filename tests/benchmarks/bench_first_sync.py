"""P8 to P11: the first sync of 20,000 contacts beside fast_bitrix24's fetch of the same.

Both run against one emulated portal, in turns; see `sync_clients`.

The vendor's page on reading large lists tells what counting costs a portal: 49.9 s on 2.4 million
rows, of which ``start`` = -1 leaves 0.097 s. The portal of P9 takes that much time for its 20,000
rows. The same ratio on a portal that counts for nothing, where the reference's time is mostly the
emulator's own, is printed beside it without a limit.
"""

import math
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure, tell
from tests.benchmarks.sync_clients import middle, rounds
from tests.servers.portal import Portal

CONTACTS = 20_000
ROUNDS = 3
COUNTING_S_PER_ROW = 49.8 / 2_400_000
MIB = 1024 * 1024


def measure() -> list[Figure]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder), contacts=CONTACTS) as portal:
        free = rounds(portal, ROUNDS, CONTACTS)
        portal.control.configure(counting_s=COUNTING_S_PER_ROW * CONTACTS)
        counted = rounds(portal, 1, CONTACTS)
        refused = portal.control.refused_by_bucket()

    seconds, their_seconds = (
        middle(counted, "ours", "seconds"),
        middle(counted, "reference", "seconds"),
    )
    memory, their_memory = middle(free, "ours", "memory"), middle(free, "reference", "memory")
    bare, their_bare = middle(free, "ours", "seconds"), middle(free, "reference", "seconds")
    useful = middle(counted, "ours", "useful_s")
    again = middle(counted, "ours", "repeat")
    their_requests = f"fast_bitrix24 {middle(counted, 'reference', 'requests'):.0f}"
    return [
        Figure(
            "P8",
            "first sync, requests",
            middle(counted, "ours", "requests"),
            "",
            9,
            10,
            their_requests,
        ),
        Figure("P8", "first sync, limit errors", refused, "", 0, 0),
        Figure(
            "P8",
            "first sync, first contacts stored",
            useful,
            "s",
            5,
            10,
        ),
        Figure(
            "P9",
            "first sync with its writing, to the reference's fetch alone",
            seconds / their_seconds,
            "x",
            0.5,
            0.7,
            f"{seconds:.2f} s, fast_bitrix24 {their_seconds:.2f} s",
        ),
        Figure(
            "P9",
            "the same where the portal counts for nothing",
            bare / their_bare,
            "x",
            math.inf,
            math.inf,
            f"{bare:.2f} s, fast_bitrix24 {their_bare:.2f} s",
        ),
        Figure(
            "P10",
            "memory above idle, to the reference's",
            memory / their_memory,
            "x",
            0.3,
            0.5,
            f"{memory / MIB:.0f} MiB, fast_bitrix24 {their_memory / MIB:.0f} MiB",
        ),
        Figure("P11", "repeat sync, nothing changed: requests", again, "", 1, 2, their_requests),
    ]


if __name__ == "__main__":
    tell(measure)
