"""StoreThread: one thread that owns one connection, and does one thing after another."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


class StoreThread(Generic[S]):
    """Carries work to the thread that owns ``S`` and its answer back to the asking loop.

    The thread is a daemon: a disk that hangs cannot keep the program from leaving.
    """

    def __init__(self, name: str, subject: S, close: Callable[[S], None]) -> None:
        self._subject = subject
        self._close = close
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[S], Any]] | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def call(self, work: Callable[[S], T]) -> T:
        """Runs ``work`` on the thread. Cancelling drops it where it has not begun."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[S], T]) -> "Future[T]":
        """Queues ``work``, for those who have no loop or do not wait."""
        if self._closed:
            raise RuntimeError("the store is closed")
        future: Future[T] = Future()
        self._jobs.put((future, work))
        return future

    async def close(self) -> None:
        """Finishes what is queued, closes the subject, ends the thread. May be called twice."""
        if self._closed:
            return
        done: Future[None] = Future()
        self._jobs.put((done, self._close))
        self._closed = True
        self._jobs.put(None)
        await asyncio.wrap_future(done)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work(self._subject)
            except BaseException as error:  # noqa: BLE001  it is raised where it is awaited
                future.set_exception(error)
            else:
                future.set_result(result)
            del job, future, work  # an idle thread keeps nothing alive
