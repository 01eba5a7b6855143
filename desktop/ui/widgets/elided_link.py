"""A link that gets narrow; what does not fit is in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.ui import theme
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import plain_tooltip


class ElidedLink(LinkButton):
    """Foreign text as a link in one line; digits keep their order in every direction."""

    def __init__(self, text: str, *, plain: bool = True) -> None:
        super().__init__("", plain=plain)
        # A button's own policy would never let it get narrower than all its text.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._digits = not any(map(str.isalpha, text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole_text(self) -> str:
        """The text as it was given."""
        return self._whole

    def _fit(self) -> None:
        room = max(0, self.width() - 3 * theme.GRID_PX)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        plain = shown.replace("&", "&&")
        self.setText(f"\u2066{plain}\u2069" if self._digits else plain)
        self.setToolTip(plain_tooltip(self._whole) if shown != self._whole else "")

    # Qt overrides

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wanted = self.fontMetrics().horizontalAdvance(self._whole) + 3 * theme.GRID_PX
        return QSize(wanted, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * theme.GRID_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
