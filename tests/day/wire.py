"""The way to the portal: it takes time, is measured, and brings the portal's clock along."""

import asyncio
import json
import ssl
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import httpx

from tests.day.loop import LeapingLoop
from tests.servers.portal import Portal

ROUND_TRIP_S = 0.1
KEPT_ALIVE_S = 30.0
"""How long the program keeps a connection that nobody uses."""
_SAME_VISIT_S = 15.0
_COSTS_S = {"*.list": 0.162, "*.get": 0.131, "*": 0.1}
"""As `PortalControl.set_typical_costs` accounts them."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One request: when, what was asked, and what it weighed."""

    at_s: float
    methods: tuple[str, ...]
    ended_s: float
    bytes_so_far: int
    """All that went over the loop's sockets until then, both ways, with TLS."""


@dataclass
class Line:
    """One computer's line. ``loop`` is the time that portal and program share."""

    loop: LeapingLoop
    portal: Portal
    sendings: list[Sending] = field(default_factory=list)
    open: bool = True
    """Whether there is a network."""

    def by_method(self, since_s: float, until_s: float) -> Counter[str]:
        """How many requests of each kind left in that stretch; a batch counts as one."""
        return Counter(
            _named(one.methods) for one in self.sendings if since_s <= one.at_s < until_s
        )

    def visits(self, since_s: float, until_s: float) -> list[list[int]]:
        """What was asked for at once, as the bytes of each request; the first is left out.

        Bytes count both ways, with the handshake of a new connection.
        """
        found: list[list[int]] = []
        before: Sending | None = None
        for one in self.sendings:
            if since_s <= one.at_s < until_s and before is not None:
                weight = one.bytes_so_far - before.bytes_so_far
                if found and one.at_s - before.ended_s < _SAME_VISIT_S:
                    found[-1].append(weight)
                else:
                    found.append([weight])
            before = one
        return found[1:]


class PortalClock:
    """Moves the portal's frozen clock to where the loop's time is."""

    def __init__(self, loop: LeapingLoop, portal: Portal) -> None:
        self._loop = loop
        self._portal = portal
        self._told_s = loop.elapsed_s()

    def catch_up(self) -> None:
        """Before anything happens there."""
        passed = self._loop.elapsed_s() - self._told_s
        if passed > 0:
            self._told_s += passed
            self._portal.control.advance(passed)


class DayTransport(httpx.AsyncBaseTransport):
    """Requests take as long as the portal says that they cost it, and a round trip."""

    def __init__(self, line: Line, clock: PortalClock, trust: ssl.SSLContext) -> None:
        self._line = line
        self._clock = clock
        self._trust = trust
        self._inner: httpx.AsyncHTTPTransport | None = None
        self._busy = 0
        self._used_s = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, at the portal's pace."""
        loop = self._line.loop
        if not self._line.open:
            raise httpx.ConnectError("no network", request=request)
        began = loop.elapsed_s()
        methods = methods_of(request.url.path, await request.aread())
        await asyncio.sleep(ROUND_TRIP_S + sum(map(_cost_s, methods)))
        loop.under_way += 1
        self._busy += 1
        try:
            inner = await self._fresh()
            self._clock.catch_up()
            answer = await inner.handle_async_request(request)
            try:
                content = b"".join([part async for part in answer.stream])  # type: ignore[union-attr]
            finally:
                await answer.aclose()
        finally:
            loop.under_way -= 1
            self._busy -= 1
            self._used_s = loop.time()
        weight = loop.sent_bytes + loop.received_bytes
        self._line.sendings.append(Sending(began, methods, loop.elapsed_s(), weight))
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(content)
        )

    async def aclose(self) -> None:
        """Closes the connections."""
        inner, self._inner = self._inner, None
        if inner is not None:
            await inner.aclose()

    async def _fresh(self) -> httpx.AsyncHTTPTransport:
        """Connections that were idle for too long are made anew: their bytes count."""
        idle_s = self._line.loop.time() - self._used_s
        if self._inner is not None and self._busy == 1 and idle_s > KEPT_ALIVE_S:
            await self.aclose()
        if self._inner is None:
            self._inner = httpx.AsyncHTTPTransport(verify=self._trust)
        return self._inner


def methods_of(path: str, body: bytes) -> tuple[str, ...]:
    """The commands of a batch, or the one method."""
    method = path.rpartition("/")[2].removesuffix(".json")
    if method != "batch":
        return (method,)
    lines = json.loads(body)["cmd"]
    commands = lines.values() if isinstance(lines, dict) else lines
    return tuple(line.partition("?")[0] for line in commands)


def _named(methods: tuple[str, ...]) -> str:
    """A batch by what most of its commands ask."""
    if len(methods) == 1:
        return methods[0]
    (most, _count), *_rest = Counter(methods).most_common()
    return f"batch, most {most}"


def _cost_s(method: str) -> float:
    return next(cost for name, cost in _COSTS_S.items() if fnmatchcase(method, name))
