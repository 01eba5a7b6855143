"""Memory: kept in one pool, and given back to the system when it is free."""

import ctypes
import sys

_M_ARENA_MAX = -8
"""glibc's malloc.h."""


def keep_one_pool() -> None:
    """From now on all threads share one pool of glibc's; elsewhere there is nothing to say.

    A pool per thread keeps what it once needed, and the interpreter lets one thread work at a
    time anyway. Call it before there are threads.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """What a long read has left in glibc's pools goes back; elsewhere the system does so itself."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)  # musl has none
        if function is not None:
            function(*numbers)
