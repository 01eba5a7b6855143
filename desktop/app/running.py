"""Running: everything behind the first paint, built in order and closed in reverse."""

import asyncio
import logging
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.app.first_look import FirstLook
from desktop.app.ground import Ground
from desktop.app.inside import Inside, build_inside
from desktop.app.keyring_retry import KeyringRetry
from desktop.app.loading import load
from desktop.app.opening import Opening
from desktop.app.settings import Settings
from desktop.app.telling import tell
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.account import Account, AccountKind, AccountState
from desktop.domain.errors import KeyringError, KeyringState, StoreError
from desktop.domain.localtime import PhoneReader
from desktop.domain.sync import AttentionItem, SyncPhase, SyncStatus
from desktop.services.changes import Change, Topic
from desktop.ui.error_texts import text_for

log = logging.getLogger(__name__)

FIRST_WORD_S = 0.05
"""Without a network sync knows at once how it stands; what is loaded next would delay that."""


class Running(QObject):
    """The files, the pages and the services: `open_files`, `fill`, `start`, `close`."""

    def __init__(self, look: FirstLook, settings: Settings, preferences: WindowPreferences) -> None:
        super().__init__(look.window)  # Qt keeps the connections of its own objects only
        self._look = look
        self._settings = settings
        self._preferences = preferences
        self.inside: Inside = build_inside(look, settings, preferences)
        self.ground: Ground = self.inside.ground
        self.backend: Any = None
        self.front: Any = None
        self.wiring: Any = None
        self.back: Any = None
        self._heard = asyncio.Event()
        """Sync has said how it stands."""
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.retry = KeyringRetry(look, settings.profile)

    @property
    def for_session(self) -> bool:
        """Whether nothing is written that outlives the program."""
        return self._temporary is not None

    async def open_files(self, opening: Opening | None) -> bool:
        """False where this profile cannot be used at all; the window says why."""
        profile, ground = self._settings.profile, self.ground
        try:
            key = None if opening is None else await asyncio.wrap_future(opening.key)
            if key is None:
                key = await ground.vault.open(profile)
            else:
                ground.vault.use(profile)
            await ground.files.unlock(profile, key)
        except KeyringError as error:
            return await self._open_for_session(error)
        except StoreError as error:
            self._say_files_cannot_be_used(error)
            return False
        finally:
            if opening is not None:
                opening.close()
        return True

    def show_calendar(self) -> None:
        """Read the days on view, and again whenever they change."""
        self._look.calendar.start(self.ground.schedule)

    async def fill(self) -> None:
        """Shows people, calendars and drafts, or why they cannot be shown."""
        shown = self.inside.sidebar.accounts_shown
        if self._settings.offline:
            shown.connect(self._say_offline)
        await self.inside.start()
        if self._settings.offline:
            shown.disconnect(self._say_offline)

    async def start(self) -> None:
        """Begins to sync, and builds what a click brings."""
        await self._build_services()
        backend = self.backend
        await backend.recorder.reindex()
        await backend.accounts.restore_calendars()
        await backend.undo.restore()
        self._look.feed.changed.connect(self._on_changed)
        await backend.supervisor.start()
        backend.feed.publish(Topic.SYNC)  # the status is the last that the window lacks
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_WORD_S):
                await self._heard.wait()
        await self._build_front()
        self.front.history.start()
        await self._build_the_rest()
        backend.feed.publish(Topic.SYNC)
        self._tell_of_recovery()
        self.back.tell_of_drafts()
        for given in self._settings.opened:
            self.back.open(given)

    async def end_typing(self) -> None:
        """Keep what is being typed."""
        if self.back is not None:
            await self.back.end()

    async def close(self) -> None:
        """Stops what runs and closes the files."""
        if self.backend is not None:
            await self.backend.accounts.close()
            await self.backend.supervisor.stop()
            await self.backend.recorder.close()
        await self.ground.files.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def is_syncing(self) -> bool:
        """Whether an account is being read or written right now."""
        if self.backend is None:
            return False
        phase: SyncPhase = self.backend.supervisor.status().phase
        return phase is SyncPhase.SYNCING

    def _on_changed(self, change: Change) -> None:
        if change.topic in (Topic.SYNC, Topic.OUTBOX, Topic.ACCOUNTS):
            status: SyncStatus = self.backend.supervisor.status()
            if status.phase is not SyncPhase.SYNCING:
                self._heard.set()
            elif self._settings.offline and not self._heard.is_set():
                return  # it only finds out what has been said already
            self.inside.status.show_status(status)

    def _say_offline(self, accounts: tuple[Account, ...]) -> None:
        """Nothing may be asked of any network: sync, which is loaded next, will say no more."""
        served = [account for account in accounts if account.kind is not AccountKind.LOCAL]
        if served and all(account.state is AccountState.ACTIVE for account in served):
            self.inside.status.show_status(SyncStatus(SyncPhase.OFFLINE))

    async def _open_for_session(self, why: KeyringError) -> bool:
        """Without a keyring nothing is written that outlives the program."""
        self._temporary = tempfile.TemporaryDirectory(prefix="parley-")
        key = await self.ground.vault.open_for_session()
        await self.ground.files.unlock(Path(self._temporary.name) / "profile", key)
        if why.state is KeyringState.EMPTY:
            self._say_key_is_lost(why)
        else:
            self.retry.offer(why)
        return True

    async def _build_services(self) -> None:
        """What writes and speaks to servers."""
        services: Any = await load("desktop.app.backend")
        self.backend = services.build_backend(self.ground, self._settings)
        if self.ground.vault.session_only:
            self.backend.supervisor.keep_for_session_only()

    async def _build_front(self) -> None:
        """The pages that a click brings."""
        front: Any = await load("desktop.app.front")
        self.front = front.build_front(self._look, self.inside, self.backend, self._settings)
        wiring: Any = await load("desktop.app.wiring")
        self.wiring = wiring.FrontWiring(self.front, self.backend)

    async def _build_the_rest(self) -> None:
        """The dialogs, and the tables of phone numbers: loaded in a thread, built here."""
        back: Any = await load("desktop.app.back")
        made = back.build_back(self.front, self.backend, self._settings, self._preferences)
        self.back = back.BackWiring(
            made, self.front, self.backend, self.wiring, self._settings.zone
        )
        if made.leaving is not None:
            made.leaving.sheet.rejected.connect(self.retry.on_stayed)
        self.inside.sidebar.start()
        phones: Any = await load("desktop.domain.phones")
        reader: PhoneReader = phones.origin_of
        self.backend.local_times.use_phones(reader)

    def _say_files_cannot_be_used(self, error: StoreError) -> None:
        self.ground.files.fail(error)
        self.ground.history.fail(error)
        tell(self._look, error)
        why = AttentionItem("store", summary=text_for(error).title)
        self.inside.status.show_status(SyncStatus(SyncPhase.ATTENTION, attention=(why,)))
        for action in (self._look.actions.new_meeting, self._look.actions.new_contact):
            action.setEnabled(False)

    def _say_key_is_lost(self, why: KeyringError) -> None:
        text, window = text_for(why), self._look.window
        window.notices.say(
            f"{text.title}. {text.body}",
            kind="warning",
            action=window.tr("Set the old data aside and start anew"),
            answer=self._start_anew,
        )

    def _start_anew(self) -> None:
        profile, now = self._settings.profile, self._settings.clock()
        self._look.tasks.start(
            self.ground.vault.start_anew(profile, now),
            owner=self._look.window,
            done=self._on_set_aside,
        )

    def _on_set_aside(self, place: Path | None) -> None:
        window = self._look.window
        text = window.tr(
            "The old data is kept in {folder}. Close Parley and start it again to begin anew."
        )
        window.notices.say(
            text.format(folder="" if place is None else place),
            kind="success",
            action=window.tr("Close Parley"),
            answer=window.close,
        )

    def _tell_of_recovery(self) -> None:
        recovered = self.ground.files.recovered
        if not recovered:
            return
        log.warning("the store was recovered: %s", recovered)
        tr = self._look.window.tr
        text = (
            tr("Your data was damaged. A backup took its place; please check the last hours.")
            if recovered == "backup"
            else tr("Your data was damaged and no backup could be read. It was set aside.")
        )
        self._look.window.notices.say(text, kind="warning")
