"""Waiting for what a page does by itself, without guessing how long it takes."""

import asyncio
from collections.abc import Callable

STEP_S = 0.005


async def until(happened: Callable[[], object]) -> None:
    """Returns as soon as ``happened`` is true; the test's own limit ends a wait in vain."""
    while not happened():
        await asyncio.sleep(STEP_S)
