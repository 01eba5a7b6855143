"""Pixels that come from the fonts of the view."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics

from desktop.ui.calendar.describe import minute_text, translate
from desktop.ui.calendar.view_state import Sizes
from desktop.ui.theme import scaled

WIDEST_MINUTES = (10 * 60 + 44, 22 * 60 + 44)
"""Of a morning and of an evening, which clocks of twelve hours tell by words."""

WIDEST_WORDS_PX = 64
GUTTER_PAD_PX = 18
HEAD_PAD_PX = 14


def sizes_of(font: QFont, size: QSize, *, rtl: bool) -> Sizes:
    """Room for hours and day heads in a viewport of ``size``."""
    small, large = QFontMetrics(scaled(font, 0.88)), QFontMetrics(scaled(font, 1.3))
    words = small.horizontalAdvance(translate("Calendar", "all day"))
    times = (small.horizontalAdvance(minute_text(minute)) for minute in WIDEST_MINUTES)
    gutter = max(*times, min(WIDEST_WORDS_PX, words))
    head = small.height() + large.height() + HEAD_PAD_PX
    return Sizes(size.width(), size.height(), gutter + GUTTER_PAD_PX, head, rtl)
