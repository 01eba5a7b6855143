"""Application: the whole program, started in order and closed in reverse."""

import asyncio
import logging
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.backend import Backend, build_backend
from desktop.app.front import Front, build_front
from desktop.app.loading import load
from desktop.app.opening import Opening
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.app.wiring import FrontWiring
from desktop.domain.errors import AppError, KeyringError, KeyringState, StoreError
from desktop.domain.localtime import PhoneReader
from desktop.domain.sync import AttentionItem, SyncPhase, SyncStatus
from desktop.services.changes import Topic
from desktop.ui.error_texts import Remedy, text_for
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
        self._backend: Backend = build_backend(settings, self._preferences)
        self._front: Front = build_front(app, self._backend, settings, self._preferences)
        self._wiring = FrontWiring(self._front, self._backend, self._preferences)
        self._front.tasks.failed.connect(self._on_failed)
        self._front.actions.quit.triggered.connect(self._front.window.close)
        self._back: Any = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.ended = asyncio.Event()
        """The window was closed: it is time for `close`."""
        self._front.window.closing.connect(self.ended.set)
        self._front.window.restore()
        self._saving = QTimer(self._front.window)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_MS)
        self._saving.timeout.connect(self._on_save_due)
        self._preferences.changed = self._saving.start

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self._front.window

    async def start(self) -> None:
        """Reads the key, opens the files, shows what they hold, then begins to sync."""
        self._front.calendar.start()
        self._front.contacts.start()
        self._front.sidebar.start()
        if not await self._open_files():
            return
        backend = self._backend
        await backend.recorder.reindex()
        await backend.accounts.restore_calendars()
        await backend.undo.restore()
        self._front.history.start()
        await self._build_the_rest()
        await backend.supervisor.start()
        backend.feed.publish(Topic.SYNC)
        self._tell_of_recovery()
        self._back.warm_up()
        for given in self._settings.opened:
            self._back.open(given)

    async def close(self) -> None:
        """Ends what runs, in reverse order; what was under way is settled at the next start."""
        self._saving.stop()
        if self._back is not None:
            await self._back.end()
        await self._front.tasks.close()
        self._front.feed.close()
        await self._backend.supervisor.stop()
        await self._backend.recorder.close()
        await self._backend.files.close()
        if self._temporary is None:
            await self._preferences.save()
        else:
            self._temporary.cleanup()
        self._front.window.dismantle()

    async def _open_files(self) -> bool:
        """False where this profile cannot be used at all; the window says why."""
        profile = self._settings.profile
        opened = None if self._opening is None else await self._opening.result()
        if opened is not None:
            key, files = opened
            self._backend.vault.use(profile)
            self._backend.files.take(files, profile, key)
            return True
        try:
            key = await self._backend.vault.open(profile)
            await self._backend.files.unlock(profile, key)
        except KeyringError as error:
            return await self._open_for_session(error)
        except StoreError as error:
            self._backend.files.fail(error)
            self._say(error)
            why = AttentionItem("store", summary=text_for(error).title)
            self._front.status.show_status(SyncStatus(SyncPhase.ATTENTION, attention=(why,)))
            for action in (self._front.actions.new_meeting, self._front.actions.new_contact):
                action.setEnabled(False)
            return False
        return True

    async def _open_for_session(self, why: KeyringError) -> bool:
        """Without a keyring nothing is written that outlives the program."""
        self._temporary = tempfile.TemporaryDirectory(prefix="parley-")
        key = await self._backend.vault.open_for_session()
        await self._backend.files.unlock(Path(self._temporary.name) / "profile", key)
        self._backend.supervisor.keep_for_session_only()
        if why.state is KeyringState.EMPTY:
            self._say_key_is_lost(why)
        else:
            self._say(why)
        return True

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
        self._front.tasks.start(
            self._backend.vault.start_anew(profile, now),
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
            self._front.tasks.start(self._preferences.save())

    def _tell_of_recovery(self) -> None:
        recovered = self._backend.files.recovered
        if recovered:
            log.warning("the store was recovered: %s", recovered)
            tr = self.window.tr
            text = (
                tr("Your data was damaged. A backup took its place; please check the last hours.")
                if recovered == "backup"
                else tr("Your data was damaged and no backup could be read. It was set aside.")
            )
            self.window.notices.say(text, kind="warning")

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
                answer=self._front.actions.show_outbox.trigger,
            )
            return
        self.window.notices.say(sentence, kind=kind)
