"""StoreThread: one thread that owns one connection, and does one thing after another."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from desktop.domain.errors import AppError

T = TypeVar("T")
S = TypeVar("S")


class StoreThread(Generic[S]):
    """Carries work to the thread that owns ``S`` and its answer back to the asking loop.

    What is asked before there is a subject waits for it: the window is built while the key is
    read. The thread is a daemon: a disk that hangs cannot keep the program from leaving.
    """

    def __init__(self, name: str, close: Callable[[S], None]) -> None:
        self._name = name
        self._close = close
        self._begun = False
        self._failure: AppError | None = None
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[S], Any]] | None] = SimpleQueue()
        self._closed = False

    def begin(self, subject: S) -> None:
        """Carries out what waits, and everything from now on."""
        self._begun = True
        threading.Thread(target=self._run, args=(subject,), name=self._name, daemon=True).start()

    def fail(self, error: AppError) -> None:
        """There will be no subject: whoever waits for it, or asks from now on, gets ``error``."""
        self._failure = error
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is not None and job[0].set_running_or_notify_cancel():
                job[0].set_exception(error)

    async def call(self, work: Callable[[S], T]) -> T:
        """Runs ``work`` on the thread. Cancelling drops it where it has not begun."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[S], T]) -> "Future[T]":
        """Queues ``work``, for those who have no loop or do not wait."""
        if self._closed:
            raise RuntimeError("the store is closed")
        future: Future[T] = Future()
        if self._failure is not None:
            future.set_exception(self._failure)
        else:
            self._jobs.put((future, work))
        return future

    def offer(self, work: Callable[[S], None]) -> None:
        """Queues ``work`` that nobody misses: where there is no subject, it is dropped."""
        if self._begun and not self._closed:
            self.submit(work)

    async def close(self) -> None:
        """Finishes what is queued, closes the subject, ends the thread. May be called twice."""
        if self._closed:
            return
        if not self._begun:
            self._closed = True
            self._drop_waiting()
            return
        done: Future[None] = Future()
        self._jobs.put((done, self._close))
        self._closed = True
        self._jobs.put(None)
        await asyncio.wrap_future(done)

    def _drop_waiting(self) -> None:
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is not None:
                job[0].cancel()

    def _run(self, subject: S) -> None:
        while (job := self._jobs.get()) is not None:
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work(subject)
            except BaseException as error:  # noqa: BLE001  it is raised where it is awaited
                future.set_exception(error)
            else:
                future.set_result(result)
            del job, future, work  # an idle thread keeps nothing alive
