"""Sends JSON over HTTPS; the one place that gives HTTP failures our names."""

import asyncio
import contextlib
import http.cookiejar
import logging
import ssl
import time
import zlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

# The first request would load these two, on the thread that paints.
import anyio._backends._asyncio  # noqa: F401
import h11  # noqa: F401
import httpx
import msgspec

from desktop.domain.errors import (
    AppError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    Unreachable,
)
from desktop.services.api.handshake import HandshakeWatch
from desktop.services.api.http_failures import failure_of
from desktop.services.api.json_budget import MAX_BYTES, BudgetError, check, collector_paused
from desktop.services.api.trust import trusted_context

T = TypeVar("T")

PARALLEL = 8
_TIMEOUT = httpx.Timeout(connect=10.0, read=65.0, write=65.0, pool=10.0)
_EXCHANGE_S = 300.0
_KEEP_ALIVE_S = 30.0
_SMALL_BODY = 64 * 1024
_LONGEST_WAIT_S = 3600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOO_MANY_REQUESTS = 429

_log = logging.getLogger(__name__)

# Both libraries log whole addresses at INFO, and an address is a secret.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A body that could be read, whatever the status."""

    status: int
    value: T
    retry_after_s: float | None = None
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Body:
    status: int
    content: bytes
    location: str
    retry_after_s: float | None


class JsonHttp:
    """One account's connections: kept alive, never redirected, without cookies.

    ``transport`` stands in for the network in tests; ``trust`` for the OS trust store.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        trust: ssl.SSLContext | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._trust = trust
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._last_use: float | None = None

    @property
    def idle_s(self) -> float:
        """Seconds since the last complete answer; infinite before the first."""
        return float("inf") if self._last_use is None else time.monotonic() - self._last_use

    async def post(self, url: str, payload: object, read: Callable[[bytes], T]) -> Answer[T]:
        """Sends ``payload`` and hands the body to ``read``, off the loop where it is large.

        Raises `OfflineError` where nothing was sent, `RefusedError` for a moved server and for a
        429 without JSON, and `OutcomeUnknownError` for everything else without a usable body.
        """
        return await self._answer("POST", url, msgspec.json.encode(payload), read)

    async def get(self, url: str, read: Callable[[bytes], T]) -> Answer[T]:
        """Asks for ``url``; raises what `post` raises."""
        return await self._answer("GET", url, b"", read)

    async def aclose(self) -> None:
        """Closes the connections; requests under way end as unknown."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _answer(
        self, verb: str, url: str, content: bytes, read: Callable[[bytes], T]
    ) -> Answer[T]:
        started = time.monotonic()
        body = await self._exchange(verb, url, content)
        self._last_use = time.monotonic()
        if body.status in _REDIRECTS:
            raise _moved(url, body)
        value = await self._decode(body, read)
        return Answer(body.status, value, body.retry_after_s, self._last_use - started)

    async def _exchange(self, verb: str, url: str, content: bytes) -> _Body:
        failure: AppError
        try:
            async with asyncio.timeout(_EXCHANGE_S):
                return await self._send(verb, url, content)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError) as error:
            _log.info("request failed: %s", type(error).__name__)
            failure = failure_of(error)
        # Raised out here, because the library's error carries the address even as a context.
        raise failure

    async def _send(self, verb: str, url: str, content: bytes) -> _Body:
        client = await self._ready_client()
        watched = {"trace": HandshakeWatch()}
        async with client.stream(verb, url, content=content, extensions=watched) as response:
            return _Body(
                response.status_code,
                await _bounded_body(response),
                response.headers.get("location", ""),
                _wait_told(response.headers.get("retry-after", "")),
            )

    async def _ready_client(self) -> httpx.AsyncClient:
        if self._client is None and self._trust is None and self._transport is None:
            self._trust = await asyncio.to_thread(trusted_context)
        if self._client is None:
            with contextlib.suppress(ValueError, ImportError):
                self._client = self._build_client()
        if self._client is None:  # a proxy setting that makes no sense
            raise OfflineError(Unreachable.PROXY)
        return self._client

    def _build_client(self) -> httpx.AsyncClient:
        nothing_kept = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
        return httpx.AsyncClient(
            verify=self._trust if self._trust is not None else True,
            transport=self._transport,
            follow_redirects=False,
            timeout=_TIMEOUT,
            limits=httpx.Limits(
                max_connections=PARALLEL,
                max_keepalive_connections=PARALLEL,
                keepalive_expiry=_KEEP_ALIVE_S,
            ),
            cookies=http.cookiejar.CookieJar(nothing_kept),
            headers={
                "User-Agent": self._user_agent,
                "Content-Type": "application/json",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    async def _decode(self, body: _Body, read: Callable[[bytes], T]) -> T:
        with contextlib.suppress(msgspec.DecodeError, BudgetError, UnicodeDecodeError):
            if len(body.content) <= _SMALL_BODY:
                return _read(body.content, read)
            return await asyncio.to_thread(_read, body.content, read)
        if body.status == _TOO_MANY_REQUESTS:
            raise RefusedError(
                Refusal.BUSY, retry_after_s=body.retry_after_s, http_status=body.status
            )
        page = body.content[:256].lstrip().startswith(b"<")
        raise OutcomeUnknownError(body.status, page=page)


def _read(content: bytes, read: Callable[[bytes], T]) -> T:
    check(content)
    if len(content) <= _SMALL_BODY:
        return read(content)
    with collector_paused():
        return read(content)


async def _bounded_body(response: httpx.Response) -> bytes:
    """The decoded body, counted while it streams, so that no bomb is ever unpacked."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise httpx.DecodingError("an encoding that was not asked for")
    chunks = _raw(response)
    if encoding in ("gzip", "x-gzip"):
        chunks = _inflate(chunks)
    parts: list[bytes] = []
    size = 0
    async with contextlib.aclosing(chunks):
        async for chunk in chunks:
            size += len(chunk)
            if size > MAX_BYTES:
                raise httpx.DecodingError("larger than any honest answer")
            parts.append(chunk)
    return b"".join(parts)


async def _raw(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    async for chunk in response.aiter_raw():
        yield chunk


async def _inflate(chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        async with contextlib.aclosing(chunks):
            async for chunk in chunks:
                yield unpack.decompress(chunk, MAX_BYTES + 1)
                if unpack.unconsumed_tail:
                    raise httpx.DecodingError("larger than any honest answer")
    except zlib.error:
        raise httpx.DecodingError("not what its header says") from None
    if not unpack.eof:
        raise httpx.DecodingError("cut")


def _moved(url: str, body: _Body) -> AppError:
    """What a redirect means: nothing is sent there before the user has confirmed the address."""
    try:
        target, here = urlsplit(body.location), urlsplit(url)
        port = target.port
    except ValueError:
        return OfflineError(Unreachable.CAPTIVE_PORTAL)
    if target.scheme != "https" or not target.hostname:
        # A network that wants a sign-in leads to a page of its own.
        return OfflineError(Unreachable.CAPTIVE_PORTAL)
    if target.netloc.lower() == here.netloc.lower():
        return OutcomeUnknownError(body.status, page=True)
    base, rest, _method = target.path.partition("/rest/")
    if not rest:
        return OfflineError(Unreachable.CAPTIVE_PORTAL)
    address = f"https://{target.hostname}" + (f":{port}" if port else "") + base
    return RefusedError(Refusal.MOVED, http_status=body.status, subject=address)


def _wait_told(value: str) -> float | None:
    return min(float(value), _LONGEST_WAIT_S) if value.isascii() and value.isdigit() else None
