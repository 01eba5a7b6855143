"""Requests that run side by side, and whose answers are taken as they come."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """Owns the tasks that it starts: `aclose` cancels and awaits what is still running.

    For asynchronous generators, in which a task group would cancel whoever iterates.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[T]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, T]) -> None:
        """Begins one more."""
        self._tasks.add(asyncio.get_running_loop().create_task(work))

    async def next(self) -> T:
        """The outcome of the next one that ends: its result, or its error raised."""
        done, _pending = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        task = done.pop()
        self._tasks.discard(task)
        return task.result()

    async def aclose(self) -> None:
        """Ends whatever still runs."""
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
