"""P8 to P11: the first sync of 20,000 contacts beside fast_bitrix24's fetch of the same.

Each client runs in a process of its own against one emulated portal, in turns. Ours writes every
page into the encrypted cache; the reference only fetches.

The vendor's page on reading large lists tells what counting costs a portal: 49.9 s on 2.4 million
rows, of which ``start`` = -1 leaves 0.097 s. The portal of P9 takes that much time for its 20,000
rows. The same ratio on a portal that counts for nothing, where the reference's time is mostly the
emulator's own, is printed beside it without a limit.
"""

import argparse
import asyncio
import json
import math
import resource
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import fast_bitrix24

from desktop.domain.account import Account, AccountKind
from desktop.domain.contact import Contact
from desktop.domain.ids import AccountId, ContactId, RemoteId
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.wire_contacts import CONTACT_SELECT
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from desktop.store.files import StoreFiles
from tests.benchmarks.figures import Figure, tell
from tests.servers.portal import Portal

CONTACTS = 20_000
ROUNDS = 3
COUNTING_S = 49.8 / 2_400_000 * CONTACTS
ACCOUNT = AccountId("bench")
REPEATED = "filter[%3E%3DDATE_MODIFY]"
"""What only the repeated sync asks for."""

MIB = 1024 * 1024


class Nobody:
    """No contact is known here yet."""

    async def contact(self, contact_id: ContactId) -> Contact | None:
        return None

    async def remote_id(self, contact_id: ContactId) -> RemoteId | None:
        return None


async def ours(webhook: str, ca_file: str) -> dict[str, Any]:
    """Pulls everything into a fresh cache, page by page, then pulls again."""
    with tempfile.TemporaryDirectory() as folder:
        files = await StoreFiles.open(Path(folder), bytes(range(32)))
        remote = Bitrix24Account(
            Account(ACCOUNT, AccountKind.BITRIX24, "Bench"),
            parse_webhook(webhook),
            http=JsonHttp("Parley/bench", trust=build_context(ca_file)),
            limiter=RateLimiter(),
            people=Nobody(),
            clock=lambda: datetime.now(UTC),
        )
        idle, started = _peak(), time.perf_counter()
        count, cursor, useful_s = await _pull(remote, files, None, started)
        seconds, peak = time.perf_counter() - started, _peak()
        again, _cursor, _useful = await _pull(remote, files, cursor, started)
        stored = await files.cache.read(lambda cache: cache.contacts.count(ACCOUNT))
        await remote.aclose()
        await files.close()
    assert count >= CONTACTS
    assert (stored, again) == (CONTACTS, 0)
    return {"seconds": seconds, "memory": peak - idle, "useful_s": useful_s}


async def _pull(
    remote: Bitrix24Account, files: StoreFiles, cursor: str | None, started: float
) -> tuple[int, str, float]:
    count, useful_s = 0, 0.0
    async with aclosing(remote.pull_contacts(cursor)) as pages:
        async for page in pages:

            def write(cache: Any, page: Any = page) -> None:
                cache.contacts.upsert_records(page.records)
                cache.cursors.put(ACCOUNT, "contacts", page.cursor)

            await files.cache.write(write)
            useful_s = useful_s or time.perf_counter() - started
            count, cursor = count + len(page.records), page.cursor
    return count, cursor or "", useful_s


async def reference(webhook: str, ca_file: str) -> dict[str, Any]:
    """The same fields of the same contacts, kept as the library returns them."""
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca_file))
    async with aiohttp.ClientSession(connector=connector) as session:
        b24 = fast_bitrix24.BitrixAsync(webhook, verbose=False, client=session)
        idle, started = _peak(), time.perf_counter()
        found = await b24.get_all("crm.contact.list", {"select": list(CONTACT_SELECT)})
        seconds = time.perf_counter() - started
        assert len(found) == CONTACTS
        return {"seconds": seconds, "memory": _peak() - idle}


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


CLIENTS: dict[str, Callable[[str, str], Any]] = {"ours": ours, "reference": reference}


def _run(client: str, portal: Portal) -> dict[str, Any]:
    portal.control.clear_requests()
    portal.control.advance(60)  # the bucket of the round before drains
    command = [sys.executable, "-m", "tests.benchmarks.bench_first_sync", "--client", client]
    command += ["--webhook", portal.webhook_url, "--ca", portal.ca_file]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(f"{client} failed:\n{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    repeat = sum(REPEATED in str(entry["params"]) for entry in portal.control.requests())
    return {**told, "requests": portal.control.count() - repeat, "repeat": repeat}


Rounds = dict[str, list[dict[str, Any]]]


def _rounds(portal: Portal, count: int) -> Rounds:
    rounds: Rounds = {"ours": [], "reference": []}
    for _ in range(count):
        for client, results in rounds.items():
            results.append(_run(client, portal))
    return rounds


def measure() -> list[Figure]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, Portal(Path(folder), contacts=CONTACTS) as portal:
        free = _rounds(portal, ROUNDS)
        portal.control.configure(counting_s=COUNTING_S)
        rounds = _rounds(portal, 1)
        refused = portal.control.refused_by_bucket()

    def middle(client: str, name: str, of: Rounds = rounds) -> float:
        return float(statistics.median(result[name] for result in of[client]))

    seconds, their_seconds = middle("ours", "seconds"), middle("reference", "seconds")
    memory, their_memory = middle("ours", "memory", free), middle("reference", "memory", free)
    bare, their_bare = middle("ours", "seconds", free), middle("reference", "seconds", free)
    again = middle("ours", "repeat")
    their_requests = f"fast_bitrix24 {middle('reference', 'requests'):.0f}"
    return [
        Figure(
            "P8",
            "first sync, requests",
            middle("ours", "requests"),
            "",
            9,
            10,
            their_requests,
        ),
        Figure("P8", "first sync, limit errors", refused, "", 0, 0),
        Figure("P8", "first sync, first contacts stored", middle("ours", "useful_s"), "s", 5, 10),
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


def main() -> int:
    """One client in this process; without ``--client`` all of them, and the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("wanted", nargs="*")
    parser.add_argument("--client", choices=CLIENTS)
    parser.add_argument("--webhook", default="")
    parser.add_argument("--ca", default="")
    options = parser.parse_args()
    if options.client:
        print(json.dumps(asyncio.run(CLIENTS[options.client](options.webhook, options.ca))))
        return 0
    tell(measure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
