"""FittingArea: scrolls, but wants to be as high as what is in it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QWidget

from desktop.ui.widgets.measure import roomy


class FittingArea(QScrollArea):
    """The part of a dialog that may be long; `fit_dialog` gives it the room there is."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = 0
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_dialog(self, dialog: QDialog, width_px: int, highest_px: int) -> None:
        """Make ``dialog`` as high as its parts need at ``width_px``, up to ``highest_px``.

        Both grow with the text.
        """
        outer, inner = dialog.layout(), self._content.layout()
        if outer is None or inner is None:
            return
        room = roomy(dialog, width_px, highest_px)
        width_px = room.width()
        margins = outer.contentsMargins()
        self._height = _height_of(inner, width_px - margins.left() - margins.right())
        self.updateGeometry()
        dialog.resize(width_px, min(room.height(), _height_of(outer, width_px)))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._height, 10 * self.fontMetrics().height()))


def _height_of(layout: QLayout, width_px: int) -> int:
    layout.activate()
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width_px)
    return layout.totalSizeHint().height()
