"""Qt's event loop as asyncio's."""

import asyncio
import collections
import heapq
import math
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import Context
from typing import TypeVar, TypeVarTuple

# PySide6 stands before qasync, which takes the Qt binding that is already loaded.
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

import qasync  # isort: skip

from desktop.ui.qt_program import make_application
from desktop.ui.worker_pool import WorkerPool

__all__ = ["AppLoop", "make_application"]

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

SLICE_S = 0.008
"""Asyncio works this long at a stretch before Qt gets its turn again."""

LONGEST_ALARM_MS = 86_400_000
"""Qt's timers count milliseconds in 32 bits, so a later deadline is reached a day at a time."""

FEW_DEAD_TIMERS = 64
"""So many cancelled timers may lie in the heap before it is worth sweeping."""

POOL_SIZE = 4
"""Threads behind ``asyncio.to_thread`` and the look-up of host names."""


class _Wake(QObject):
    """Brings a call into Qt's loop, from any thread."""

    fired = Signal()


class AppLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """The one asyncio loop, living in Qt's loop on the thread that paints.

    qasync gives each callback a Qt timer of its own, which outlives its cancellation, cuts
    delays to whole milliseconds, fails beyond 24 days and runs a second task in the middle of
    the first when a dialog opens a nested loop. Here callbacks wait in one queue and deadlines
    in one heap behind one precise timer. Qt gets a turn after every ``SLICE_S``, and a nested
    Qt loop pauses asyncio where a callback opened it, until that callback returns.
    """

    def __init__(self, app: QApplication) -> None:
        self._soon: collections.deque[asyncio.Handle] = collections.deque()
        self._deadlines: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._pushed = 0
        self._dead = 0
        self._posted = False
        self._draining = False
        self._fatal: BaseException | None = None
        self._pool = WorkerPool(POOL_SIZE, name="work")
        super().__init__(app)
        self._wake = _Wake(app)
        self._wake.fired.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self._turn = self._timer_calling(app, self._drain)
        self._alarm = self._timer_calling(app, self._on_alarm)

    @staticmethod
    def _timer_calling(app: QApplication, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(app)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    # Callbacks

    def time(self) -> float:
        """Seconds on the finest steady clock; Windows' usual one moves in steps of 16 ms."""
        return time.perf_counter()

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        """Call on this thread, after what is already waiting."""
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context=context)
        self._soon.append(handle)
        self._kick()
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        """As ``call_soon``, from any thread."""
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context=context)
        self._soon.append(handle)
        self._wake.fired.emit()
        return handle

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Run blocking work on a thread; cancelling the future does not stop the thread."""
        self._check_closed()
        return asyncio.wrap_future((executor or self._pool).submit(func, *args), loop=self)

    def _add_callback(self, handle: asyncio.Handle, _delay: float = 0) -> asyncio.Handle:
        """Take a handle that asyncio made itself: those of UNIX signals."""
        self._soon.append(handle)
        self._kick()
        return handle

    def _kick(self) -> None:
        if not self._posted and not self._draining:
            self._posted = True
            self._wake.fired.emit()

    def _drain(self) -> None:
        """Run callbacks for one slice of time."""
        self._posted = False
        if self._draining or not self.is_running():
            return
        self._draining = True
        try:
            self._run_callbacks(until=time.perf_counter() + SLICE_S)
        except (KeyboardInterrupt, SystemExit) as error:
            # Qt would print it and go on; ``run_forever`` raises it instead.
            self._fatal = error
            self.stop()
        finally:
            self._draining = False
        if self._soon and self.is_running():
            # Qt delivers posted events until none is left, so posting another one would keep
            # it from timers, sockets and painting. A timer waits for the next turn.
            self._posted = True
            self._turn.start(0)

    def _run_callbacks(self, *, until: float) -> None:
        while self._soon and self.is_running():
            for _ in range(len(self._soon)):
                handle = self._soon.popleft()
                if not handle.cancelled():
                    handle._run()
                if time.perf_counter() > until:
                    return

    # Deadlines

    def call_later(
        self,
        delay: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call ``delay`` seconds from now, never earlier."""
        return self.call_at(self.time() + max(0.0, delay), callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call when ``time()`` reaches ``when``; equal deadlines keep their order."""
        self._check_closed()
        timer = asyncio.TimerHandle(when, callback, args, self, context=context)
        timer._scheduled = True  # type: ignore[attr-defined]  # as asyncio's own loop does
        self._pushed += 1
        heapq.heappush(self._deadlines, (when, self._pushed, timer))
        if self._deadlines[0][2] is timer:
            self._arm()
        return timer

    def _timer_handle_cancelled(self, timer: asyncio.TimerHandle) -> None:
        """Sweep the heap when most of it is cancelled. ``timer`` is about to be."""
        if not timer._scheduled:  # type: ignore[attr-defined]
            return
        self._dead += 1
        if self._dead > FEW_DEAD_TIMERS and self._dead * 2 > len(self._deadlines):
            self._deadlines = [
                entry
                for entry in self._deadlines
                if not entry[2].cancelled() and entry[2] is not timer
            ]
            heapq.heapify(self._deadlines)
            self._dead = 0

    def _arm(self) -> None:
        while self._deadlines and self._deadlines[0][2].cancelled():
            heapq.heappop(self._deadlines)
            self._dead = max(0, self._dead - 1)
        if not self._deadlines:
            self._alarm.stop()
            return
        wait_s = max(0.0, self._deadlines[0][0] - self.time())
        self._alarm.start(math.ceil(min(wait_s * 1000, LONGEST_ALARM_MS)))

    def _on_alarm(self) -> None:
        while self._deadlines and self._deadlines[0][0] <= self.time():
            timer = heapq.heappop(self._deadlines)[2]
            timer._scheduled = False  # type: ignore[attr-defined]
            if timer.cancelled():
                self._dead = max(0, self._dead - 1)
            else:
                self._soon.append(timer)
        if self._soon:
            self._kick()
        self._arm()

    # Life

    def run_forever(self) -> int:
        """Run Qt's loop and this one until ``stop``.

        Raises:
            KeyboardInterrupt, SystemExit: a callback raised it.
        """
        self._posted = False
        if self._soon:
            self._kick()
        hooks = sys.get_asyncgen_hooks()
        # qasync leaves these out; without them an abandoned async generator is never closed.
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
        try:
            code: int = super().run_forever()
        finally:
            sys.set_asyncgen_hooks(*hooks)
        if self._fatal is not None:
            fatal, self._fatal = self._fatal, None
            raise fatal
        return code

    def close(self) -> None:
        """Drop what still waits; wait a moment for the threads, then leave them. Twice is once."""
        if not self.is_closed():
            self._alarm.stop()
            self._turn.stop()
            self._soon.clear()
            self._deadlines.clear()
            self._wake.fired.disconnect(self._drain)
            for part in (self._wake, self._turn, self._alarm):
                part.deleteLater()
            self._pool.shutdown(cancel_futures=True)
        super().close()
