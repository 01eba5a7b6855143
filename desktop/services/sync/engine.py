"""SyncEngine: one account's loops, side by side: what goes out, the calendar, the contacts."""

import asyncio
from datetime import datetime, timedelta

from desktop.domain.account import AccountState
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteAccount
from desktop.services.changes import ChangeFeed
from desktop.services.sync.calendar_edits import CalendarEdits
from desktop.services.sync.cursor_names import SYNCED_AT
from desktop.services.sync.identity import check_account
from desktop.services.sync.poll import Job, Poller
from desktop.services.sync.pull_busy import BusyPull
from desktop.services.sync.pull_calendar import CalendarPull
from desktop.services.sync.pull_contacts import ContactPull
from desktop.services.sync.pull_deals import DealPull
from desktop.services.sync.pull_dossiers import DossierPull
from desktop.services.sync.pulse import Pulse
from desktop.services.sync.push import PushLoop
from desktop.services.sync.timing import Polling
from desktop.store.files import StoreFiles


class SyncEngine:
    """Keeps one account in step with its server, until it is stopped."""

    def __init__(
        self,
        remote: RemoteAccount,
        files: StoreFiles,
        feed: ChangeFeed,
        pulse: Pulse,
        polling: Polling,
        boot_id: str,
    ) -> None:
        self.pulse = pulse
        self._files = files
        self._remote = remote
        self._feed = feed
        self._account_id = pulse.account.id
        self._push = PushLoop(remote, files, feed, pulse, boot_id)
        self._calendar = CalendarPull(remote, files, feed, pulse, polling)
        self._contacts = ContactPull(remote, files, feed, pulse, polling)
        self.busy = BusyPull(remote, files, pulse)
        self.dossiers = DossierPull(remote, files, feed, pulse)
        self.calendars = CalendarEdits(remote, pulse, self._on_calendars_edited)
        self._deals = DealPull(remote, files, feed, pulse)
        now = pulse.clock()
        self._calendar_poller = Poller(
            pulse,
            polling,
            (
                Job("check", self._check, polling.check_s, now, awaited=True),
                Job("calendar", self._pull_visible, polling.visible_s, now, awaited=True),
                Job("horizon", self._pull_horizon, polling.horizon_s, now, awaited=True),
            ),
            pulse.changed,
        )
        self._contact_poller = Poller(
            pulse,
            polling,
            (
                Job("contacts", self._pull_contacts, polling.contacts_s, now, awaited=True),
                Job("sweep", self._sweep, polling.sweep_s),
                Job("deals", self._pull_deals, polling.contacts_s, now),
                Job("dossiers", self._prefetch, polling.dossiers_s, now),
            ),
            pulse.changed,
        )
        self._sweep_s = polling.sweep_s

    async def run(self) -> None:
        """Until `stop`, a cancellation, or a fault of ours."""
        await self._remember_times()
        self.pulse.check_wanted = self.pulse.account.state is not AccountState.ACTIVE
        self.pulse.in_doubt = False  # an engine before this one may have ended in doubt
        async with asyncio.TaskGroup() as group:
            pollers = [
                group.create_task(self._calendar_poller.run()),
                group.create_task(self._contact_poller.run()),
            ]
            try:
                await self._push.run()
            finally:
                for task in pollers:
                    task.cancel()

    def stop(self) -> None:
        """Takes no new work. `run` ends when what is being sent has been answered."""
        self._push.stop()

    def want_window(self, span: TimeSpan) -> None:
        """These weeks are looked at now."""
        self._calendar.want(span)
        self._calendar_poller.ask("calendar")

    def ask(self) -> None:
        """The user wants to see the newest, now."""
        pulse = self.pulse
        pulse.health = pulse.health.hurried(pulse.clock())
        pulse.check_wanted = pulse.account.state is not AccountState.ACTIVE
        self._calendar_poller.ask("calendar", "horizon", awaited=True)
        self._contact_poller.ask(awaited=True)
        pulse.wake()
        pulse.changed()

    def _on_calendars_edited(self, deleted: bool) -> None:
        self._calendar.believe = self._calendar.believe or deleted
        self._calendar_poller.ask("calendar", "horizon")

    def set_watched(self, watched: bool) -> None:
        """Whether the window is in front; coming back to it shows what is new."""
        came_back = watched and not self.pulse.watched
        self.pulse.watched = watched
        if came_back:
            self._calendar_poller.watch()
            self._contact_poller.watch()
            self._calendar_poller.ask("calendar")

    def resume(self) -> None:
        """The machine woke up or the network changed: soon, but not all clients at once."""
        pulse = self.pulse
        wait_s = pulse.random() * pulse.timing.resume_most_s
        pulse.health = pulse.health.hurried(pulse.clock(), wait_s)
        self._calendar_poller.ask("calendar")
        self._contact_poller.ask("contacts")
        pulse.wake()

    def accept_emptiness(self) -> None:
        """The user says that the server is right."""
        self._calendar.believe = self._contacts.believe = True
        self._calendar_poller.ask("calendar", "horizon")
        self._contact_poller.ask("sweep")

    @property
    def pulling(self) -> bool:
        """Whether something is read that the user waits for: the first reading, or F5."""
        return self._calendar_poller.awaited or self._contact_poller.awaited

    async def _check(self) -> None:
        try:
            await check_account(self._remote, self._files, self._feed, self._account_id)
        finally:
            self.pulse.changed()

    async def _reads_events(self) -> bool:
        """Whether there is something to read for the calendar.

        A CRM without its calendar has meetings and calls, too. Where calendars were read once
        and may not be any more, what is known of them stays.
        """
        able = self.pulse.account.capabilities
        if able.calendar or not able.create_events:
            return able.calendar
        known = await self._files.cache.read(lambda cache: cache.calendars.all())
        return not any(one.is_default and one.account_id == self._account_id for one in known)

    async def _pull_horizon(self) -> None:
        if await self._reads_events():
            await self._calendar.pull_horizon()

    async def _pull_contacts(self) -> None:
        if self.pulse.account.capabilities.contacts:
            await self._contacts.pull()

    async def _sweep(self) -> None:
        if self.pulse.account.capabilities.contacts:
            await self._contacts.sweep()

    async def _pull_deals(self) -> None:
        if self.pulse.account.capabilities.deals:
            await self._deals.pull()

    async def _prefetch(self) -> None:
        able = self.pulse.account.capabilities
        if able.deals or able.timeline:
            await self.dossiers.prefetch()

    async def _pull_visible(self) -> None:
        if await self._reads_events():
            await self._calendar.pull_visible()
        now = self.pulse.clock.wall().isoformat()
        await self._files.cache.write(
            lambda cache: cache.cursors.put(self._account_id, SYNCED_AT, now)
        )

    async def _remember_times(self) -> None:
        """What was known before the program was closed: "as of", and when to sweep."""
        text = await self._files.cache.read(
            lambda cache: cache.cursors.get(self._account_id, SYNCED_AT)
        )
        if text is not None and self.pulse.last_success is None:
            self.pulse.last_success = datetime.fromisoformat(text)
        swept = await self._contacts.swept_at()
        now, wall = self.pulse.clock(), self.pulse.clock.wall()
        passed = 0.0 if swept is None else max(0.0, (wall - swept).total_seconds())
        self._contact_poller.plan("sweep", now + timedelta(seconds=max(0, self._sweep_s - passed)))
