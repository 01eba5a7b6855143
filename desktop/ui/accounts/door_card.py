"""DoorCard: a way in, as a large button with an icon, a name and a sentence."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import PushButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel

MARK_PX = 24


class DoorCard(PushButton):
    """Checkable where what it opens stands below it, else it leads on.

    A chosen one stays so until its owner chooses another.
    """

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__("", parent)
        self.setCheckable(checkable)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._title = PlainLabel(title, wrap=True)
        self._title.setFont(theme.scaled(self._title.font(), 1.08, bold=True))
        words = QVBoxLayout()
        words.setSpacing(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(IconMark(icon_name, "accent_text", MARK_PX))
        row.addLayout(words, 1)
        words.addWidget(self._title)
        words.addWidget(PlainLabel(text, tone="muted", wrap=True))
        self._arrow = IconMark(role="muted")
        row.addWidget(self._arrow)
        self.toggled.connect(self._point)
        self._point()
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _point(self) -> None:
        """Point to where the door leads."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        aside = "chevron-left" if mirrored else "chevron-right"
        below = "chevron-up" if self.isChecked() else "chevron-down"
        self._arrow.show_icon(below if self.isCheckable() else aside, "muted")

    # Qt overrides

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's
        self.setChecked(self.isCheckable())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._point()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = theme.current().colors
        strong = self.hasFocus()
        edge = colors.accent if strong or self.isChecked() else colors.border
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 2 if strong else 1))
        painter.setBrush(self._fill())
        inset = 1.0 if strong else 0.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.RADIUS_PX + 2, theme.RADIUS_PX + 2)
        painter.end()

    def _fill(self) -> QColor:
        colors = theme.current().colors
        if self.isDown():
            return colors.pressed
        if self.isChecked():
            return colors.accent_soft
        if self.underMouse():
            return colors.hover
        return colors.window
