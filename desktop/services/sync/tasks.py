"""Tasks: owns what runs beside the caller, so that nothing is dropped or outlives its owner."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Tasks:
    """Whoever starts a task here awaits it, or `cancel` does."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Runs ``work`` on the loop; it is held until it has ended."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def finish(self) -> None:
        """Waits for all that runs; what goes wrong there is told to whoever awaits it."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def cancel(self, *, after_s: float = 0.0) -> None:
        """Gives all that runs ``after_s`` to end by itself; then ends it, and waits for that."""
        if self._running and after_s > 0:
            await asyncio.wait(self._running, timeout=after_s)
        for task in self._running:
            task.cancel()
        await self.finish()
