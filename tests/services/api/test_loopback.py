"""The door on this computer: who is let in, what is answered, and that it closes."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.loopback import HOST, LoopbackDoor, Page, Pages

PAGES = Pages(Page("Back to <Parley>", "Close this."), Page("Not this one", "Go back."))


class Taker:
    """Takes one query and no second one."""

    def __init__(self, wanted: str = "code=abc") -> None:
        self.wanted = wanted
        self.seen: list[str] = []

    def __call__(self, query: str) -> bool:
        self.seen.append(query)
        return query == self.wanted and len(self.seen) == 1


@asynccontextmanager
async def opened(take: Callable[[str], bool]) -> AsyncIterator[LoopbackDoor]:
    door = LoopbackDoor(0, PAGES, take)
    await door.open()
    try:
        yield door
    finally:
        await door.close()


async def visit(port: int, request: str) -> str:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(request.encode())
    await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.decode()


def get(target: str, host: str) -> str:
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_the_answer_is_taken_and_the_browser_told(name):
    taker = Taker()
    async with opened(taker) as door:
        answer = await visit(door.port, get("/?code=abc", f"{name}:{door.port}"))

    assert taker.seen == ["code=abc"]
    assert answer.startswith("HTTP/1.1 200 OK\r\n")
    assert "Back to &lt;Parley&gt;" in answer
    assert "no-store" in answer
    assert "code" not in answer.partition("\r\n\r\n")[2]


async def test_a_second_visit_is_refused():
    async with opened(Taker()) as door:
        first = await visit(door.port, get("/?code=abc", f"127.0.0.1:{door.port}"))
        second = await visit(door.port, get("/?code=abc", f"127.0.0.1:{door.port}"))

    assert first.startswith("HTTP/1.1 200 ")
    assert second.startswith("HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        (lambda port: get("/favicon.ico", f"127.0.0.1:{port}"), 404),
        (lambda port: get("/", f"127.0.0.1:{port}"), 404),
        (lambda port: get("/x?code=abc", f"127.0.0.1:{port}"), 404),
        (lambda port: get("/?code=abc", "evil.example"), 400),
        (lambda port: get("/?code=abc", "127.0.0.1"), 400),
        (lambda port: "GET /?code=abc HTTP/1.0\r\n\r\n", 400),
        (lambda port: f"POST /?code=abc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", 405),
        (lambda port: get("http://[/?code=abc", f"127.0.0.1:{port}"), 400),
    ],
)
async def test_everybody_else_is_sent_away_unheard(request_of, status):
    taker = Taker()
    async with opened(taker) as door:
        answer = await visit(door.port, request_of(door.port))

    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert taker.seen == []


async def test_who_says_too_much_is_cut_off():
    taker = Taker()
    async with opened(taker) as door:
        answer = await visit(door.port, "GET /?" + "x" * 40_000)

    assert answer == ""
    assert taker.seen == []


async def test_it_listens_on_this_computer_only_and_not_after_it_was_closed():
    async with opened(Taker()) as door:
        port = door.port
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), 1):
            pass
    with pytest.raises(OSError):
        await asyncio.open_connection(HOST, port)
    assert door.port == 0


async def test_a_port_that_is_taken_is_told():
    async with opened(Taker()) as door:
        with pytest.raises(InvalidInputError) as refused:
            await LoopbackDoor(door.port, PAGES, Taker()).open()

    assert (refused.value.field, refused.value.problem) == (Field.PORT, "taken")


async def test_closing_does_not_wait_for_a_silent_visitor_for_long():
    door = LoopbackDoor(0, PAGES, Taker())
    await door.open()
    _reader, writer = await asyncio.open_connection(HOST, door.port)

    await asyncio.wait_for(door.close(), 5)

    writer.close()
    await writer.wait_closed()
