"""The line under a field: what is wrong there, or what has just been done."""

from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.labels import PlainLabel


class FieldNote(PlainLabel):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, wrap=True)
        self.setFont(theme.scaled(self.font(), 0.92))
        self.hide()

    def show_problem(self, text: str) -> None:
        """Something has to be mended here."""
        self._say(text)
        self.set_tone("danger")

    def show_notice(self, text: str) -> None:
        """Something worth knowing."""
        self._say(text)
        self.set_tone("warning")

    def clear(self) -> None:
        """Say nothing."""
        self.setText("")
        self.hide()

    def _say(self, text: str) -> None:
        news = self.isHidden() or text != self.whole_text()
        self.setText(text)
        self.show()
        if news:
            announce(self, text)
