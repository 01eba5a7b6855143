"""P1, P2, P12, P13: how fast the program starts, and what it costs while nothing happens.

Real processes on a profile with the whole load, its key in the real keyring, its modules compiled
(as those of an installed program are). Every round also starts a bare window. The start is
measured with ``--offline``, the quiet with an account whose portal answers.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import load
from tests.benchmarks.figures import Figure, say, tell
from tests.benchmarks.processes import ROOT, cpu_s, memory_mib, running
from tests.servers.portal import Portal

ROUNDS = 7
SETTLE_S = 10.0
IDLE_S = 30.0
PROGRAM, BARE = "tests.benchmarks.watched", "tests.benchmarks.bare"

middle = statistics.median


def seeded(portal: Portal, profile: Path) -> dict[str, float]:
    """Fill the profile by a real first sync, in a process of its own."""
    now = datetime.now(UTC)
    events = load.furnish(portal, now)
    say(f"  the portal has {load.CONTACTS} contacts and {events} events of these weeks")
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    command += [str(profile), portal.webhook_url, now.isoformat()]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def starts(profile: Path) -> list[Figure]:
    """P1 and P2, in paired rounds; one more round before them warms everything up."""
    bare: list[float] = []
    first: list[float] = []
    complete: list[float] = []
    for _ in range(ROUNDS + 1):
        with running(BARE) as window:
            bare += window.moments_ms()
        with running(PROGRAM, "first", "--profile", str(profile), "--offline") as program:
            first += program.moments_ms()
        with running(PROGRAM, "last", "--profile", str(profile), "--offline") as program:
            own_first, last = program.moments_ms()
            complete.append(last / own_first)
    bare, first, complete = bare[1:], first[1:], complete[1:]
    ratios = [ours / theirs for ours, theirs in zip(first, bare, strict=True)]
    beside = f"{middle(first):.0f} ms, bare window {middle(bare):.0f} ms"
    return [
        Figure("P1", "start to the painted week, to a bare window", middle(ratios), "x", 1.7, 2.4,
               beside),
        Figure("P2", "last pixel changes, to our own first paint", middle(complete), "x", 1.3, 2,
               f"spread {min(complete):.2f} to {max(complete):.2f}"),
    ]  # fmt: skip


def quiet(profile: Path) -> list[Figure]:
    """P12 and P13: a visible window with an account that is in step, and a bare one."""
    with running(BARE) as window:
        window.moments_ms()
        time.sleep(SETTLE_S)
        bare, bare_pss = memory_mib(window.pid)
    with running(PROGRAM, "first", "--profile", str(profile)) as program:
        program.moments_ms()
        time.sleep(SETTLE_S)
        own, own_pss = memory_mib(program.pid)
        before, began = cpu_s(program.pid), time.monotonic()
        time.sleep(IDLE_S)
        percent = 100 * (cpu_s(program.pid) - before) / (time.monotonic() - began)
    beside = f"{own:.0f} MiB (PSS {own_pss:.0f}), bare window {bare:.0f} MiB (PSS {bare_pss:.0f})"
    return [
        Figure("P12", "memory after 10 s, to a bare window", own / bare, "x", 2, 3, beside),
        Figure("P13", "idle processor time over 30 s", percent, "%", 0.1, 0.5),
    ]


def _gap(told: dict[str, float]) -> Figure:
    beside = (
        f"{told['quiet_gap_ms']:.0f} ms with nothing to do; synced in {told['first_sync_s']:.1f} s"
    )
    what = "longest pause of the window in a first sync of 20,000 contacts"
    return Figure("gap", what, told["longest_gap_ms"], "ms", 50, 100, beside)


def measure(wanted: frozenset[str]) -> list[Figure]:
    """The figures of this file that are wanted."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder) / "portal") as portal:
        os.environ["SSL_CERT_FILE"] = portal.ca_file
        profile = Path(folder) / "profile"
        told = seeded(portal, profile)
        figures.append(_gap(told))
        parts: dict[frozenset[str], Callable[[Path], list[Figure]]] = {
            frozenset({"P1", "P2"}): starts,
            frozenset({"P12", "P13"}): quiet,
        }
        for ids, part in parts.items():
            if ids & wanted:
                figures += part(profile)
    return figures


if __name__ == "__main__":
    chosen = frozenset(sys.argv[1:]) or frozenset({"P1", "P2", "P12", "P13", "gap"})
    tell(lambda: measure(chosen))
