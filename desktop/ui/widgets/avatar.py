"""A person as a disc with initials, in a colour that stays the same for the same person."""

import zlib
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

DISC_COLORS = (
    "#4F46E5", "#BE185D", "#0369A1", "#15803D", "#B45309", "#7C3AED", "#0F766E", "#B91C1C",
    "#4D7C0F", "#A21CAF", "#1D4ED8", "#57534E",
)  # fmt: skip
"""White letters are readable on each."""

LETTER_SHARE = 0.38
"""Height of the letters against the disc."""


def initials(name: str) -> str:
    """The first letters of the first and the last word; empty where there is no letter."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()[:2]


def avatar_color(person_id: str) -> QColor:
    """The disc's colour for ``person_id``: the same on every machine and in every look."""
    return QColor(DISC_COLORS[zlib.crc32(person_id.encode()) % len(DISC_COLORS)])


def avatar_pixmap(name: str, person_id: str, size_px: int, dpr: float = 1.0) -> QPixmap:
    """The disc, ``size_px`` wide and high. Kept for the next time."""
    return _painted(initials(name), avatar_color(person_id).rgb(), size_px, dpr)


@lru_cache(maxsize=512)
def _painted(letters: str, rgb: int, size_px: int, dpr: float) -> QPixmap:
    pixels = round(size_px * dpr)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgb(rgb))
    box = QRectF(0, 0, size_px, size_px)
    painter.drawEllipse(box)
    painter.setPen(QColor("#FFFFFF"))
    font = QFont()
    font.setPixelSize(max(6, round(size_px * LETTER_SHARE)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return pixmap


class Avatar(QWidget):
    """The disc as a widget. It says nothing that the name beside it does not say."""

    def __init__(self, size_px: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_px = size_px
        self._name = ""
        self._person_id = ""
        self.setFixedSize(size_px, size_px)

    def show_person(self, name: str, person_id: str) -> None:
        """Show another person."""
        self._name, self._person_id = name, person_id
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._size_px, self._size_px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        disc = avatar_pixmap(self._name, self._person_id, self._size_px, self.devicePixelRatioF())
        painter.drawPixmap(0, 0, disc)
        painter.end()
