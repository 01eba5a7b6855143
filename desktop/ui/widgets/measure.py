"""Sizes that grow with the text: a dialog made for the usual font is too small for a large one."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

USUAL_LINE_PX = 17
"""The height of a line that sizes are given for."""
SCREEN_SHARE = 0.9


def with_text(widget: QWidget, px: int) -> int:
    """``px``, or more where the font is larger than usual."""
    return max(px, round(px * widget.fontMetrics().height() / USUAL_LINE_PX))


def roomy(widget: QWidget, width_px: int, height_px: int) -> QSize:
    """A size for a window that grows with the text but stays on the screen."""
    wanted = QSize(with_text(widget, width_px), with_text(widget, height_px))
    return wanted.boundedTo(widget.screen().availableSize() * SCREEN_SHARE)
