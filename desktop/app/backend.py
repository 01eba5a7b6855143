"""The services, each built once and handed what it needs. No window, no file, no network yet."""

from dataclasses import dataclass

from desktop.app.connecting import Connecting
from desktop.app.settings import Settings
from desktop.app.vault import Vault
from desktop.app.window_preferences import WindowPreferences
from desktop.domain.freebusy import WorkHours
from desktop.services.accounts import AccountService
from desktop.services.changes import ChangeFeed
from desktop.services.contacts import ContactService
from desktop.services.drafts import DraftService
from desktop.services.local_times import LocalTimes
from desktop.services.outbox import OutboxService
from desktop.services.schedule import ScheduleService
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.services.undo import UndoService
from desktop.store.files import StoreFiles
from desktop.ui.meeting.texts import title_templates


@dataclass(frozen=True, slots=True)
class Backend:
    """What the pages are connected to."""

    feed: ChangeFeed
    files: StoreFiles
    vault: Vault
    clock: SteadyClock
    recorder: Recorder
    supervisor: SyncSupervisor
    undo: UndoService
    local_times: LocalTimes
    schedule: ScheduleService
    drafts: DraftService
    contacts: ContactService
    outbox: OutboxService
    accounts: AccountService


def build_backend(settings: Settings, preferences: WindowPreferences) -> Backend:
    """Every service. The store's files are opened later; what is asked before waits for them."""
    feed = ChangeFeed()
    clock = SteadyClock(settings.clock)
    files = StoreFiles(clock)
    vault = Vault()
    connecting = Connecting(files, vault, clock, offline=settings.offline, tempo=settings.tempo)
    supervisor = SyncSupervisor(
        files,
        feed,
        connecting.connect,
        clock=clock,
        timing=settings.timing,
        polling=settings.polling,
    )
    wake = supervisor.local_change
    recorder = Recorder(files, feed, clock, timing=settings.timing, wake=wake)
    undo = UndoService(files, recorder, feed)
    local_times = LocalTimes(feed)

    def work_hours() -> WorkHours:
        return preferences.now.work_hours

    schedule = ScheduleService(
        files,
        undo,
        feed,
        clock,
        settings.zone,
        work_hours=work_hours,
        want_window=supervisor.want_window,
    )
    return Backend(
        feed=feed,
        files=files,
        vault=vault,
        clock=clock,
        recorder=recorder,
        supervisor=supervisor,
        undo=undo,
        local_times=local_times,
        schedule=schedule,
        drafts=DraftService(
            files,
            schedule,
            feed,
            clock,
            settings.zone,
            work_hours=work_hours,
            titles=title_templates,
        ),
        contacts=ContactService(
            files, undo, schedule, feed, clock, settings.zone, local_time=local_times
        ),
        outbox=OutboxService(files, feed, clock, timing=settings.timing, wake=wake),
        accounts=AccountService(
            files,
            vault,
            connecting.make,
            supervisor,
            recorder,
            undo,
            feed,
            clock,
            settings.zone,
        ),
    )
