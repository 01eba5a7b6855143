"""What painting needs to know besides the rectangles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont

from desktop.domain.freebusy import WorkHours
from desktop.ui.calendar.event_text import TextShaper
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.scene import Key
from desktop.ui.calendar.stamps import Stamps
from desktop.ui.theme import Theme

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, eq=False)
class PaintContext:
    """The look and the moment that a picture is painted for."""

    theme: Theme
    font: QFont
    shaper: TextShaper
    stamps: Stamps
    dpr: float
    zone: tzinfo
    now: datetime
    """UTC."""
    today: date
    work: WorkHours
    rtl: bool = False
    selected: Key | None = None
    focused: bool = False
    """The view has the keyboard."""
    lifted: Key | None = None
    """The event that is being dragged: only its outline stays in its place."""
    double_booked: frozenset[Key] = frozenset()
    """Busy events that share time with another one."""


def qrect(rect: Rect) -> QRect:
    """The same rectangle as Qt's."""
    return QRect(rect.x, rect.y, rect.width, rect.height)


def qrectf(rect: Rect) -> QRectF:
    """The same rectangle as Qt's, for smooth edges."""
    return QRectF(rect.x, rect.y, rect.width, rect.height)
