"""The services that write and speak to servers, built after the first paint. No network yet."""

from dataclasses import dataclass

from desktop.app.connecting import Connecting
from desktop.app.ground import Ground
from desktop.app.settings import Settings
from desktop.app.vault import Vault
from desktop.services.accounts import AccountService
from desktop.services.availability import AvailabilityService
from desktop.services.back_links import BackLinks
from desktop.services.calendars import CalendarService
from desktop.services.changes import ChangeFeed
from desktop.services.comments import CommentService
from desktop.services.contacts import ContactService
from desktop.services.dossiers import DossierService
from desktop.services.drafts import DraftService
from desktop.services.invitations import InvitationService
from desktop.services.local_times import LocalTimes
from desktop.services.outbox import OutboxService
from desktop.services.schedule import ScheduleService
from desktop.services.series import SeriesService
from desktop.services.sign_in.app_sign_in import AppSignIn
from desktop.services.sign_in.moving import PortalMoves
from desktop.services.sync.clock import SteadyClock
from desktop.services.sync.recorder import Recorder
from desktop.services.sync.supervisor import SyncSupervisor
from desktop.services.undo import UndoService
from desktop.store.files import StoreFiles


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
    series: SeriesService
    drafts: DraftService
    contacts: ContactService
    outbox: OutboxService
    accounts: AccountService
    comments: CommentService
    dossiers: DossierService
    links: BackLinks
    invitations: InvitationService
    availability: AvailabilityService
    calendars: CalendarService


def build_backend(ground: Ground, settings: Settings) -> Backend:
    """Every service; those of the ground can write from now on."""
    feed, files, vault, clock = ground.feed, ground.files, ground.vault, ground.clock
    connecting = Connecting(
        files,
        vault,
        clock,
        offline=settings.offline,
        tempo=settings.tempo,
        sign_in_server=settings.sign_in_server,
    )
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
    ground.history.use(undo)
    ground.wanted.use(supervisor.want_window)
    return Backend(
        feed=feed,
        files=files,
        vault=vault,
        clock=clock,
        recorder=recorder,
        supervisor=supervisor,
        undo=undo,
        local_times=ground.local_times,
        schedule=ground.schedule,
        series=SeriesService(files, ground.schedule, undo, feed, clock),
        drafts=ground.drafts,
        contacts=ground.contacts,
        comments=CommentService(files, undo, clock),
        dossiers=DossierService(files, feed, supervisor.dossiers),
        links=BackLinks(files),
        invitations=InvitationService(files, undo),
        calendars=CalendarService(files, supervisor.calendars),
        availability=AvailabilityService(files, supervisor.busy, clock.wall),
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
            apps=AppSignIn(connecting, vault, files, clock),
            moves=PortalMoves(files, vault, connecting.at_new_home, supervisor, feed),
        ),
    )
