"""Application: the whole program, started in order and closed in reverse."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.first_front import FirstFront, build_first_front
from desktop.app.first_wiring import FirstWiring
from desktop.app.ground import Ground, build_ground
from desktop.app.loading import load
from desktop.app.opening import Opening
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.errors import AppError, KeyringError, KeyringState, StoreError
from desktop.domain.localtime import PhoneReader
from desktop.domain.sync import AttentionItem, SyncPhase, SyncStatus
from desktop.services.changes import Topic
from desktop.ui.error_texts import Remedy, text_for
from desktop.ui.first_paint import FirstPaint
from desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)

SAVE_MS = 1000
"""What the window remembers is written so long after it changed."""


class Application:
    """``window`` is there from the start; `start` fills it, `close` leaves nothing running."""

    def __init__(
        self, app: QApplication, settings: Settings, opening: Opening | None = None
    ) -> None:
        self._settings = settings
        self._opening = opening
        self._preferences = WindowPreferences(settings.profile)
        self._ground: Ground = build_ground(settings, self._preferences)
        self._first: FirstFront = build_first_front(app, self._ground, settings, self._preferences)
        self._first_wiring = FirstWiring(self._first, self._preferences)
        self._first_paint = FirstPaint(self._first.calendar.view.viewport())
        self._first.calendar.loader.loaded.connect(self._first_paint.on_loaded)
        self._first.calendar.loader.failed.connect(self._first_paint.on_loaded)
        self._backend: Any = None
        self._front: Any = None
        self._wiring: Any = None
        self._first.tasks.failed.connect(self._on_failed)
        self._first.actions.quit.triggered.connect(self._first.window.close)
        self._back: Any = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.ended = asyncio.Event()
        """The window was closed: it is time for `close`."""
        self._first.window.closing.connect(self.ended.set)
        self._first.window.restore()
        self._saving = QTimer(self._first.window)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_MS)
        self._saving.timeout.connect(self._on_save_due)
        self._preferences.changed = self._saving.start

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self._first.window

    async def start(self, show: Callable[[], None] | None = None) -> None:
        """Reads the key, opens the files, shows what they hold, then begins to sync.

        ``show`` opens the window, once there is something to see.
        """
        if show is not None:
            self._first_paint.show_by(show)
        self._first.calendar.start()
        opened = await self._open_files()
        await self._first_paint.wait()
        self._first.contacts.start()
        self._first.sidebar.start()
        if not opened:
            return
        await self._build_services()
        backend = self._backend
        await backend.recorder.reindex()
        await backend.accounts.restore_calendars()
        await backend.undo.restore()
        self._front.history.start()
        await backend.supervisor.start()
        backend.feed.publish(Topic.SYNC)  # the status is the last that the window lacks
        await self._build_the_rest()
        backend.feed.publish(Topic.SYNC)
        self._tell_of_recovery()
        self._back.tell_of_drafts()
        for given in self._settings.opened:
            self._back.open(given)

    async def close(self) -> None:
        """Ends what runs, in reverse order; what was under way is settled at the next start."""
        self._saving.stop()
        if self._back is not None:
            await self._back.end()
        await self._first.tasks.close()
        self._first.feed.close()
        if self._backend is not None:
            await self._backend.supervisor.stop()
            await self._backend.recorder.close()
        await self._ground.files.close()
        if self._temporary is None:
            await self._preferences.save()
        else:
            self._temporary.cleanup()
        self._first.window.dismantle()

    async def _open_files(self) -> bool:
        """False where this profile cannot be used at all; the window says why."""
        profile = self._settings.profile
        opened = None if self._opening is None else await self._opening.result()
        if opened is not None:
            key, files = opened
            self._ground.vault.use(profile)
            self._ground.files.take(files, profile, key)
            return True
        try:
            key = await self._ground.vault.open(profile)
            await self._ground.files.unlock(profile, key)
        except KeyringError as error:
            return await self._open_for_session(error)
        except StoreError as error:
            self._ground.files.fail(error)
            self._ground.history.fail(error)
            self._say(error)
            why = AttentionItem("store", summary=text_for(error).title)
            self._first.status.show_status(SyncStatus(SyncPhase.ATTENTION, attention=(why,)))
            for action in (self._first.actions.new_meeting, self._first.actions.new_contact):
                action.setEnabled(False)
            return False
        return True

    async def _open_for_session(self, why: KeyringError) -> bool:
        """Without a keyring nothing is written that outlives the program."""
        self._temporary = tempfile.TemporaryDirectory(prefix="parley-")
        key = await self._ground.vault.open_for_session()
        await self._ground.files.unlock(Path(self._temporary.name) / "profile", key)
        if why.state is KeyringState.EMPTY:
            self._say_key_is_lost(why)
        else:
            self._say(why)
        return True

    async def _build_services(self) -> None:
        """What writes and speaks to servers, and the pages that a click brings."""
        services: Any = await load("desktop.app.backend")
        self._backend = services.build_backend(self._ground, self._settings)
        if self._ground.vault.session_only:
            self._backend.supervisor.keep_for_session_only()
        front: Any = await load("desktop.app.front")
        self._front = front.build_front(self._first, self._backend, self._settings)
        wiring: Any = await load("desktop.app.wiring")
        self._wiring = wiring.FrontWiring(self._front, self._backend)

    async def _build_the_rest(self) -> None:
        """The dialogs, and the tables of phone numbers: loaded in a thread, built here."""
        back: Any = await load("desktop.app.back")
        made = back.build_back(self._front, self._backend, self._settings, self._preferences)
        self._back = back.BackWiring(
            made, self._front, self._backend, self._wiring, self._settings.zone
        )
        self._front.sidebar.start()
        phones: Any = await load("desktop.domain.phones")
        reader: PhoneReader = phones.origin_of
        self._backend.local_times.use_phones(reader)

    def _say_key_is_lost(self, why: KeyringError) -> None:
        text = text_for(why)
        self.window.notices.say(
            f"{text.title}. {text.body}",
            kind="warning",
            action=self.window.tr("Set the old data aside and start anew"),
            answer=self._start_anew,
        )

    def _start_anew(self) -> None:
        profile, now = self._settings.profile, self._settings.clock()
        self._first.tasks.start(
            self._ground.vault.start_anew(profile, now),
            owner=self.window,
            done=self._on_set_aside,
        )

    def _on_set_aside(self, place: Path | None) -> None:
        text = self.window.tr(
            "The old data is kept in {folder}. Close Parley and start it again to begin anew."
        )
        self.window.notices.say(
            text.format(folder="" if place is None else place),
            kind="success",
            action=self.window.tr("Close Parley"),
            answer=self.window.close,
        )

    def _on_save_due(self) -> None:
        if self._temporary is None:
            self._first.tasks.start(self._preferences.save())

    def _tell_of_recovery(self) -> None:
        recovered = self._ground.files.recovered
        if recovered:
            log.warning("the store was recovered: %s", recovered)
            tr = self.window.tr
            text = (
                tr("Your data was damaged. A backup took its place; please check the last hours.")
                if recovered == "backup"
                else tr("Your data was damaged and no backup could be read. It was set aside.")
            )
            self.window.notices.say(text, kind="warning")

    def is_syncing(self) -> bool:
        """Whether an account is being read or written right now."""
        if self._backend is None:
            return False
        phase: SyncPhase = self._backend.supervisor.status().phase
        return phase is SyncPhase.SYNCING

    def release_memory(self) -> None:
        """Lets go of what can be read again; soon, on the threads that hold it."""
        self._ground.files.release_memory()

    def tell_of_bug(self, error: BaseException) -> None:
        """Say that something of ours went wrong; the log has it already."""
        self._say(error)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError):
            log.error("a task failed", exc_info=error)
        self._say(error)

    def _say(self, error: BaseException) -> None:
        text = text_for(error)
        kind: Any = "warning" if isinstance(error, KeyringError) else "error"
        sentence = f"{text.title}. {text.body}"
        if text.remedy is Remedy.SHOW_OUTBOX:
            self.window.notices.say(
                sentence,
                kind=kind,
                action=self.window.tr("Show"),
                answer=self._first.actions.show_outbox.trigger,
            )
            return
        self.window.notices.say(sentence, kind=kind)
