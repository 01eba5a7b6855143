"""An icon that only shows something."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.assets import IconRole, icon


class IconMark(QWidget):
    """A line icon in the current look; what it means stands in the words beside it."""

    def __init__(
        self,
        name: str = "",
        role: IconRole = "muted",
        size_px: int = theme.ICON_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size_px = size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(size_px, size_px))
        self.show_icon(name, role)

    def show_icon(self, name: str, role: IconRole = "muted") -> None:
        """Show another icon; an empty name shows none and takes no room."""
        # The name, not a QIcon: one with an engine of ours must not die in the collector.
        self._name, self._role = name, role
        if not name:
            self.hide()
        elif self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()  # never before it has a place: it would flash as a window of its own
        self.update()

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            icon(self._name, self._role).paint(painter, self.rect())
            painter.end()
