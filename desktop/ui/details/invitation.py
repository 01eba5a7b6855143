"""An invitation in an event's details: who calls, what was answered, and the buttons to answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.event import Participation
from desktop.domain.invitations import may_answer
from desktop.ui.assets import icon
from desktop.ui.details.snapshot import EventDetails
from desktop.ui.details.texts import ANSWER_ICONS
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, small_label


class InvitationBlock(QWidget):
    """Hidden where the user is not invited. What is answered is told in words and by a sign."""

    answer_wished = Signal(object)  # Participation

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("eventInvitation")
        self._shown: tuple[object, ...] | None = None
        self._marks = {
            Participation.NEEDS_ACTION: IconMark(ANSWER_ICONS[Participation.NEEDS_ACTION]),
            Participation.ACCEPTED: IconMark(ANSWER_ICONS[Participation.ACCEPTED], "success"),
            Participation.DECLINED: IconMark(ANSWER_ICONS[Participation.DECLINED], "danger"),
        }
        self.words = PlainLabel(wrap=True)
        self.words.setObjectName("eventInvitationWords")
        self._series = small_label(self.tr("The answer is for the whole series."), wrap=True)
        self.accept = self._button(self.tr("Accept"), "eventAccept", "check", "A")
        self.decline = self._button(self.tr("Decline"), "eventDecline", "close", "X")
        self.withdraw = QuietButton(self.tr("Take back"))
        self.withdraw.setObjectName("eventAnswerWithdraw")
        self.withdraw.setToolTip(self.tr("Take the answer back"))
        self.accept.clicked.connect(self._on_accept)
        self.decline.clicked.connect(self._on_decline)
        self.withdraw.clicked.connect(self._on_withdraw)
        self._arrange()
        self.hide()

    def show_details(self, details: EventDetails) -> None:
        """Show the invitation of this event, if it is one."""
        event = details.event
        offered = may_answer(event, details.account)
        self.setVisible(offered)
        host = details.user_name(event.organizer)
        shown = (offered, event.participation, host, event.recurring)
        if not offered or shown == self._shown:
            return
        self._shown = shown
        answer = event.participation or Participation.NEEDS_ACTION
        for given, mark in self._marks.items():
            mark.setVisible(given is answer)
        self.words.setText(self._sentence(answer, host))
        self._series.setVisible(event.recurrence is not None)
        focused = any(one.hasFocus() for one in (self.accept, self.decline, self.withdraw))
        self.accept.setVisible(answer is not Participation.ACCEPTED)
        self.decline.setVisible(answer is not Participation.DECLINED)
        self.withdraw.setVisible(answer is not Participation.NEEDS_ACTION)
        if focused:
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """The button that the focus goes to."""
        return self.decline if self.accept.isHidden() else self.accept

    def _sentence(self, answer: Participation, host: str) -> str:
        if answer is Participation.ACCEPTED:
            return self.tr("You accepted.")
        if answer is Participation.DECLINED:
            return self.tr("You declined.")
        if host:
            return self.tr("{0} invites you. You have not answered yet.").format(host)
        return self.tr("You are invited, and have not answered yet.")

    def _on_accept(self) -> None:
        self.answer_wished.emit(Participation.ACCEPTED)

    def _on_decline(self) -> None:
        self.answer_wished.emit(Participation.DECLINED)

    def _on_withdraw(self) -> None:
        self.answer_wished.emit(Participation.NEEDS_ACTION)

    def _button(self, text: str, name: str, icon_name: str, key: str) -> QuietButton:
        button = QuietButton(text)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        button.setToolTip(f"{text} ({key})")
        return button

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        for mark in self._marks.values():
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        column.addWidget(self._series)
        buttons = QWidget()
        column.addWidget(buttons)
        flow = FlowLayout(buttons)
        for button in (self.accept, self.decline, self.withdraw):
            flow.addWidget(button)
