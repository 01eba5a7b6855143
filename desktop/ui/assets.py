"""Files of ``resources/``, and icons in the colours of the look that is on the screen."""

from functools import cache, lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.ui import theme
from desktop.ui.contrast import mixed
from desktop.ui.resources import resource

__all__ = ["IconRole", "app_icon", "icon", "icon_pixmap", "resource"]

IconRole = Literal[
    "text",
    "muted",
    "accent",
    "accent_text",
    "on_accent",
    "danger",
    "warning",
    "success",
    "on_tooltip",
]
DISABLED_SHARE = 0.5


def icon(name: str, role: IconRole = "text") -> QIcon:
    """The line icon ``resources/icons/<name>.svg`` in the colour of ``role``.

    It is painted when it is needed, in the colours of that moment and sharp at every size and
    scale, so it need not be made again when the look changes.
    """
    return QIcon(_kept_icon(name, role))


@cache
def _kept_icon(name: str, role: IconRole) -> QIcon:
    """The icon that owns its engine, and stays.

    An engine written in Python that the garbage collector destroys together with its icon
    brings the process down; copies of the icon come and go without it.
    """
    return QIcon(_TintedEngine(name, role))


def icon_pixmap(name: str, color: QColor, size_px: int, dpr: float = 1.0) -> QPixmap:
    """The icon in any colour, ``size_px`` wide and high, for painters. Kept for the next time."""
    pixmap = QPixmap(_rendered(name, color.rgba(), max(1, round(size_px * dpr))))
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def app_icon() -> QIcon:
    """Parley's own icon, in its own colours."""
    return QIcon(str(resource("icons/parley.svg")))


@lru_cache(maxsize=512)
def _rendered(name: str, rgba: int, pixels: int) -> QPixmap:
    color = QColor.fromRgba(rgba)
    source = resource(f"icons/{name}.svg").read_bytes()
    drawing = source.replace(b"currentColor", color.name().encode())
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(color.alphaF())
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


class _TintedEngine(QIconEngine):
    """Paints a line icon in the current look."""

    def __init__(self, name: str, role: IconRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _color(self, mode: QIcon.Mode) -> QColor:
        colors = theme.current().colors
        if mode == QIcon.Mode.Disabled and self._role == "on_accent":
            return QColor(colors.muted)  # a button that is disabled has no accent to stand on
        color: QColor = getattr(colors, self._role)
        if mode == QIcon.Mode.Disabled:
            return mixed(color, colors.window, DISABLED_SHARE)
        return color

    # Qt overrides

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        pixmap = icon_pixmap(self._name, self._color(mode), side, ratio)
        corner = QPointF(
            rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2
        )
        painter.drawPixmap(corner, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        return icon_pixmap(self._name, self._color(mode), min(size.width(), size.height()))

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._role)
