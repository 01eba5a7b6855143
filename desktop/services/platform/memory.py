"""Memory that was freed, given back to the system."""

import ctypes
import sys


def give_back() -> None:
    """What a long read has left in glibc's pools goes back; elsewhere the system does so itself."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
