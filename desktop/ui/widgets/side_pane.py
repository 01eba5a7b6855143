"""The pane beside the calendar: one thing at a time, and gone when there is none."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.elided_link import ElidedLink

WIDTH_PX = 300


class SidePane(QWidget):
    """Shows one of the pages it was given, or hides itself."""

    emptied = Signal()
    left = Signal()  # Escape: the keys shall go back to where they came from

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self._back_to: QWidget | None = None
        self._bar = _BackBar()
        self._bar.wished.connect(self.go_back)
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._pages, 1)
        self._bar.hide()
        self.hide()

    def add_page(self, page: QWidget) -> None:
        """Take a page in, without showing it."""
        self._pages.addWidget(page)

    def show_page(
        self, page: QWidget, *, back_to: QWidget | None = None, back_text: str = ""
    ) -> None:
        """Show ``page``, which stays the pane's from then on.

        ``back_to`` is the page that a link named ``back_text`` leads back to.
        """
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._back_to = back_to
        self._bar.setVisible(back_to is not None)
        self._bar.show_text(back_text)
        self._pages.setCurrentWidget(page)
        self.show()

    def shows(self, page: QWidget) -> bool:
        """Whether ``page`` is the one that can be seen."""
        return not self.isHidden() and self._pages.currentWidget() is page

    def go_back(self) -> None:
        """Show what was shown before."""
        page = self._back_to
        if page is not None:
            self.show_page(page)
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """There is nothing to show: give the room to the calendar."""
        if not self.isHidden():
            self.hide()
            self.emptied.emit()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, super().sizeHint().height())


class _BackBar(QWidget):
    """The way back to what was shown before, by its name."""

    wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._arrow = IconButton("chevron-left", "", role="muted")
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the link beside it does the same
        self._link = ElidedLink("")
        self._link.setObjectName("sidePaneBack")
        self._arrow.clicked.connect(self.wished)
        self._link.clicked.connect(self.wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 16, 0)
        row.setSpacing(0)
        row.addWidget(self._arrow)
        row.addWidget(self._link, 1)

    def show_text(self, text: str) -> None:
        """Name where it leads."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        name = self.tr("Back to {0}").format(text)
        self._arrow.show_as("chevron-right" if mirrored else "chevron-left", name)
        self._link.show_text(text)
        self._link.setAccessibleName(name)
