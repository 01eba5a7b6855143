"""The dialog's window: heading, form, day, messages and buttons."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.account import AccountKind
from desktop.domain.meeting import MeetingDraft
from desktop.ui.meeting.day_panel import DayPanel
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.footer import Footer
from desktop.ui.meeting.form import MeetingForm, select_from_end
from desktop.ui.meeting.parts import FormParts
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.labels import separator, title_label

PREFERRED_PX = QSize(984, 720)
LEAST_PX = QSize(560, 400)
MARGIN_PX = 24
SIGHT_PX = 12
"""Of what is scrolled to, so much more is shown below it."""
SAVE_KEYS = ("Ctrl+Return", "Ctrl+Enter")


class MeetingDialog(QDialog):
    """Built once and used for one draft after the other."""

    save_requested = Signal()
    leave_requested = Signal()
    discard_requested = Signal()
    delete_requested = Signal()

    def __init__(
        self, editor: MeetingEditor, parts: FormParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meetingDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._editor = editor
        self._session_only = parts.session_only
        self._read_only = False
        self.heading = title_label("", 1.2)
        self.remark = NoticeBanner()
        self.form = MeetingForm(editor, parts)
        self.panel = DayPanel(parts.clock, parts.zone, parts.work)
        self.message = NoticeBanner()
        self.message.setObjectName("meetingMessage")
        self.footer = Footer()
        self._arrange()
        self.form.people.picker.set_stage(self)
        self.form.more.colleagues.picker.set_stage(self)
        self._connect()
        self._order_tabs()

    def prepare(self, draft: MeetingDraft, remark: str = "", *, read_only: bool = False) -> None:
        """Become the dialog of this draft; ``remark`` stands over the form."""
        self._read_only = read_only
        self.message.hide()
        self.form.reset()
        self.form.set_read_only(self._read_only)
        self.panel.set_read_only(self._read_only)
        self.heading.setText(self._title(draft))
        self.setWindowTitle(self._title(draft))
        if remark:
            self.remark.show_notice("info", remark)
        self.remark.setVisible(bool(remark))
        self._show_buttons(draft)

    def show_draft(self, draft: MeetingDraft) -> None:
        """What becomes of the draft when it is saved follows its calendar."""
        self.footer.note.setText("" if self._read_only else self._fate(draft))
        if not self.message.isHidden():
            self.message.hide()

    def start(self) -> None:
        """Show the dialog with the caret in the title."""
        if self.footer.asking:
            self.footer.stop_asking()
        self._fit()
        self.open()
        self.raise_()
        self.activateWindow()
        first = self.footer.cancel if self._read_only else self.form.title
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        select_from_end(self.form.title)
        self.panel.settle()

    def say(self, text: str) -> None:
        """A failure that belongs to no field."""
        self.message.show_notice("error", text)

    def ask_discard(self) -> None:
        """Ask whether what was typed shall be lost."""
        edits = self._editor.draft.event_id is not None
        self.footer.ask(
            self.tr("Discard the changes?") if edits else self.tr("Discard this meeting?")
        )

    @property
    def read_only(self) -> bool:
        """Whether it only shows."""
        return self._read_only

    def _title(self, draft: MeetingDraft) -> str:
        if self._read_only:
            return self.tr("Meeting")
        if draft.event_id is not None:
            return self.tr("Edit meeting")
        return self.tr("New meeting")

    def _show_buttons(self, draft: MeetingDraft) -> None:
        if self._read_only:
            self.footer.show_buttons("", self.tr("Close"), can_delete=False)
            return
        edits = draft.event_id is not None
        save = self.tr("Save") if edits else self.tr("Schedule")
        self.footer.show_buttons(save, self.tr("Cancel"), can_delete=edits)

    def _fate(self, draft: MeetingDraft) -> str:
        if self._session_only:
            return self.tr("Kept until you close Parley")
        account = self._editor.surroundings.account_of(draft)
        if account is not None and account.kind is AccountKind.LOCAL:
            return self.tr("Saved on this computer")
        return self.tr("Saved on this computer, sent when you are online")

    def _fit(self) -> None:
        """As large as it likes to be, and inside the window that it belongs to."""
        parent = self.parentWidget()
        room = (parent.window() if parent is not None else self.screen()).size()
        self.resize(PREFERRED_PX.boundedTo(room - QSize(32, 32)).expandedTo(LEAST_PX))

    def _on_save_wished(self) -> None:
        if not self._read_only:
            self.save_requested.emit()

    def _on_unfolded(self) -> None:
        form_layout = self.form.layout()
        if form_layout is not None:
            form_layout.activate()
        self.form.adjustSize()
        self._scroll.ensureWidgetVisible(self.form.more.priority)

    def _on_range_changed(self, _lowest: int, _highest: int) -> None:
        """The form became longer, perhaps by one more chip: the line under them stays in sight."""
        layout = self.form.layout()
        for picker in (self.form.people.picker, self.form.more.colleagues.picker):
            if picker.isVisible() and picker.typing() and layout is not None:
                layout.activate()
                self._scroll.ensureWidgetVisible(picker, 0, SIGHT_PX)

    def _on_kept(self) -> None:
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    # Construction

    def _connect(self) -> None:
        for keys in SAVE_KEYS:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self._on_save_wished)
        self.form.more.unfolded.connect(self._on_unfolded)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.form.submitted.connect(self._on_save_wished)
        self.footer.save_clicked.connect(self._on_save_wished)
        self.footer.cancel_clicked.connect(self.leave_requested)
        self.footer.delete_clicked.connect(self.delete_requested)
        self.footer.discard_clicked.connect(self.discard_requested)
        self.footer.kept.connect(self._on_kept)
        self.panel.when_changed.connect(self._editor.set_when)
        self._editor.changed.connect(self.show_draft)

    def _order_tabs(self) -> None:
        form, when, place = self.form, self.form.when, self.form.place
        people, more = form.people, form.more
        form.conflict.preceded_by = when.all_day
        order: tuple[QWidget, ...] = (
            form.title,
            *when.fields(),
            *when.chips.values(),
            when.all_day,
            people.picker.line,
            people.missing.number,
            people.missing.instead,
            form.deal,
            form.location,
            place.calendar,
            place.responsible,
            place.mine,
            form.reminder,
            form.description,
            more.toggle,
            more.colleagues.picker.line,
            more.zone,
            more.priority,
            *more.repeat.fields(),
            more.shown_as,
            more.private,
            self.panel.strip,
            self.footer.delete,
            self.footer.cancel,
            self.footer.save,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _arrange(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.form)
        # Its viewport would be painted in the window's grey otherwise.
        self._scroll.viewport().setAutoFillBackground(False)
        self.form.setAutoFillBackground(False)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 20, MARGIN_PX, 20)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.remark)
        column.addLayout(halves, 1)
        halves.addWidget(self._scroll, 1)
        halves.addWidget(separator(vertical=True))
        halves.addWidget(self.panel)
        column.addWidget(self.message)
        column.addWidget(self.footer)
        self.remark.hide()
        self.message.hide()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return PREFERRED_PX

    def reject(self) -> None:
        """Escape and the window's cross: leave, if nothing is lost by it."""
        if self.footer.asking:
            self.footer.stop_asking()
            self._on_kept()
            return
        self.leave_requested.emit()
