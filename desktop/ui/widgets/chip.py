"""Chips: short values to press, to switch on, or to take away."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.assets import icon_pixmap
from desktop.ui.widgets.buttons import PushButton
from desktop.ui.widgets.labels import plain_tooltip

CROSS_PX = 14
CROSS_MARGIN_PX = 8
LONGEST_PX = 260


class Chip(PushButton):
    """A rounded value. ``checkable`` chips switch, ``removable`` ones carry a cross.

    A removable chip goes by its cross, by Delete or by Backspace; its owner takes it away.
    """

    remove_requested = Signal()

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
        removable: bool = False,
        picture: QPixmap | None = None,
    ) -> None:
        super().__init__("", parent)
        self._removable = removable
        self._whole = ""
        self.setCheckable(checkable)
        self.setProperty("kind", "chip")
        self.setProperty("removable", "true" if removable else "false")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(LONGEST_PX)
        if picture is not None:
            self.setIcon(QIcon(picture))
            self.setIconSize(QSize(18, 18))
        self.set_value(text)

    def set_value(self, text: str) -> None:
        """Show another text, whole in the tooltip where it is too long."""
        self._whole = text
        shown = self.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, LONGEST_PX - 4 * CROSS_PX
        )
        gap = "" if self.icon().isNull() else " "
        self.setText(gap + shown.replace("&", "&&"))
        self.setToolTip(plain_tooltip(text) if shown != text else "")
        self.setAccessibleName(text)
        if self._removable:
            self.setAccessibleDescription(self.tr("Press Delete to remove"))

    def value(self) -> str:
        """The text as it was given."""
        return self._whole

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_cross = self._removable and self._cross().contains(event.position())
        if on_cross and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.remove_requested.emit()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._removable:
            return
        painter = QPainter(self)
        color = theme.current().colors.accent_text
        cross = icon_pixmap("close", color, CROSS_PX, self.devicePixelRatioF())
        box = self._cross()
        painter.drawPixmap(QPointF(box.x(), box.y()), cross)
        painter.end()

    def _cross(self) -> QRectF:
        top = (self.height() - CROSS_PX) / 2
        left = float(self.width() - CROSS_PX - CROSS_MARGIN_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = float(CROSS_MARGIN_PX)
        return QRectF(left, top, CROSS_PX, CROSS_PX)
