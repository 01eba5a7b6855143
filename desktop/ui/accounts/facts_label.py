"""FactsLabel: a sentence and what belongs to it, a marked line each, as one text to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.assets import IconRole, icon
from desktop.ui.widgets.labels import PlainLabel

GAP_PX = 4
ICON_GAP_PX = 8
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


@dataclass(frozen=True, slots=True)
class Fact:
    """A line with an icon before it; the words say the same without it."""

    text: str
    icon_name: str = ""
    role: IconRole = "muted"
    bold: bool = False


class FactsLabel(PlainLabel):
    """``text()`` is all the lines; they are painted with their marks, wrapped and never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wrap=True)
        self._facts: tuple[Fact, ...] = ()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these lines."""
        self._facts = tuple(facts)
        super().setText("\n".join(fact.text for fact in facts))
        self.updateGeometry()

    # Qt overrides

    def setText(self, text: str) -> None:
        self._facts = ()
        super().setText(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._facts:
            return super().heightForWidth(width)
        rows = self._rows(width)
        return rows[-1][1].bottom() + 1 if rows else 0

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(max(hint.width(), self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0) if self._facts else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._facts:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = int(WRAPPED) | int(side) | int(Qt.AlignmentFlag.AlignAbsolute)
        for fact, place in self._rows(self.width()):
            box = QRect(place)
            if mirrored:
                box.moveRight(self.width() - 1 - place.left())
            if fact.icon_name:
                left = box.right() + 1 + ICON_GAP_PX if mirrored else 0
                self._draw_icon(painter, fact, left, box.top())
            painter.setFont(self._font_of(fact))
            painter.setPen(theme.current().colors.text)
            painter.drawText(box, flags, fact.text)
        painter.end()

    def _draw_icon(self, painter: QPainter, fact: Fact, left: int, top: int) -> None:
        line = self.fontMetrics().height()
        corner = QPointF(left, top + (line - theme.ICON_PX) / 2).toPoint()
        mark = QRect(corner, QSize(theme.ICON_PX, theme.ICON_PX))
        icon(fact.icon_name, fact.role).paint(painter, mark)

    def _rows(self, width: int) -> list[tuple[Fact, QRect]]:
        """Where each line stands, were the label so wide and read from the left."""
        rows: list[tuple[Fact, QRect]] = []
        top = 0
        for fact in self._facts:
            left = theme.ICON_PX + ICON_GAP_PX if fact.icon_name else 0
            room = QRect(left, top, max(1, width - left), 1 << 16)
            metrics = QFontMetrics(self._font_of(fact))
            height = metrics.boundingRect(room, int(WRAPPED), fact.text).height()
            rows.append((fact, QRect(left, top, room.width(), height)))
            top += height + GAP_PX
        return rows

    def _font_of(self, fact: Fact) -> QFont:
        return theme.scaled(self.font(), bold=True) if fact.bold else self.font()
