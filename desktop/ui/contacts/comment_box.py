"""CommentBox: one line that grows into a field, to note something about a contact."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from desktop.ui.widgets.labels import small_label

LINES = 3
_SAVE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommentBox(QWidget):
    """A link first; pressed, a field with what to do with it. What was typed is kept."""

    saved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._open = LinkButton(self.tr("Add a comment…"))
        self._open.setObjectName("addCommentButton")
        self._field = _Field()
        self._field.setObjectName("commentField")
        self._field.setAccessibleName(self.tr("Comment"))
        self._field.setPlaceholderText(self.tr("What is there to remember?"))
        self._save = PrimaryButton(self.tr("Save"))
        self._save.setObjectName("saveCommentButton")
        self._save.setToolTip(self.tr("Save the comment (Ctrl+Enter)"))
        self._cancel = QuietButton(self.tr("Cancel"))
        self._trouble = small_label(tone="danger", wrap=True)
        self._trouble.hide()
        self._form = QWidget()
        self._arrange()
        self._open.clicked.connect(self._on_open)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.close_form)
        self._field.save_wished.connect(self._on_save)
        self._field.leave_wished.connect(self.close_form)
        self._field.textChanged.connect(self._on_text)
        self._on_text()
        self._form.hide()

    def typing(self) -> bool:
        """Whether the field is shown and has the focus."""
        return self._form.isVisible() and self._field.hasFocus()

    def text(self) -> str:
        """What is typed."""
        return self._field.toPlainText()

    def say(self, words: str) -> None:
        """Say why the comment could not be kept; the text stays."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        if words:
            announce(self, words)

    def clear(self) -> None:
        """Forget what was typed: it is kept elsewhere, or about somebody else."""
        self._field.clear()
        self.say("")
        self.close_form()

    def close_form(self) -> None:
        """Back to the link; what was typed stays for the next time."""
        had_focus = self._field.hasFocus() or self._save.hasFocus() or self._cancel.hasFocus()
        self._show_form(False)
        if had_focus:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._form)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(self._field)
        form.addWidget(self._trouble)
        row = QHBoxLayout()
        form.addLayout(row)
        row.setSpacing(8)
        row.addWidget(self._save)
        row.addWidget(self._cancel)
        row.addStretch(1)

    def _show_form(self, shown: bool) -> None:
        self._form.setVisible(shown)
        self._open.setVisible(not shown)

    def _on_open(self) -> None:
        self._show_form(True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self) -> None:
        self._save.setEnabled(bool(self.text().strip()))

    def _on_save(self) -> None:
        text = self.text().strip()
        if text:
            self.saved.emit(text)


class _Field(QPlainTextEdit):
    """Some lines of plain text; Tab leaves it, Ctrl+Enter saves, Escape closes."""

    save_wished = Signal()
    leave_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        room = self.fontMetrics().lineSpacing() * LINES
        margins = self.contentsMargins()
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        self.setFixedHeight(room + frame + margins.top() + margins.bottom())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and Qt.Key(event.key()) in _SAVE_KEYS:
            self.save_wished.emit()
        elif Qt.Key(event.key()) == Qt.Key.Key_Escape:
            self.leave_wished.emit()
        else:
            super().keyPressEvent(event)
