"""What the pages stand on: the store, and the services that read it."""

from dataclasses import dataclass

from desktop.app.first_look import FirstLook
from desktop.app.later import LaterHistory, LaterWindow
from desktop.app.settings import Settings
from desktop.app.vault import Vault
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.account import Account
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.domain.meeting import usual_reminders
from desktop.services.changes import ChangeFeed
from desktop.services.contacts import ContactService
from desktop.services.drafts import DraftService
from desktop.services.local_times import LocalTimes
from desktop.services.schedule import ScheduleService
from desktop.services.sync.clock import SteadyClock
from desktop.store.files import StoreFiles
from desktop.ui.meeting.texts import title_templates


@dataclass(frozen=True, slots=True)
class Ground:
    """Read at once; what is to be written waits in ``history`` until the rest is built."""

    feed: ChangeFeed
    files: StoreFiles
    vault: Vault
    clock: SteadyClock
    local_times: LocalTimes
    history: LaterHistory
    wanted: LaterWindow
    schedule: ScheduleService
    drafts: DraftService
    contacts: ContactService

    async def accounts(self) -> tuple[Account, ...]:
        """Every account, in the order of adding."""
        return await self.files.own.read(lambda own: own.accounts.all())


def build_ground(look: FirstLook, settings: Settings, preferences: WindowPreferences) -> Ground:
    """The store's files are opened later; what is asked before waits for them."""
    feed, clock = look.changes, look.clock
    files = StoreFiles(clock)
    history, wanted = LaterHistory(), LaterWindow()
    local_times = LocalTimes(feed)

    def work_hours() -> WorkHours:
        return preferences.now.work_hours

    def reminders(all_day: bool) -> tuple[Reminder, ...]:
        now = preferences.now
        chosen = now.all_day_reminders_min if all_day else now.reminders_min
        if chosen is None:
            return usual_reminders(all_day)
        return tuple(Reminder(minutes) for minutes in chosen)

    schedule = ScheduleService(
        files, history, feed, clock, settings.zone, work_hours=work_hours, want_window=wanted
    )
    drafts = DraftService(
        files,
        schedule,
        feed,
        clock,
        settings.zone,
        work_hours=work_hours,
        titles=title_templates,
        reminders=reminders,
    )
    contacts = ContactService(
        files, history, schedule, feed, clock, settings.zone, local_time=local_times
    )
    return Ground(
        feed=feed,
        files=files,
        vault=Vault(),
        clock=clock,
        local_times=local_times,
        history=history,
        wanted=wanted,
        schedule=schedule,
        drafts=drafts,
        contacts=contacts,
    )
