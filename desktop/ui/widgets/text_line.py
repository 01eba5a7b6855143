"""Painting one line of text: cut with … where it is too long, at the side the window reads from."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle


def draw_line(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    direction: Qt.LayoutDirection,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw ``text`` in the painter's font and pen, centred in height; "left" is where lines begin.

    The letters run as their script does, whichever way the window does.
    """
    box = QRectF(rect)
    shown = painter.fontMetrics().elidedText(
        " ".join(text.splitlines()), Qt.TextElideMode.ElideRight, int(box.width())
    )
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    side = QStyle.visualAlignment(direction, align | Qt.AlignmentFlag.AlignVCenter)
    flags = int(side | Qt.AlignmentFlag.AlignAbsolute) | int(Qt.TextFlag.TextSingleLine)
    painter.drawText(box, flags, shown)
