"""A quiet sentence at the foot of the grid: nothing here yet, or still reading."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import PlainLabel

MARGIN_PX = 16


class HintPill(PlainLabel):
    """Lies over its parent and takes no clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, tone="muted")
        self._below = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(14, 6, 14, 6)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the pill."""
        self.setText(text)
        self.setVisible(bool(text))
        if text:
            self._dress()
            self._settle()

    def _dress(self) -> None:
        colors = theme.current().colors
        sheet = (
            f"background: {colors.window.name()}; border: 1px solid {colors.border.name()};"
            f"border-radius: 15px; color: {colors.muted.name()};"
        )
        if sheet != self.styleSheet():  # to set it says that the style has changed
            self.setStyleSheet(sheet)

    def _settle(self) -> None:
        size = self.sizeHint()
        width = min(size.width() + 32, self._below.width() - 2 * MARGIN_PX)
        height = max(30, size.height())
        x = (self._below.width() - width) // 2
        self.setGeometry(x, self._below.height() - height - MARGIN_PX - 24, width, height)
        self.raise_()

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)
