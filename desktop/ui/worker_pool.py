"""Threads for blocking work that may be left behind when the program closes."""

import functools
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Job:
    """A call and the future that gets its outcome."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.future: Future[Any] = Future()

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.call()
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for it
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class WorkerPool(Executor):
    """At most ``size`` daemon threads, started as they are needed.

    The standard pool joins its threads when the interpreter ends, so one look-up of a host
    name without an answer would hold the closing window for half a minute. These threads end
    with the process; ``shutdown`` waits for them no longer than ``patience_s``.
    """

    def __init__(self, size: int, *, name: str, patience_s: float = 1.0) -> None:
        super().__init__()
        self._size = size
        self._name = name
        self._patience_s = patience_s
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``fn`` on one of the threads; its outcome is the future's.

        Raises:
            RuntimeError: the pool has been shut down.
        """
        job = _Job(functools.partial(fn, *args, **kwargs))
        with self._lock:
            if self._closed:
                raise RuntimeError("the worker pool has been shut down")
            self._jobs.put(job)
            self._add_thread_if_all_are_busy()
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work. ``cancel_futures`` cancels what no thread has begun."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._drop_waiting_jobs()
            for _ in self._threads:
                self._jobs.put(None)
        if wait:
            deadline = time.monotonic() + self._patience_s
            for thread in self._threads:
                thread.join(max(0.0, deadline - time.monotonic()))

    def _add_thread_if_all_are_busy(self) -> None:
        if self._idle.acquire(blocking=False) or len(self._threads) >= self._size:
            return
        thread = threading.Thread(
            target=self._work, name=f"{self._name}-{len(self._threads) + 1}", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()
            del job  # an idle thread must not keep the last result alive
            self._idle.release()

    def _drop_waiting_jobs(self) -> None:
        while not self._jobs.empty():
            job = self._jobs.get_nowait()
            if job is not None:
                job.future.cancel()
