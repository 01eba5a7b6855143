"""TaskRunner: owns every task that a widget starts."""

from __future__ import annotations  # so that asyncio is not loaded for the types

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.errors import AppError
from desktop.late import asyncio

T = TypeVar("T")


class TaskRunner(QObject):
    """Starts coroutines for widgets: each outcome lands somewhere, no task outlives its owner."""

    failed = Signal(object)  # BaseException: an AppError nobody answered, or our bug

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(
        self,
        coroutine: Coroutine[Any, Any, T],
        *,
        owner: QObject | None = None,
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        replaces: asyncio.Task[Any] | None = None,
    ) -> asyncio.Task[T]:
        """Run ``coroutine`` on the loop and give its outcome to ``done`` or ``failed``.

        The task is cancelled when ``owner`` is destroyed, and then neither is called. Any
        other error, and an ``AppError`` without ``failed``, goes out by the signal of that
        name; so does one that ``done`` or ``failed`` raises. ``replaces`` is cancelled first:
        its answer is no longer wanted. After ``close`` the task is cancelled before it runs.
        """
        if replaces is not None:
            replaces.cancel()
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        ended = _watch(owner, task)

        def settle(task: asyncio.Task[T]) -> None:
            self._running.discard(task)
            if owner is not None and ended is not None and isValid(owner):
                owner.destroyed.disconnect(ended)
            self._settle(task, owner, done, failed)

        task.add_done_callback(settle)
        if self._closed:
            task.cancel()
        return task

    async def close(self) -> None:
        """Cancel everything that runs and wait until it has ended; nothing starts any more."""
        self._closed = True
        while running := self._running - {asyncio.current_task()}:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _settle(
        self,
        task: asyncio.Task[T],
        owner: QObject | None,
        done: Callable[[T], object] | None,
        failed: Callable[[AppError], object] | None,
    ) -> None:
        if task.cancelled():
            return
        alive = owner is None or isValid(owner)
        error = task.exception()
        try:
            if error is None:
                if done is not None and alive:
                    done(task.result())
            elif isinstance(error, AppError) and failed is not None and alive:
                failed(error)
            else:
                self._report(error)
        except Exception as bug:  # noqa: BLE001 - a bug of the caller's, told like every other
            self._report(bug)

    def _report(self, error: BaseException) -> None:
        if isValid(self):
            self.failed.emit(error)


def _watch(owner: QObject | None, task: asyncio.Task[Any]) -> Callable[[], None] | None:
    """Cancel ``task`` when ``owner`` is destroyed; return what was connected."""
    if owner is None:
        return None

    def cancel() -> None:
        if not task.get_loop().is_closed():
            task.cancel()

    owner.destroyed.connect(cancel)
    return cancel
