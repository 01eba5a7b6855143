"""CheckedField: a label, a field, and words below it that judge what is typed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import InvalidInputError
from desktop.ui.input_texts import input_text
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel, small_label

Judge = Callable[[str], str | InvalidInputError]
"""What is good about a text, or what is wrong with it."""

LONGEST = 2048


class CheckedField(QWidget):
    """Says quietly what is missing while one types, and in earnest once one has left it.

    ``name`` is the field's object name. A ``secret`` one shows dots, until the eye is pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(
        self,
        label: str,
        name: str,
        judge: Judge,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__(parent)
        self._judge_text = judge
        self._secret = secret
        self.field = QLineEdit()
        self.field.setObjectName(name)
        self.field.setAccessibleName(label)
        self.field.setPlaceholderText(placeholder)
        self.field.setMaxLength(LONGEST)
        self._tell_keyboard()
        self.field.textChanged.connect(self._on_changed)
        self.field.returnPressed.connect(self.submitted)
        self.field.installEventFilter(self)
        self._words = small_label(wrap=True)
        self._words.setObjectName(f"{name}Message")
        self._eye = IconButton("eye", self.tr("Show it"), framed=True)
        self._eye.clicked.connect(self._on_eye)
        self._arrange(label)
        self._eye.setVisible(secret)  # only now: without a place it would be a window
        self._eye.setVisible(secret)  # not before it has a place: it would be a window
        self.conceal()
        self._judge(strict=False)

    @property
    def valid(self) -> bool:
        """Whether what was typed can be used."""
        return not isinstance(self._judge_text(self.field.text()), InvalidInputError)

    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Type ``text`` for the user."""
        self.field.setText(text)

    def conceal(self) -> None:
        """Show dots, where it is a secret."""
        self._echo(shown=not self._secret)

    def insist(self) -> bool:
        """Say in earnest what is wrong; whether nothing is."""
        self._judge(strict=True)
        return self.valid

    def take_focus(self) -> None:
        """Put the caret here."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, _text: str) -> None:
        self._judge(strict=False)
        self.edited.emit()

    def _on_eye(self) -> None:
        self._echo(shown=self.field.echoMode() is not QLineEdit.EchoMode.Normal)

    def _echo(self, *, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        name = self.tr("Hide it") if shown else self.tr("Show it")
        self._eye.show_as("eye-off" if shown else "eye", name)

    def _judge(self, *, strict: bool) -> None:
        found = self._judge_text(self.field.text())
        wrong = isinstance(found, InvalidInputError)
        if isinstance(found, InvalidInputError):
            # What is not there yet needs no words: the label and the example say it.
            quiet = not strict and found.problem == "empty"
            self._words.set_tone("danger" if strict else "muted")
            self._words.setText("" if quiet else input_text(found))
        else:
            self._words.set_tone("success")
            self._words.setText(found)
        self._words.setVisible(bool(self._words.whole_text()))
        self.field.setAccessibleDescription(self._words.whole_text())
        mark = "true" if strict and wrong else "false"
        if self.field.property("invalid") != mark:
            self.field.setProperty("invalid", mark)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _tell_keyboard(self) -> None:
        # Neither a dictionary of the keyboard nor its suggestions may learn a secret.
        hints = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        if self._secret:
            hints |= Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText
        self.field.setInputMethodHints(hints)

    def _arrange(self, text: str) -> None:
        label = PlainLabel(text)
        label.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addLayout(row)
        row.addWidget(self.field, 1)
        row.addWidget(self._eye)
        column.addWidget(self._words)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.field.text():
            self._judge(strict=True)
        return super().eventFilter(watched, event)
