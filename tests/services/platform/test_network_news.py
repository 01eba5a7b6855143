"""What the kernel tells of its routes: only a way out is news."""

import socket
import struct
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.platform.network_news import network_came, open_news, tells_of_way_out

NEW_ROUTE, OLD_ROUTE, NEW_ADDRESS = 24, 25, 20
MAIN, LOCAL = 254, 255


def message(kind: int = NEW_ROUTE, *, bits: int = 0, table: int = MAIN, unicast: int = 1) -> bytes:
    body = struct.pack("=BBBBBBBBI", socket.AF_INET, bits, 0, 0, table, 3, 0, unicast, 0)
    body += b"\x08\x00\x05\x00\xc0\xa8\x00\x01"  # an attribute: the gateway
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 1, 0) + body


def test_a_new_default_route_is_a_way_out() -> None:
    assert tells_of_way_out(message())


@pytest.mark.parametrize(
    "told",
    [
        message(OLD_ROUTE),
        message(NEW_ADDRESS),
        message(bits=24),
        message(table=LOCAL),
        message(unicast=2),
        message()[:20],
        b"",
    ],
)
def test_everything_else_is_not(told: bytes) -> None:
    assert not tells_of_way_out(told)


def test_it_is_found_among_others() -> None:
    assert tells_of_way_out(message(bits=24) + message(OLD_ROUTE) + message())


@given(st.binary(max_size=200))
def test_nothing_that_is_told_is_too_odd(told: bytes) -> None:
    assert tells_of_way_out(told) in (True, False)


def test_all_that_was_told_is_read() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        ours.setblocking(False)
        for told in (message(bits=24), message(), message(OLD_ROUTE)):
            theirs.send(told)

        assert network_came(ours)
        assert not network_came(ours)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's own")
def test_the_kernel_lets_us_listen() -> None:
    news = open_news()

    assert news is not None
    with news:
        assert not network_came(news)
