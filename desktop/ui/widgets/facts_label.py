"""FactsLabel: a sentence and what belongs to it, a marked line each, as one text to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.assets import IconRole, icon
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.wrapped_text import wrapped

GAP_PX = 4
ICON_GAP_PX = 8


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
        heights = [self._lines_of(fact, width).boundingRect().height() for fact in self._facts]
        return ceil(sum(heights)) + GAP_PX * (len(heights) - 1)

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
        painter.setPen(theme.current().colors.text)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = 0.0
        for fact in self._facts:
            lines = self._lines_of(fact, self.width())
            indent = _indent(fact)
            lines.draw(painter, QPointF(0 if mirrored else indent, top))
            if fact.icon_name:
                left = self.width() - theme.ICON_PX if mirrored else 0
                self._draw_icon(painter, fact, left, round(top))
            top += lines.boundingRect().height() + GAP_PX
        painter.end()

    def _draw_icon(self, painter: QPainter, fact: Fact, left: int, top: int) -> None:
        line = self.fontMetrics().height()
        corner = QPointF(left, top + (line - theme.ICON_PX) / 2).toPoint()
        mark = QRect(corner, QSize(theme.ICON_PX, theme.ICON_PX))
        icon(fact.icon_name, fact.role).paint(painter, mark)

    def _lines_of(self, fact: Fact, width: int) -> QTextLayout:
        """The fact in lines, were the label so wide."""
        font = theme.scaled(self.font(), bold=True) if fact.bold else self.font()
        return wrapped(fact.text, font, width - _indent(fact), self.layoutDirection())


def _indent(fact: Fact) -> int:
    return theme.ICON_PX + ICON_GAP_PX if fact.icon_name else 0
