"""Buttons in the few kinds that Parley has."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.assets import IconRole, icon
from desktop.ui.widgets.labels import plain_tooltip

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class PushButton(QPushButton):
    """What the buttons with a text have in common: Enter presses the one that has the focus."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        # Enter in a field of a dialog must not press whatever button comes first.
        self.setAutoDefault(False)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press_by_enter(self, event):
            super().keyPressEvent(event)


class QuietButton(PushButton):
    """A button with an outline: the usual one."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, parent)
        if icon_name:
            self.setIcon(icon(icon_name))


class LinkButton(PushButton):
    """A button that looks like a link in a text."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, plain: bool = False
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "link")
        if plain:
            self.setProperty("tone", "plain")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class PrimaryButton(PushButton):
    """The one thing to do here, in the accent."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, icon_name: str = ""
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "primary")
        if icon_name:
            self.setIcon(icon(icon_name, "on_accent"))


class IconButton(QToolButton):
    """A small square button with an icon; ``name`` is its tooltip and what is read aloud."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        parent: QWidget | None = None,
        *,
        role: IconRole = "text",
        framed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(theme.ICON_PX, theme.ICON_PX))
        if framed:
            self.setProperty("kind", "framed")
        self.show_as(icon_name, name)

    def show_as(self, icon_name: str, name: str) -> None:
        """Take another icon and name."""
        self.setIcon(icon(icon_name, self._role))
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press_by_enter(self, event):
            super().keyPressEvent(event)


def _press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press ``button`` if the key is Enter alone; held down it presses once."""
    alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == NO_MODIFIER
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not alone:
        return False
    if not event.isAutoRepeat():
        button.click()
    event.accept()
    return True


def tint(color: QColor, opacity: float) -> QColor:
    """A see-through copy of ``color``."""
    copy = QColor(color)
    copy.setAlphaF(opacity)
    return copy
