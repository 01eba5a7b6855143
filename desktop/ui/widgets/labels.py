"""Labels that show foreign text as it is: plain, and elided where it does not fit."""

import html
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QToolTip, QWidget

from desktop.ui import theme

Tone = Literal["", "muted", "accent", "danger", "warning", "success"]

ZERO_WIDTH_SPACE = "\u200b"
LONGEST_WORD = 24
"""Longer words may be broken anywhere, or a label of many lines could not get narrow."""


def plain_tooltip(text: str) -> str:
    """``text`` for ``setToolTip``, which would take what looks like HTML for HTML."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


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
        super().setText(_breakable(text) if self._wrap else " ".join(text.split("\n")))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._wrap:
            return hint
        return QSize(
            min(hint.width(), self.fontMetrics().horizontalAdvance("…") * 2), hint.height()
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._cut():
            QToolTip.showText(event.globalPos(), plain_tooltip(self._whole), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._wrap:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        # The side is the window's, whichever way the letters run; QLabel would go by the letters.
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box = self.contentsRect()
        painter.drawText(box, int(align | Qt.AlignmentFlag.AlignAbsolute), self._shown(box.width()))
        painter.end()

    def _shown(self, width: int) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

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


def _breakable(text: str) -> str:
    return " ".join(
        ZERO_WIDTH_SPACE.join(word) if len(word) > LONGEST_WORD else word
        for word in text.split(" ")
    )
