"""Application: the whole program, started in order and closed in reverse."""

import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.first_look import FirstLook, build_first_look
from desktop.app.first_wiring import FirstWiring
from desktop.app.loading import load
from desktop.app.opening import Opening
from desktop.app.settings import Settings
from desktop.app.telling import tell
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.errors import AppError
from desktop.late import asyncio
from desktop.ui.first_paint import FirstPaint
from desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)

SAVE_MS = 1000
"""What the window remembers is written so long after it changed."""


class Application:
    """``window`` is there from the start; `start` fills it, `close` leaves nothing running.

    What is imported here is what the first paint needs. Everything else is `Running`, loaded
    after it.
    """

    def __init__(
        self, app: QApplication, settings: Settings, opening: Opening | None = None
    ) -> None:
        self._settings = settings
        self._opening = opening
        self._preferences = WindowPreferences(settings.profile)
        self._look: FirstLook = build_first_look(app, settings, self._preferences)
        self._first_wiring = FirstWiring(self._look, self._preferences)
        self._first_paint = FirstPaint(self._look.calendar.view.viewport())
        self._look.calendar.loader.loaded.connect(self._first_paint.on_loaded)
        self._look.calendar.loader.failed.connect(self._first_paint.on_loaded)
        self._running: Any = None
        self._look.tasks.failed.connect(self._on_failed)
        self._look.actions.quit.triggered.connect(self._look.window.close)
        self._shown = False
        self._look.window.closing.connect(self._on_closing)
        self._look.window.restore()
        self._saving = QTimer(self._look.window)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_MS)
        self._saving.timeout.connect(self._on_save_due)
        self._preferences.changed = self._saving.start

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self._look.window

    @cached_property
    def ended(self) -> "asyncio.Event":
        """The window was closed: it is time for `close`."""
        return asyncio.Event()

    def show_first(self, show: Callable[[], None]) -> None:
        """Paints the days on view from what is stored, where that can be done at once.

        ``show`` opens the window, once there is something to see. To be called before any loop
        runs: Qt's runs inside.
        """
        self._first_paint.show_by(show)
        if self._opening is None:
            return
        calendar = self._look.calendar
        days = self._opening.look_at(calendar.span(), self._settings.zone)
        self._shown = self._first_paint.show_days(
            days, calendar.show_first, self._look.window.closing
        )

    async def start(self) -> None:
        """Opens the files, fills the window, then begins to sync; shows the days on view first,
        unless they are to be seen already.
        """
        shown = self._shown
        running: Any = await load("desktop.app.running")
        self._running = running.Running(self._look, self._settings, self._preferences)
        if not shown:
            self._running.show_calendar()
        opened = await self._running.open_files(self._opening)
        if not shown:
            await self._first_paint.wait()
        await self._running.fill()
        if shown:
            self._running.show_calendar()
        if opened:
            await self._running.start()

    async def close(self) -> None:
        """Ends what runs, in reverse order; what was under way is settled at the next start."""
        self._saving.stop()
        if self._running is not None:
            await self._running.end_typing()
        await self._look.tasks.close()
        self._look.feed.close()
        if self._running is not None:
            await self._running.close()
        if not self._is_for_session():
            await self._preferences.save()
        self._look.window.dismantle()

    def _on_closing(self) -> None:
        self.ended.set()

    def _on_save_due(self) -> None:
        if self._running is None:
            self._saving.start()  # no task can run yet, and `close` saves in any case
        elif not self._is_for_session():
            self._look.tasks.start(self._preferences.save())

    def _is_for_session(self) -> bool:
        """Whether nothing is written that outlives the program."""
        return self._running is not None and bool(self._running.for_session)

    def is_syncing(self) -> bool:
        """Whether an account is being read or written right now."""
        return self._running is not None and bool(self._running.is_syncing())

    @property
    def wants_again(self) -> bool:
        """Whether the window closed only to be opened again, with files that can be used now."""
        return self._running is not None and bool(self._running.retry.wanted)

    def release_memory(self) -> None:
        """Lets go of what can be read again; soon, on the threads that hold it."""
        if self._running is not None:
            self._running.ground.files.release_memory()

    def tell_of_bug(self, error: BaseException) -> None:
        """Say that something of ours went wrong; the log has it already."""
        tell(self._look, error)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError):
            log.error("a task failed", exc_info=error)
        tell(self._look, error)
