"""Linux's news of its routes: whether there may be a way to the servers again.

The kernel tells every program that asks (rtnetlink(7)), so that neither a network manager nor
Qt's library of networks is needed for it, which holds 8 MiB.
"""

import socket
import struct
import sys
from collections.abc import Iterator

_ROUTE = 0
"""NETLINK_ROUTE; `socket` has no name for it."""
_IPV4_ROUTES, _IPV6_ROUTES = 0x40, 0x400
_NEW_ROUTE = 24
_MAIN_TABLE = 254
_UNICAST = 1
_HEAD = struct.Struct("=IHHII")
_ROUTE_FACTS = struct.Struct("=BBBBBBBBI")
_MOST = 64 * 1024


def open_news() -> socket.socket | None:
    """A socket that becomes readable when a route changes; None where nothing is told."""
    if sys.platform != "linux":
        return None
    try:
        news = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, _ROUTE)
    except OSError:
        return None
    try:
        news.bind((0, _IPV4_ROUTES | _IPV6_ROUTES))
    except OSError:
        news.close()
        return None
    return news


def network_came(news: socket.socket) -> bool:
    """Reads everything that was told: whether a way out of this computer was among it."""
    came = False
    while True:
        try:
            told = news.recv(_MOST)
        except BlockingIOError:
            return came
        except OSError:  # more than fitted was told: it may have been among that
            return True
        came = came or tells_of_way_out(told)


def tells_of_way_out(told: bytes) -> bool:
    """Whether one of the messages is about a new default route."""
    return any(
        kind == _NEW_ROUTE and _is_default(told[start:end]) for kind, start, end in _messages(told)
    )


def _messages(told: bytes) -> Iterator[tuple[int, int, int]]:
    """Each one's kind, and where its body begins and ends."""
    at = 0
    while at + _HEAD.size <= len(told):
        length, kind, _flags, _number, _port = _HEAD.unpack_from(told, at)
        if length < _HEAD.size:
            return
        yield kind, at + _HEAD.size, min(at + length, len(told))
        at += (length + 3) & ~3


def _is_default(body: bytes) -> bool:
    if len(body) < _ROUTE_FACTS.size:
        return False
    facts: tuple[int, ...] = _ROUTE_FACTS.unpack_from(body)
    bits, table, kind = facts[1], facts[4], facts[7]
    return bits == 0 and table == _MAIN_TABLE and kind == _UNICAST
