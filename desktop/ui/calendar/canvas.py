"""The picture of the grid, kept between frames: scrolled and mended instead of painted anew."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

from desktop.ui.calendar.event_paint import TALL_ENOUGH_PX
from desktop.ui.calendar.geometry import Frame
from desktop.ui.calendar.paint_context import PaintContext, qrect
from desktop.ui.calendar.painter import paint_boxes, paint_folds, paint_grid
from desktop.ui.calendar.scene import Scene

SEAM_PX = 2
"""Lines and smooth edges reach this far over the exposed strip."""


class Canvas:
    """Grid and events as they are seen now. Whatever changes them has to `invalidate`."""

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._scroll = 0
        self._stale: list[QRect] = []
        """In pixels of the content."""
        self.full_paints = 0
        self.strip_paints = 0

    def invalidate(self, rect: QRect | None = None) -> None:
        """Paint everything, or one rectangle of the content, anew at the next frame."""
        if rect is None:
            self._pixmap = None
        else:
            self._stale.append(rect.adjusted(-SEAM_PX, -SEAM_PX, SEAM_PX, SEAM_PX))

    def draw(self, target: QPainter, frame: Frame, scene: Scene, context: PaintContext) -> None:
        """Draw the grid at its place in the view."""
        grid = frame.grid
        if grid.width <= 0 or grid.height <= 0:
            return
        dpr = context.dpr
        size = QSize(round(grid.width * dpr), round(grid.height * dpr))
        pixmap = self._pixmap
        if pixmap is None or pixmap.size() != size or pixmap.devicePixelRatio() != dpr:
            pixmap = QPixmap(size)
            pixmap.setDevicePixelRatio(dpr)
            pixmap.fill(context.theme.colors.window)
            self._pixmap = pixmap
            stale = [QRect(grid.x, frame.scroll_px, grid.width, grid.height)]
            self.full_paints += 1
        else:
            stale = self._scrolled(pixmap, frame, scene, dpr) + self._stale
        self._scroll = frame.scroll_px
        self._stale = []
        visible = QRect(grid.x, frame.scroll_px, grid.width, grid.height)
        for rect in stale:
            if rect.intersects(visible):
                self._paint(pixmap, frame, scene, context, rect.intersected(visible))
        target.drawPixmap(QPoint(grid.x, grid.y), pixmap)

    def _scrolled(self, pixmap: QPixmap, frame: Frame, scene: Scene, dpr: float) -> list[QRect]:
        """Move the picture; returns what of the content it does not show yet."""
        down = frame.scroll_px - self._scroll
        if not down:
            return []
        grid = frame.grid
        device = down * dpr
        if abs(down) >= grid.height or device != round(device):
            return [QRect(grid.x, frame.scroll_px, grid.width, grid.height)]
        pixmap.scroll(0, -round(device), pixmap.rect())
        self.strip_paints += 1
        top = frame.scroll_px + grid.height - down if down > 0 else frame.scroll_px
        strip = QRect(grid.x, top - SEAM_PX, grid.width, abs(down) + 2 * SEAM_PX)
        return [strip, *self._sticky(frame, scene)]

    def _sticky(self, frame: Frame, scene: Scene) -> Iterator[QRect]:
        """Events whose words stand at the upper edge, before or after the step."""
        low, high = sorted((self._scroll, frame.scroll_px))
        for box in scene.boxes:
            tall = box.rect.height > TALL_ENOUGH_PX
            if tall and box.rect.y < high and box.rect.bottom > low:
                yield qrect(box.rect)

    def _paint(
        self, pixmap: QPixmap, frame: Frame, scene: Scene, context: PaintContext, rect: QRect
    ) -> None:
        painter = QPainter(pixmap)
        painter.translate(-frame.grid.x, -frame.scroll_px)
        painter.setClipRect(rect)
        paint_grid(painter, frame, context, rect)
        paint_boxes(painter, scene, context, rect, frame.scroll_px)
        paint_folds(painter, frame, scene, context)
        painter.end()
