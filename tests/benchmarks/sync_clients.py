"""The clients of the first-sync benchmarks: ours, and fast_bitrix24 as the reference.

Each runs in a process of its own. Ours writes every page into the encrypted cache; the reference
only fetches.
"""

import asyncio
import json
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
from desktop.services.api.bitrix24.contacts.wire_contacts import CONTACT_SELECT
from desktop.services.api.bitrix24.signing_in.access import WebhookAccess
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from desktop.store.files import StoreFiles
from tests.servers.portal import Portal

LONGEST_S = 600
ACCOUNT = AccountId("bench")
REPEATED = "filter[%3E%3DDATE_MODIFY]"
"""What only the repeated sync asks for."""


class Nobody:
    """No contact is known here yet."""

    async def contact(self, contact_id: ContactId) -> Contact | None:
        return None

    async def remote_id(self, contact_id: ContactId) -> RemoteId | None:
        return None


async def ours(webhook: str, ca_file: str, contacts: int) -> dict[str, Any]:
    """Pulls everything into a fresh cache, page by page, then pulls again."""
    with tempfile.TemporaryDirectory() as folder:
        files = await StoreFiles.open(Path(folder), bytes(range(32)))
        remote = Bitrix24Account(
            Account(ACCOUNT, AccountKind.BITRIX24, "Bench"),
            WebhookAccess(parse_webhook(webhook)),
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
    assert count >= contacts
    assert (stored, again) == (contacts, 0)
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


async def reference(webhook: str, ca_file: str, contacts: int) -> dict[str, Any]:
    """The same fields of the same contacts, kept as the library returns them."""
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca_file))
    async with aiohttp.ClientSession(connector=connector) as session:
        b24 = fast_bitrix24.BitrixAsync(webhook, verbose=False, client=session)
        idle, started = _peak(), time.perf_counter()
        found = await b24.get_all("crm.contact.list", {"select": list(CONTACT_SELECT)})
        seconds = time.perf_counter() - started
        assert len(found) == contacts
        return {"seconds": seconds, "memory": _peak() - idle}


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


CLIENTS: dict[str, Callable[[str, str, int], Any]] = {"ours": ours, "reference": reference}


def _run(client: str, portal: Portal, contacts: int) -> dict[str, Any]:
    portal.control.clear_requests()
    portal.control.advance(60)  # the bucket of the round before drains
    command = [sys.executable, "-m", "tests.benchmarks.sync_clients", client]
    command += [portal.webhook_url, portal.ca_file, str(contacts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    if done.returncode:
        raise RuntimeError(f"{client} failed:\n{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    repeat = sum(REPEATED in str(entry["params"]) for entry in portal.control.requests())
    return {**told, "requests": portal.control.count() - repeat, "repeat": repeat}


Rounds = dict[str, list[dict[str, Any]]]
"""What each client told, round by round."""


def rounds(portal: Portal, count: int, contacts: int) -> Rounds:
    """Both clients in turns, each time in a process of its own."""
    told: Rounds = {"ours": [], "reference": []}
    for _ in range(count):
        for client, results in told.items():
            results.append(_run(client, portal, contacts))
    return told


def middle(of: Rounds, client: str, name: str) -> float:
    """The median of a figure over the rounds of one client."""
    return float(statistics.median(result[name] for result in of[client]))


def main() -> int:
    """One client in this process; what it measured is the last line."""
    client, webhook, ca_file, contacts = sys.argv[1:]
    print(json.dumps(asyncio.run(CLIENTS[client](webhook, ca_file, int(contacts)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
