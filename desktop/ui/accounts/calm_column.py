"""CalmColumn: a column of readable width in the middle of whatever room there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui.widgets.measure import with_text

WIDEST_PX = 600
"""Longer lines are hard to read, however wide the window is."""
MARGIN_PX = 24
CALM_HEIGHT_PX = 480
"""Up to this height everything begins at the top."""


class CalmColumn(QScrollArea):
    """``column`` takes the parts; it scrolls where they do not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        content.setMaximumWidth(with_text(self, WIDEST_PX))
        whole = QVBoxLayout(content)
        whole.setSpacing(0)
        self._whole = whole
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        whole.addLayout(self.column)
        whole.addStretch()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanted: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to ``part``, once it has its place."""
        self._wanted = part

    def _on_range_changed(self, _lowest: int, _highest: int) -> None:
        if self._wanted is not None and self._wanted.isVisible():
            self.ensureWidgetVisible(self._wanted, 0, MARGIN_PX)
        self._wanted = None

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # By the height alone: what is said below must not make the words above jump.
        room = max(0, (event.size().height() - CALM_HEIGHT_PX) // 3)
        self._whole.setContentsMargins(MARGIN_PX, MARGIN_PX + room, MARGIN_PX, MARGIN_PX)
