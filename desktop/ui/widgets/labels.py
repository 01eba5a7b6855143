"""Labels that show foreign text as it is: plain, and elided where it does not fit."""

from math import ceil
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from desktop.ui import theme

Tone = Literal["", "muted", "accent", "danger", "warning", "success"]

SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight

NARROWEST_PX = 48
"""A label of several lines gets as narrow as this."""

WIDEST_PX = 320
"""A label of several lines asks for no more, whatever it has to say."""


def plain_tooltip(text: str) -> str:
    """``text`` for ``setToolTip``, which would take what looks like HTML for HTML."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped.replace(chr(10), '<br>')}</qt>"


class PlainLabel(QLabel):
    """Plain text in one line that ends in … where it is too long, or ``wrap``-ped into several.

    An elided text is told whole by the tooltip and to screen readers.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tone: Tone = "",
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Show the text in another of the tones."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def whole_text(self) -> str:
        """The text as it was given."""
        return self._whole

    # Qt overrides

    def setText(self, text: str) -> None:
        self._whole = text
        super().setText(text if self._wrap else " ".join(text.split("\n")))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        if not self._wrap:
            return super().sizeHint()
        longest = max(map(self.fontMetrics().horizontalAdvance, self.text().split("\n")))
        margins = self.contentsMargins()
        width = min(longest + 1 + margins.left() + margins.right(), WIDEST_PX)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint() if self._wrap else super().minimumSizeHint()
        narrow = NARROWEST_PX if self._wrap else self.fontMetrics().horizontalAdvance("…") * 2
        height = self.fontMetrics().height() if self._wrap else hint.height()
        return QSize(min(hint.width(), narrow), height)

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        lines = self._lines(room)
        return ceil(lines.boundingRect().height()) + margins.top() + margins.bottom()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._cut():
            QToolTip.showText(event.globalPos(), plain_tooltip(self._whole), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box = self.contentsRect()
        if self._wrap:
            lines = self._lines(box.width())
            spare = box.height() - lines.boundingRect().height()
            centred = self.alignment() & Qt.AlignmentFlag.AlignVCenter and spare > 0
            lines.draw(painter, QPointF(box.x(), box.y() + (spare / 2 if centred else 0)))
        else:
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            painter.drawText(box, int(self._side()), self._shown(box.width()))
        painter.end()

    def _side(self) -> Qt.AlignmentFlag:
        """The side is the window's, whichever way the letters run; QLabel goes by the letters."""
        # As `QStyle.visualAlignment` does; the class would be made at each start for this alone.
        align = self.alignment()
        if not align & Qt.AlignmentFlag.AlignHorizontal_Mask:
            align |= Qt.AlignmentFlag.AlignLeft
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if mirrored and align & SIDES and not align & Qt.AlignmentFlag.AlignAbsolute:
            align ^= SIDES
        return align | Qt.AlignmentFlag.AlignAbsolute

    def _shown(self, width: int) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def _lines(self, width: int) -> QTextLayout:
        """The text in lines of ``width``; a word that is longer breaks anywhere."""
        option = QTextOption(self._side())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _cut(self) -> bool:
        needed = self.fontMetrics().horizontalAdvance(self.text())
        return not self._wrap and needed > self.contentsRect().width()


def title_label(text: str, factor: float = 1.25) -> PlainLabel:
    """A heading ``factor`` times as large as the text."""
    label = PlainLabel(text)
    label.setFont(theme.scaled(label.font(), factor, bold=True))
    return label


def section_label(text: str) -> PlainLabel:
    """A small heading in capitals over a part of a pane."""
    label = PlainLabel(text, tone="muted")
    font = theme.scaled(label.font(), 0.85, bold=True)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    label.setFont(font)
    return label


def small_label(text: str = "", *, tone: Tone = "muted", wrap: bool = False) -> PlainLabel:
    """Small print."""
    label = PlainLabel(text, tone=tone, wrap=wrap)
    label.setFont(theme.scaled(label.font(), 0.92))
    return label


def separator(*, vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    line = QFrame()
    line.setProperty("line", "true")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
