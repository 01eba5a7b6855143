"""The field to type a search into: a glass, a cross to clear it, and the key that leads to it."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import theme
from desktop.ui.assets import icon

KEYCAP_MARGIN_PX = 10


class SearchField(QLineEdit):
    """A line to search in; Escape clears it. ``key_hint`` is drawn while it is empty."""

    def __init__(
        self, placeholder: str, parent: QWidget | None = None, *, key_hint: str = ""
    ) -> None:
        super().__init__(parent)
        self._key_hint = key_hint
        self.setProperty("kind", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(
            icon("close", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip(self.tr("Clear"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._on_clear)
        self.textChanged.connect(self._on_text_changed)
        self._leave_room()

    def _on_clear(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._leave_room()

    def _leave_room(self) -> None:
        """Keep the placeholder out of the drawn key."""
        room = self._keycap().width() if self._key_hint and not self.text() else 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if self._key_hint and event.text() == self._key_hint and not self.text():
            return  # the key leads here, and here one is already: no search begins with it
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._key_hint and not self.text():
            painter = QPainter(self)
            self._draw_keycap(painter)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._leave_room()
        super().changeEvent(event)

    def _keycap_font(self) -> QFont:
        return theme.scaled(self.font(), 0.85)

    def _keycap(self) -> QRect:
        metrics = QFontMetrics(self._keycap_font())
        height = metrics.height() + 2
        width = max(height, metrics.horizontalAdvance(self._key_hint) + 8)
        left = self.width() - width - KEYCAP_MARGIN_PX
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = KEYCAP_MARGIN_PX
        return QRect(left, (self.height() - height) // 2, width, height)

    def _draw_keycap(self, painter: QPainter) -> None:
        colors = theme.current().colors
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._keycap_font())
        box = QRectF(self._keycap()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colors.border)
        painter.setBrush(colors.pane)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colors.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key_hint)
