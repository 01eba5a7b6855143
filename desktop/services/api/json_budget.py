"""How much JSON we are willing to read: counted before anything is built from it."""

import gc
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
MAX_VALUES = 1_000_000
MAX_DIGITS = 19

_NOT_STRUCTURE = bytes(code for code in range(256) if code not in b'"[]{},')
_STRING = re.compile(rb'"[^"]*"')
_MANY_DIGITS = re.compile(rb"\d{%d}" % (MAX_DIGITS + 1))
_LONG_NUMBER = re.compile(rb"(?:^|[:\[,\s])-?\d{%d}" % (MAX_DIGITS + 1))


class BudgetError(ValueError):
    """The text is deeper, larger or longer in its numbers than any honest answer."""


def check(body: bytes) -> None:
    """Raises `BudgetError` unless ``body`` may be decoded; malformed text may pass or not.

    The work is done by a few passes in C, because a body may have 8 MiB.
    """
    if len(body) > MAX_BYTES:
        raise BudgetError("size")
    if b"\\" in body:  # escapes go first, so that every quote left is a real one
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    if _MANY_DIGITS.search(body) and _LONG_NUMBER.search(_STRING.sub(b'""', body)):
        raise BudgetError("digits")
    structure = body.translate(None, _NOT_STRUCTURE)
    # Two quotes side by side change nothing about what stands inside a string and what does not.
    structure = _STRING.sub(b"", structure.replace(b'""', b""))
    if structure.count(b",") + structure.count(b"[") + structure.count(b"{") >= MAX_VALUES:
        raise BudgetError("values")
    _check_depth(structure.translate(None, b",").replace(b"{", b"[").replace(b"}", b"]"))


def _check_depth(brackets: bytes) -> None:
    for _level in range(MAX_DEPTH):
        if not brackets:
            return
        inner = brackets.replace(b"[]", b"")
        if len(inner) == len(brackets):
            break
        brackets = inner
    if brackets:
        raise BudgetError("depth")


class _CollectorPause:
    """Counts who wants the cyclic garbage collector off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = 0
        self._was_on = False

    def enter(self) -> None:
        with self._lock:
            if self._wanted == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._wanted += 1

    def leave(self) -> None:
        with self._lock:
            self._wanted -= 1
            if self._wanted == 0 and self._was_on:
                gc.enable()


_PAUSE = _CollectorPause()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keeps the garbage collector from walking the many values that are just being built."""
    _PAUSE.enter()
    try:
        yield
    finally:
        _PAUSE.leave()
