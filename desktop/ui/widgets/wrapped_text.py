"""Text in lines of a width, at the side the window reads from, for painters."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle


def wrapped(text: str, font: QFont, width: int, direction: Qt.LayoutDirection) -> QTextLayout:
    """``text`` laid out, to be measured or drawn; a word that is longer breaks anywhere.

    The letters run as their script does, whichever way the window does.
    """
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout
