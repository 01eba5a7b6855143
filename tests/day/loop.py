"""LeapingLoop: an event loop whose time stands while something is done, and leaps when it waits."""

import asyncio
import selectors
import socket
from asyncio import Future
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

_LOOK_S = 1.0


class LeapingLoop(asyncio.SelectorEventLoop):
    """``time()`` begins at zero and moves only to the next timer, while nothing is under way.

    Under way is what somebody counts in ``under_way``, work in threads, and what ``settle`` waits
    for: it blocks until the threads that the loop does not know have done what they were given.
    """

    def __init__(self) -> None:
        self.now_s = 0.0
        self.slept_s = 0.0
        """For how long the machine was asleep: its timers did not run, the clocks did."""
        self.under_way = 0
        self.settle: list[Callable[[], None]] = []
        self.sent_bytes = 0
        self.received_bytes = 0
        selector = _Leaping()
        super().__init__(selector)
        selector.loop = self

    def time(self) -> float:
        """Seconds that have passed for timers."""
        return self.now_s

    def elapsed_s(self) -> float:
        """Seconds that have passed for everybody else."""
        return self.now_s + self.slept_s

    def sleep(self, seconds: float) -> None:
        """The machine sleeps: no timer runs, the world goes on."""
        self.slept_s += seconds

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> Future[Any]:
        """As ever, counted as long as it lasts."""
        future = super().run_in_executor(executor, func, *args)
        self.under_way += 1
        future.add_done_callback(self._on_done)
        return future

    def _on_done(self, _future: Future[Any]) -> None:
        self.under_way -= 1

    def _make_socket_transport(self, sock: socket.socket, *rest: Any, **more: Any) -> Any:
        made: Any = super()._make_socket_transport(  # type: ignore[misc]
            _Metered(sock, self), *rest, **more
        )
        return made


class _Leaping(selectors.DefaultSelector):
    """Instead of waiting for the next timer it goes there."""

    loop: LeapingLoop

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        if self.loop.under_way:
            return super().select(_LOOK_S)
        for settle in self.loop.settle:
            settle()
        events = super().select(0)
        if events or timeout is None:
            return events or super().select(_LOOK_S)
        self.loop.now_s += timeout
        return events


class _Metered:
    """A socket whose bytes are counted, those of TLS included."""

    def __init__(self, sock: socket.socket, loop: LeapingLoop) -> None:
        self._sock = sock
        self._loop = loop

    def recv(self, size: int) -> bytes:
        data = self._sock.recv(size)
        self._loop.received_bytes += len(data)
        return data

    def send(self, data: bytes) -> int:
        count = self._sock.send(data)
        self._loop.sent_bytes += count
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
