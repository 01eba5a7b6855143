"""A door on this computer alone, open for as long as a browser is to bring one answer."""

import asyncio
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from desktop.domain.errors import Field, InvalidInputError

HOST = "127.0.0.1"

_REQUEST_S = 10.0
_FAREWELL_S = 1.0
_LONGEST = 16 * 1024
_END = b"\r\n\r\n"
_STATUS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_HEADERS = (
    "Content-Type: text/html; charset=utf-8",
    "Cache-Control: no-store",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
    "Connection: close",
)
_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;display:grid;
place-content:center;min-height:90vh;margin:0 1.5rem;text-align:center}}h1{{font-size:1.4rem}}
</style></head><body dir="auto"><h1>{title}</h1><p>{body}</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser shows at the end of its way."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The two ends: the answer was the one waited for, or it was not."""

    taken: Page
    refused: Page


class LoopbackDoor:
    """Listens on 127.0.0.1 and hands the query of each visit to ``take``, until it is closed.

    ``take`` says whether the query was the one waited for. Nothing is logged: it holds a code.
    """

    def __init__(self, port: int, pages: Pages, take: Callable[[str], bool]) -> None:
        self._port = port
        self._pages = pages
        self._take = take
        self._server: asyncio.Server | None = None
        self._silent: set[asyncio.Task[Any]] = set()
        self._answered: set[asyncio.Task[Any]] = set()

    @property
    def port(self) -> int:
        """The port it listens on; 0 while it is closed."""
        if self._server is None or not self._server.sockets:
            return 0
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def open(self) -> None:
        """Begins to listen; port 0 means any that is free.

        Raises `InvalidInputError` for `Field.PORT` ("taken") where another program has it.
        """
        try:
            self._server = await asyncio.start_server(
                self._visited, HOST, self._port, limit=_LONGEST
            )
        except OSError:
            raise InvalidInputError(Field.PORT, "taken", str(self._port)) from None

    async def close(self) -> None:
        """Listens no more; who has asked gets the answer to its end, who is silent none."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            await server.wait_closed()
        visits = self._silent | self._answered
        for visit in tuple(self._silent):
            visit.cancel()
        if visits:
            _done, late = await asyncio.wait(visits, timeout=_FAREWELL_S)
            for visit in late:
                visit.cancel()

    async def _visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        assert visit is not None
        self._silent.add(visit)
        try:
            async with asyncio.timeout(_REQUEST_S):
                request = await reader.readuntil(_END)
            self._silent.discard(visit)
            self._answered.add(visit)
            writer.write(self._answer(request))
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass  # a visitor who says nothing, or too much
        except asyncio.CancelledError:
            if self._server is not None:
                raise
            # Ended by `close`: the streams' own callback would call it an unseen error.
        finally:
            writer.close()
            self._silent.discard(visit)
            self._answered.discard(visit)

    def _answer(self, request: bytes) -> bytes:
        lines = request.decode("latin-1").split("\r\n")
        verb, _, rest = lines[0].partition(" ")
        try:
            target = urlsplit(rest.partition(" ")[0])
        except ValueError:
            return _response(400, self._pages.refused)
        if verb != "GET":
            return _response(405, self._pages.refused)
        if not self._meant_for_us(lines[1:]):
            return _response(400, self._pages.refused)
        if target.path != "/" or not target.query:
            return _response(404, self._pages.refused)
        if self._take(target.query):
            return _response(200, self._pages.taken)
        return _response(400, self._pages.refused)

    def _meant_for_us(self, headers: list[str]) -> bool:
        """Whether the browser was led here by this address, and not by another name for it."""
        names = [line.partition(":")[2].strip() for line in headers if line[:5].lower() == "host:"]
        return names in ([f"{HOST}:{self.port}"], [f"localhost:{self.port}"])


def _response(status: int, page: Page) -> bytes:
    body = _PAGE.format(title=html.escape(page.title), body=html.escape(page.body)).encode()
    head = (
        f"HTTP/1.1 {status} {_STATUS[status]}",
        *_HEADERS,
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(head).encode() + _END + body
