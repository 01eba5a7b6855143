"""RecordingChoice: how an account records bookings, and what colleagues see of each way."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.domain.event import Recording
from desktop.domain.recording import way_of, ways
from desktop.ui.meeting.choices import Choice
from desktop.ui.widgets.labels import PlainLabel, small_label


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recording", text)


_NAMES = {
    Recording.ACTIVITY: "Meeting or call of the contact",
    Recording.TODO: "To-do of the contact",
    Recording.CARD: "Parley's card in the timeline",
    Recording.EVENT: "Calendar event linked with the contact",
}
_SENTENCES = {
    Recording.ACTIVITY: "Colleagues see a meeting or a call in the contact's timeline, with its"
    " end, its place and the number to reach; a meeting also stands in the calendar.",
    Recording.TODO: "Colleagues see a to-do with a deadline in the contact's timeline. It has no"
    " end and no place of its own: these stand as lines in its text.",
    Recording.CARD: "Colleagues see a card in the contact's timeline: when, where, with whom, the"
    " note, and buttons that open the contact and Parley. It stands in no calendar of the CRM.",
    Recording.EVENT: "Colleagues see an event in your calendar that names the contact; the"
    " timeline may show nothing of it.",
}
_NO_CARD = (
    "Cards in the timeline need a sign-in as an application: ask your administrator to add Parley"
    " as a local application."
)


def recording_name(recording: Recording) -> str:
    """A way of recording in a few words."""
    return _tr(_NAMES[recording])


def recording_sentence(recording: Recording) -> str:
    """What colleagues see of it in the CRM."""
    return _tr(_SENTENCES[recording])


class RecordingChoice(QWidget):
    """The ways that the account has; where there is only one there is nothing to choose."""

    picked = Signal(object)  # Recording

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = Choice("recordingChoice", self.tr("Bookings are recorded as"))
        self.choice.setAccessibleDescription(account.title)
        self.choice.picked.connect(self._on_picked)
        self._sentence = small_label(wrap=True)
        self._missing = small_label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(self.tr("Bookings are recorded as"), tone="muted"))
        column.addWidget(self.choice)
        column.addWidget(self._sentence)
        column.addWidget(self._missing)
        self.show_account(account)

    def show_account(self, account: Account) -> None:
        """Show the ways of ``account`` and the one that is taken."""
        able = ways(account)
        self.choice.clear()
        for recording in able:
            self.choice.add(recording_name(recording), recording)
        taken = way_of(account)
        if taken is not None:
            self.choice.take(taken)
            self._sentence.setText(recording_sentence(taken))
        self.choice.setEnabled(len(able) > 1)
        self._missing.setText(_tr(_NO_CARD))
        self._missing.setVisible(bool(able) and not account.capabilities.application)
        self.setVisible(bool(able))

    def sentence(self) -> str:
        """What is said of the way that is taken."""
        return self._sentence.text()

    def _on_picked(self, recording: Recording) -> None:
        self._sentence.setText(recording_sentence(recording))
        self.picked.emit(recording)
