"""The primary button of a place that has a key for it, too."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import PrimaryButton

HINT_OPACITY = 0.75
HINT_GAP_PX = 8


class HintedButton(PrimaryButton):
    """The one thing to do here; ``hint`` names its key in a paler tone."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, hint: str) -> None:
        super().__init__(text, parent)
        self._hint = hint

    # Qt overrides

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + self._hint_width(), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        colors = theme.current().colors
        painter.setPen(colors.on_accent if self.isEnabled() else colors.muted)
        self._draw_texts(painter, text)
        painter.end()

    def _draw_texts(self, painter: QStylePainter, text: str) -> None:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(text)
        left = (self.width() - width - self._hint_width()) // 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        parts = [(text, width), (self._hint, metrics.horizontalAdvance(self._hint))]
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            parts.reverse()
        for part, part_width in parts:
            painter.setOpacity(HINT_OPACITY if part == self._hint else 1.0)
            painter.drawText(QRect(left, 0, part_width + 1, self.height()), flags, part)
            left += part_width + HINT_GAP_PX

    def _hint_width(self) -> int:
        return HINT_GAP_PX + self.fontMetrics().horizontalAdvance(self._hint)
