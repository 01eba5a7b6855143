"""Long lists in parts, so that other threads get their turn between them."""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SLICE = 400


def sliced(values: Sequence[T], size: int = SLICE) -> Iterator[Sequence[T]]:
    """``values`` in parts; between two of them the thread lets go of the interpreter."""
    for start in range(0, len(values), size):
        if start:
            time.sleep(0)
        yield values[start : start + size]


def marks(values: Sequence[object]) -> str:
    """As many question marks, for an SQL list."""
    return ",".join("?" * len(values))
