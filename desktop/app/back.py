"""The dialogs, built after the first paint: what one meets only after a click."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from desktop.app.answer_wiring import AnswerWiring
from desktop.app.backend import Backend
from desktop.app.customs_wiring import CustomsWiring
from desktop.app.front import Front
from desktop.app.loading import load
from desktop.app.outcome_wiring import OutcomeWiring
from desktop.app.recheck_wiring import RecheckWiring
from desktop.app.settings import Settings
from desktop.app.window_preferences import WindowPreferences
from desktop.app.wiring import FrontWiring
from desktop.domain.account import Account
from desktop.domain.contact import Contact, SearchResult
from desktop.domain.event import Event
from desktop.domain.ids import ContactId, EventId
from desktop.domain.meeting import MeetingDraft
from desktop.domain.parley_link import shown_moment
from desktop.domain.sync import AttentionItem
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Change, Topic
from desktop.services.customs import CustomsService
from desktop.services.interchange.content import Formats
from desktop.services.interchange.service import InterchangeService
from desktop.services.outbox import OutboxLine
from desktop.services.sync.status import Attention
from desktop.ui.about import AboutDialog
from desktop.ui.accounts.accounts_dialog import AccountsDialog
from desktop.ui.accounts.waiting_notice import WaitingNotice
from desktop.ui.accounts.welcome import WelcomeWizard
from desktop.ui.calendar.free_slot import FreeSlotWalk
from desktop.ui.contacts.editing import ContactEditing
from desktop.ui.contacts.own_fields_page import OwnFieldsPage
from desktop.ui.interchange.opening import SUFFIXES, FileOpening
from desktop.ui.leaving.page import LeavingPage
from desktop.ui.meeting.page import MeetingPage
from desktop.ui.meeting.parts import FormParts
from desktop.ui.series.page import SeriesPage
from desktop.ui.sidebar.calendar_desk import CalendarDesk
from desktop.ui.sync.panel import SyncPanel
from desktop.ui.system_watch import SystemWatch
from desktop.version import VERSION


@dataclass(frozen=True, slots=True)
class Back:
    """The parts that open over the window."""

    meeting: MeetingPage
    series: SeriesPage
    editing: ContactEditing
    own_fields: OwnFieldsPage
    sync_panel: SyncPanel
    accounts: AccountsDialog
    customs: CustomsService
    files: FileOpening
    make_welcome: Callable[[], WelcomeWizard]
    leaving: LeavingPage | None
    """Only where nothing outlives the program."""


def build_back(
    front: Front, backend: Backend, settings: Settings, preferences: WindowPreferences
) -> Back:
    """Every dialog, not shown. Asks nothing of anybody."""
    window, tasks = front.window, front.tasks
    session_only = backend.vault.session_only
    parts = FormParts(
        schedule=backend.schedule,
        series=backend.series,
        contacts=backend.contacts,
        drafts=backend.drafts,
        accounts=backend.accounts,
        tasks=tasks,
        clock=backend.clock,
        zone=settings.zone,
        preferences=preferences,
        local_time=backend.local_times,
        work=lambda: preferences.now.work_hours,
        dossiers=backend.dossiers,
        availability=backend.availability,
        session_only=session_only,
    )
    customs = CustomsService(backend.files, backend.feed, preferences)
    interchange = InterchangeService(backend.files, backend.recorder, backend.clock, _formats)
    return Back(
        meeting=MeetingPage(parts, front.feed, window),
        series=SeriesPage(
            backend.series, backend.schedule, tasks, backend.clock, settings.zone, window
        ),
        editing=ContactEditing(backend.contacts, backend.accounts.all, tasks, window),
        own_fields=OwnFieldsPage(backend.dossiers, tasks, window),
        sync_panel=SyncPanel(backend.outbox, front.feed, tasks, settings.zone, window),
        accounts=AccountsDialog(
            backend.accounts,
            interchange,
            backend.schedule,
            front.feed,
            tasks,
            backend.clock,
            settings.zone,
            window,
            session_only=session_only,
            customs=customs,
        ),
        customs=customs,
        files=FileOpening(
            interchange, backend.schedule, backend.accounts, tasks, settings.zone, window
        ),
        make_welcome=partial(WelcomeWizard, backend.accounts, tasks, session_only=session_only),
        leaving=_leaving(front, backend) if session_only else None,
    )


async def _formats() -> Formats:
    formats: Formats = await load("desktop.services.interchange.formats")
    return formats


def _leaving(front: Front, backend: Backend) -> LeavingPage:
    return LeavingPage(
        backend.accounts,
        backend.outbox,
        backend.drafts,
        backend.supervisor,
        front.feed,
        front.tasks,
        front.window,
    )


class BackWiring(QObject):
    """Connects the dialogs with the pages."""

    def __init__(
        self, back: Back, front: Front, backend: Backend, wiring: FrontWiring, zone: ZoneInfo
    ) -> None:
        super().__init__(front.window)
        self._back = back
        self._welcome: WelcomeWizard | None = None
        self._front = front
        self._backend = backend
        self._zone = zone
        self._wiring = wiring
        self._connect_meeting()
        self._connect_series()
        self._connect_contacts()
        self._connect_accounts()
        self._connect_sync()
        self._connect_system()
        self._connect_leaving()
        OutcomeWiring(front, backend, back.meeting, zone)
        AnswerWiring(front, backend)
        RecheckWiring(front, backend, back.meeting, zone)
        CustomsWiring(back.customs, front)
        CalendarDesk(backend.calendars, front.sidebar.calendars, front.tasks, front.window)

    def _connect_meeting(self) -> None:
        front, meeting = self._front, self._back.meeting
        front.calendar.open_requested.connect(meeting.open_event)
        front.event.edit_requested.connect(meeting.open_event)
        front.calendar.new_requested.connect(meeting.open_new)
        front.actions.new_meeting.triggered.connect(front.deeds.new_meeting)
        front.actions.about.triggered.connect(self._on_about)
        walk = FreeSlotWalk(
            front.calendar,
            self._backend.schedule,
            front.tasks,
            self._backend.clock,
            self._zone,
        )
        walk.none_left.connect(self._on_no_slot)
        front.actions.next_free.triggered.connect(walk.walk)
        front.actions.schedule_shown.triggered.connect(self._on_schedule_shown)
        front.contacts.schedule_requested.connect(self._on_schedule)
        front.card.schedule_requested.connect(self._on_schedule)
        meeting.booked.connect(self._on_booked)
        meeting.closed.connect(front.calendar.setFocus)

    def _connect_series(self) -> None:
        front, series = self._front, self._back.series
        front.deeds.series_move_wished.connect(series.move)
        front.deeds.series_delete_wished.connect(series.delete)
        front.event.series_delete_wished.connect(series.delete)
        series.done.connect(front.calendar.done)
        series.cancelled.connect(front.deeds.put_back)
        series.failed.connect(front.deeds.tell)
        series.deleted.connect(self._wiring.leave_event)

    def _connect_contacts(self) -> None:
        front, editing = self._front, self._back.editing
        front.card.edit_requested.connect(editing.edit)
        front.card.view.fields_requested.connect(self._back.own_fields.choose)
        front.actions.new_contact.triggered.connect(self._on_new_contact)
        front.contacts.contact_requested.connect(self._on_new_contact)
        editing.contact_saved.connect(self._wiring.open_contact)
        editing.contact_opened.connect(self._wiring.open_contact)
        editing.account_requested.connect(self._back.accounts.add_account)
        front.contacts.late_answer_arrived.connect(self._on_late_answer)

    def _connect_accounts(self) -> None:
        front, back = self._front, self._back
        front.sidebar.account_requested.connect(back.accounts.add_account)
        front.contacts.account_requested.connect(back.accounts.add_account)
        front.actions.add_account.triggered.connect(back.accounts.add_account)
        front.actions.accounts.triggered.connect(back.accounts.bring_up)
        front.actions.export_files.triggered.connect(back.accounts.bring_up)
        front.actions.import_files.triggered.connect(back.files.choose)
        back.files.account_requested.connect(back.accounts.add_account)
        front.sidebar.accounts_shown.connect(self._on_accounts_shown)
        self._waiting = WaitingNotice(front.window.notices)
        self._waiting.acted.connect(self._on_attention)

    def _connect_system(self) -> None:
        supervisor = self._backend.supervisor
        watch = SystemWatch(self)
        watch.network_came.connect(supervisor.network_changed)
        watch.watched_changed.connect(supervisor.set_watched)

    def _connect_sync(self) -> None:
        front, panel = self._front, self._back.sync_panel
        front.status.details_requested.connect(panel.bring_up)
        front.actions.show_outbox.triggered.connect(panel.bring_up)
        front.feed.changed.connect(self._on_changed)
        panel.attention_acted.connect(self._on_attention)
        panel.edit_requested.connect(self._on_edit_waiting)

    def _connect_leaving(self) -> None:
        leaving = self._back.leaving
        if leaving is not None:
            self._front.window.may_close = leaving.may_close
            leaving.export_requested.connect(self._back.accounts.bring_up)

    def tell_of_drafts(self) -> None:
        """Say what was being written when the program ended: its days may not be on view."""
        self._front.tasks.start(
            self._backend.drafts.open_drafts(), owner=self, done=self._on_drafts_left
        )

    async def end(self) -> None:
        """Keep what is being typed."""
        await self._back.meeting.end()

    def open(self, given: str) -> None:
        """Look at a file or a link that came from outside; nothing is done with anything else."""
        moment = shown_moment(given)
        if moment is not None:
            self._front.calendar.go_to(moment.astimezone(self._zone).date())
            return
        path = Path(given)
        if path.suffix.lower() in SUFFIXES:
            self._back.files.look_at(path)

    def _on_about(self) -> None:
        dialog = AboutDialog(VERSION, self._front.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_no_slot(self) -> None:
        text = self.tr("There is no free hour in the coming weeks.")
        self._front.window.notices.say(text, kind="info")

    def _on_schedule_shown(self) -> None:
        contact_id = self._wiring.shown_contact()
        if contact_id is not None:
            self._on_schedule(contact_id, None)
        else:
            self._front.contacts.schedule_current()

    def _on_schedule(self, contact_id: ContactId, span: TimeSpan | None) -> None:
        self._front.tasks.start(
            self._backend.drafts.new(contact=contact_id, when=span),
            owner=self,
            done=self._open_new,
        )

    def _open_new(self, draft: MeetingDraft) -> None:
        self._back.meeting.open_new(draft)

    def _on_booked(self, event_id: EventId) -> None:
        self._front.tasks.start(
            self._backend.schedule.entry(event_id), owner=self, done=self._wiring.reveal
        )

    def _on_drafts_left(self, drafts: tuple[MeetingDraft, ...]) -> None:
        notices = self._front.window.notices
        if not drafts or not notices.isHidden():
            return
        text = self.tr("“{title}” was not finished when Parley ended.")
        if len(drafts) > 1:
            text = self.tr("“{title}” and {n} more were not finished when Parley ended.")
        newest = drafts[0]
        title = newest.title.strip() or self.tr("New meeting")
        notices.say(
            text.format(title=title, n=len(drafts) - 1),
            kind="info",
            action=self.tr("Go on"),
            answer=partial(self._go_on_with, newest),
        )

    def _go_on_with(self, draft: MeetingDraft) -> None:
        if draft.event_id is None:
            self._back.meeting.open_new(draft)
        else:
            self._back.meeting.open_event(draft.event_id)

    def _on_new_contact(self) -> None:
        self._back.editing.create(self._front.contacts.field.text())

    def _on_late_answer(self, result: SearchResult) -> None:
        text = self.tr("“{query}” was found now that the server could be asked.")
        self._front.window.notices.say(
            text.format(query=result.query),
            kind="info",
            action=self.tr("Show"),
            answer=partial(self._front.contacts.search_for, result.query),
        )

    def _on_accounts_shown(self, accounts: tuple[Account, ...]) -> None:
        first = not accounts
        if first and self._welcome is None:
            self._show_welcome()
        elif not first and self._welcome is not None:
            self._drop_welcome(self._welcome)
        for action in (self._front.actions.new_meeting, self._front.actions.new_contact):
            action.setEnabled(not first)

    def _show_welcome(self) -> None:
        centre = self._front.centre
        self._welcome = self._back.make_welcome()
        centre.addWidget(self._welcome)
        centre.setCurrentWidget(self._welcome)
        centre.setFocusProxy(self._welcome)  # or Tab would go to the calendar, which is hidden

    def _drop_welcome(self, welcome: WelcomeWizard) -> None:
        """It may hold a secret that was typed, and its names belong to the dialog from now on."""
        centre, calendar = self._front.centre, self._front.calendar
        centre.setFocusProxy(calendar)
        centre.setCurrentWidget(calendar)
        centre.removeWidget(welcome)
        welcome.deleteLater()
        calendar.setFocus()  # its button had the keys, which nobody would have now
        self._welcome = None

    def _on_changed(self, change: Change) -> None:
        if change.topic in (Topic.SYNC, Topic.OUTBOX, Topic.ACCOUNTS):
            status = self._backend.supervisor.status()
            self._back.sync_panel.show_status(status)
            self._back.accounts.show_status(status)
            self._waiting.show_status(status)

    def _on_attention(self, item: AttentionItem) -> None:
        if item.account_id is None:
            return
        if item.code == Attention.SUDDENLY_EMPTY:
            self._backend.supervisor.accept_emptiness(item.account_id)
        elif item.code in ("sign in", "moved"):
            self._front.tasks.start(self._account(item), owner=self, done=self._back.accounts.mend)
        else:
            self._backend.supervisor.sync_now()

    async def _account(self, item: AttentionItem) -> Account:
        accounts = await self._backend.accounts.all()
        return next(account for account in accounts if account.id == item.account_id)

    def _on_edit_waiting(self, line: OutboxLine) -> None:
        record = line.entry.wish or line.entry.base
        if isinstance(record, Event):
            self._back.meeting.open_event(record.id)
        elif isinstance(record, Contact):
            self._back.editing.edit(record.id)
