"""LeaveSheet: what would be lost, and the ways to keep it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.accounts.account_texts import MOST_NAMED, contacts_text, events_text
from desktop.ui.leaving.losses import Losses
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 480


class LeaveSheet(QDialog):
    """Not modal: one can go back to the calendar and look. Escape stays in Parley."""

    send_requested = Signal()
    export_requested = Signal()
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leaveSheet")
        self.setWindowTitle(self.tr("Close Parley"))
        self._unsent = MessageBox("leaveUnsent")
        self._local = PlainLabel(wrap=True)
        self._local.setObjectName("leaveLocal")
        self._why = PlainLabel(
            self.tr("There is no keyring, so nothing is stored beyond this session."),
            tone="muted",
            wrap=True,
        )
        self._stay = QuietButton(self.tr("Stay"))
        self._stay.clicked.connect(self.reject)
        self._leave = QuietButton(self.tr("Leave without it"))
        self._leave.setObjectName("leaveAnywayButton")
        self._leave.setProperty("kind", "danger")
        self._leave.clicked.connect(self.leave_requested)
        self._export = QuietButton(self.tr("Export…"))
        self._export.setObjectName("leaveExportButton")
        self._export.clicked.connect(self.export_requested)
        self._send = PrimaryButton(self.tr("Send now"))
        self._send.setObjectName("leaveSendButton")
        self._send.clicked.connect(self.send_requested)
        self._arrange()

    def show_losses(self, losses: Losses, *, sending: bool = False, offline: bool = False) -> None:
        """Name what would be lost; while it is being sent, say so, and why it cannot be."""
        if losses.unsent and sending:
            self._unsent.say_working(self._sending_text(losses))
        elif losses.unsent:
            self._unsent.say("warning", self._unsent_text(losses, offline=offline))
        else:
            self._unsent.clear()
        self._send.setVisible(bool(losses.unsent))
        self._send.setEnabled(not sending)
        local = self._local_text(losses)
        self._local.setText(local)
        self._local.setVisible(bool(local))
        self._export.setVisible(losses.local)
        self._fit()

    def bring_up(self) -> None:
        """Show it over the window, with the focus where nothing is lost by Enter."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def _local_text(self, losses: Losses) -> str:
        sentences = []
        if losses.local:
            words = self.tr("Only here: {contacts} and {events}.")
            contacts, events = contacts_text(losses.contacts), events_text(losses.events)
            sentences.append(words.format(contacts=contacts, events=events))
        if losses.drafts == 1:
            sentences.append(self.tr("1 meeting is still being written."))
        elif losses.drafts:
            words = self.tr("{n} meetings are still being written.")
            sentences.append(words.format(n=number(losses.drafts)))
        return " ".join(sentences)

    def _unsent_text(self, losses: Losses, *, offline: bool) -> str:
        count = len(losses.unsent)
        head = (
            self.tr("1 change has not reached its server:")
            if count == 1
            else self.tr("{n} changes have not reached their server:").format(n=number(count))
        )
        names = [f"• {name or self.tr('Untitled')}" for name in losses.unsent[:MOST_NAMED]]
        if count > MOST_NAMED:
            names.append(self.tr("and {n} more").format(n=number(count - MOST_NAMED)))
        if losses.stuck:
            names.append(self.tr("It does not go out by itself: see the waiting changes."))
        elif offline:
            names.append(self.tr("The server cannot be reached now."))
        return "\n".join((head, *names))

    def _sending_text(self, losses: Losses) -> str:
        count = len(losses.unsent)
        if count == 1:
            return self.tr("Sending the last change…")
        return self.tr("Sending {n} changes…").format(n=number(count))

    def _fit(self) -> None:
        """Take the height that the words need, so that none is cut."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(WIDTH_PX, self.minimumSizeHint().width())
            self.resize(width, layout.totalHeightForWidth(width))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.tr("This is kept only until you close Parley")))
        for part in (self._unsent, self._local, self._why):
            column.addWidget(part)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addWidget(self._leave)
        row.addStretch()
        for button in (self._stay, self._export, self._send):
            row.addWidget(button)
