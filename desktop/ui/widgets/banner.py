"""A quiet sentence in a coloured box, with at most one thing to do about it."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.assets import IconRole
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel

NoticeKind = Literal["info", "warning", "error", "success"]

ICONS: dict[NoticeKind, tuple[str, IconRole]] = {
    "info": ("info", "accent_text"),
    "warning": ("warning", "warning"),
    "error": ("error", "danger"),
    "success": ("success", "success"),
}


class NoticeBanner(QFrame):
    """Says what is the matter. The kind is told by icon and words, not by colour alone."""

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self._mark = IconMark()
        self._text = PlainLabel(wrap=True)
        self._action = LinkButton()
        self._action.clicked.connect(self.acted)
        self._close = IconButton("close", self.tr("Close"), role="muted")
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._close.setVisible(closable)  # not before it has a place: it would be a window
        self._action.setFont(theme.scaled(self._action.font(), bold=True))

    def show_notice(self, kind: NoticeKind, text: str, action: str = "") -> None:
        """Show a sentence, and ``action`` as the one thing to do."""
        self._mark.show_icon(*ICONS[kind])
        self._text.setText(text)
        self._action.setText(action.replace("&", "&&"))
        self._action.setVisible(bool(action))
        self.setProperty("notice", kind)
        for part in (self, self._text, self._action):
            part.style().unpolish(part)
            part.style().polish(part)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.whole_text()

    def action_text(self) -> str:
        """What there is to do about it; empty: nothing."""
        return self._action.text()

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
