"""Painted events, kept as small pictures as long as nothing about them changes."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.ui.calendar.scene import Key

MOST_PIXELS = 6_000_000
"""Beyond this all are forgotten; a usual week at double density takes a quarter of it."""
HIGHEST_PX = 1200
"""Higher ones are painted each time: most of such an event is out of sight anyway."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    signature: tuple[object, ...]
    picture: QPixmap


class Stamps:
    """One picture for each piece of an event that is on the screen."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Key, int], _Stamp] = {}
        self._pixels = 0

    def clear(self) -> None:
        """Forget all: the look of everything changed, or nothing is shown."""
        self._kept.clear()
        self._pixels = 0

    def picture(
        self,
        place: tuple[Key, int],
        signature: tuple[object, ...],
        size: tuple[int, int],
        dpr: float,
        paint: Callable[[QPainter], None],
    ) -> QPixmap:
        """The picture at ``place``; painted anew unless ``signature`` is what it was."""
        kept = self._kept.get(place)
        if kept is not None and kept.signature == signature:
            return kept.picture
        width, height = math.ceil(size[0] * dpr), math.ceil(size[1] * dpr)
        if self._pixels > MOST_PIXELS:
            self.clear()
        self._pixels += width * height
        picture = QPixmap(width, height)
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        paint(painter)
        painter.end()
        self._kept[place] = _Stamp(signature, picture)
        return picture
