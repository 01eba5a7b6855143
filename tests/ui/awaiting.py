"""Waiting in an async test for what the loop brings about."""

import asyncio
from collections.abc import Callable

TURN_S = 0.005


async def until(true: Callable[[], bool]) -> None:
    """Give the loop its turns until ``true()``; the test's own limit ends it otherwise."""
    while not true():
        await asyncio.sleep(TURN_S)
