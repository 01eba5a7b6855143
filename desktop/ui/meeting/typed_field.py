"""A line for a value that is read from what is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class TypedField(QLineEdit):
    """Shows a value as text; what is typed is read when the field is left or Enter is pressed.

    What cannot be read stays as it was typed and is marked. Escape brings the value back, the
    arrow keys step it.
    """

    readability_changed = Signal(bool)  # whether the text can be read

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._shown = ""
        self._readable = True
        self.editingFinished.connect(self.commit)

    @property
    def readable(self) -> bool:
        """Whether the text is a value."""
        return self._readable

    def commit(self) -> bool:
        """Read what was typed, if anything; says whether the field has a value."""
        if self.isReadOnly() or self.text().strip() == self._shown:
            self.put_text(self._shown)
            return True
        self._set_readable(self.take_text(self.text()))
        if self._readable:
            self.put_text(self._shown)
        else:
            self.setCursorPosition(0)
        return self._readable

    def put_text(self, text: str) -> None:
        """Show a value, unless something else is being typed at this moment."""
        before, self._shown = self._shown, text
        typing = self.hasFocus() and self.isModified() and self.text() != before
        if typing and self.text() != text:
            return
        self._set_readable(True)
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def take_text(self, _text: str) -> bool:
        """Use what was typed; False where it cannot be read. For subclasses."""
        raise TypeError("a typed field reads its own text")

    def step(self, _by: int) -> None:
        """One step on or back. For subclasses."""

    def _set_readable(self, readable: bool) -> None:
        if readable == self._readable:
            return
        self._readable = readable
        self.setProperty("invalid", "false" if readable else "true")
        self.style().unpolish(self)
        self.style().polish(self)
        self.readability_changed.emit(readable)

    def _revert(self) -> None:
        self.setText(self._shown)
        self.setModified(False)
        self._set_readable(True)
        self.selectAll()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text() != self._shown:
            self._revert()
        elif plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.isReadOnly():
            if self.commit():
                self.step(1 if key == Qt.Key.Key_Up else -1)
                self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            return
        self.selectAll()
