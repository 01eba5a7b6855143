"""PasteRow: the other way back from the browser, by hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.ui.accounts.sign_in_texts import pasted_text
from desktop.ui.widgets.labels import PlainLabel, Tone, small_label

LONGEST = 16_384


class PasteRow(QWidget):
    """What is pasted goes out by `pasted` at once: a code is good for thirty seconds."""

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._field = QLineEdit()
        self._field.setObjectName("oauthCodeField")
        self._field.setMaxLength(LONGEST)
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUrlCharactersOnly
        )
        self._field.textChanged.connect(self._on_changed)
        self._field.returnPressed.connect(self._on_entered)
        self._words = small_label(wrap=True)
        self._words.setObjectName("oauthCodeMessage")
        self._arrange()
        self.show_waiting(False)

    def show_waiting(self, waiting: bool) -> None:
        """Whether a sign-in is open that an answer could belong to."""
        self._say(
            self.tr(
                "Paste the whole address of the page you ended on, or the code that it shows. It "
                "is good for half a minute."
            )
            if waiting
            else self.tr("Only if the browser cannot come back to Parley by itself.")
        )
        self.forget()

    def refuse(self, error: AppError) -> None:
        """Say what is wrong with what was pasted."""
        self._say(pasted_text(error), "danger")

    def forget(self) -> None:
        """Nothing was pasted."""
        blocked = self._field.blockSignals(True)
        self._field.setText("")
        self._field.blockSignals(blocked)
        self._length = 0

    def take_focus(self) -> None:
        """Put the caret here."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, text: str) -> None:
        # Typed letter by letter, a code looks whole too soon: only what came at once is sent.
        if len(text) - self._length > 1:
            self.pasted.emit(text)
        self._length = len(text)

    def _on_entered(self) -> None:
        self.pasted.emit(self._field.text())

    def _say(self, text: str, tone: Tone = "muted") -> None:
        self._words.set_tone(tone)
        self._words.setText(text)

    def _arrange(self) -> None:
        label = PlainLabel(self.tr("Address or code from the browser"))
        label.setBuddy(self._field)
        self._field.setAccessibleName(label.whole_text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addWidget(self._field)
        column.addWidget(self._words)
