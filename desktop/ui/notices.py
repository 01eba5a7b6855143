"""What has to be said without stopping anybody: the notice bar and the undo toast."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.banner import NoticeBanner, NoticeKind
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.labels import PlainLabel

TOAST_MS = 8000
TOAST_MARGIN_PX = 24
WIDEST_TOAST_PX = 560


class NoticeBar(NoticeBanner):
    """One notice over the whole window; a newer one takes its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, closable=True)
        self.setObjectName("noticeBar")
        self._answer: Callable[[], object] | None = None
        self.acted.connect(self._on_acted)
        self.hide()

    def say(
        self,
        text: str,
        *,
        kind: NoticeKind = "error",
        action: str = "",
        answer: Callable[[], object] | None = None,
    ) -> None:
        """Show ``text``; pressing ``action`` calls ``answer`` and takes the notice away."""
        self._answer = answer
        self.show_notice(kind, text, action if answer is not None else "")

    def dismiss(self) -> None:
        """Take the notice away."""
        self._answer = None
        self.hide()

    def _on_acted(self) -> None:
        answer = self._answer
        self.dismiss()
        if answer is not None:
            answer()


class UndoToast(QFrame):
    """Says what has just been done and offers to take it back, for eight seconds.

    The time stands still while the pointer or the keyboard focus is on it. The newest wins.
    """

    undo_requested = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget, *, show_ms: int = TOAST_MS) -> None:
        super().__init__(parent)
        self.setObjectName("undoToast")
        self.setProperty("toast", "true")
        self._show_ms = show_ms
        self._hovered = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)
        self._left_ms = show_ms
        self._text = PlainLabel()
        self._undo = LinkButton()
        self._close = IconButton("close", self.tr("Close"), role="on_tooltip")
        self._undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.end)
        self._arrange()
        self.setMaximumWidth(WIDEST_TOAST_PX)
        parent.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()

    def say(self, text: str, action: str = "") -> None:
        """Show what has been done; ``action`` is what the button says, "Undo" by default."""
        self._text.setText(text)
        self._undo.setText(action or self.tr("Undo  Ctrl+Z"))
        self.setAccessibleName(text)
        self._timer.stop()
        self._left_ms = self._show_ms
        self._place()  # first, or it would pass under a pointer in the corner
        self.show()
        self.raise_()
        self._run_or_pause()
        announce(self, text)

    def text(self) -> str:
        """What it says."""
        return self._text.whole_text()

    def end(self) -> None:
        """Go, as after eight seconds."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.ended.emit()

    @property
    def paused(self) -> bool:
        """Whether the time stands still."""
        return not self.isHidden() and not self._timer.isActive()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._undo.setFont(theme.scaled(self._undo.font(), bold=True))
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.width() - 2 * TOAST_MARGIN_PX
        size = QSize(min(self.sizeHint().width(), room, WIDEST_TOAST_PX), self.sizeHint().height())
        self.resize(size)
        left = (parent.width() - size.width()) // 2
        self.move(left, parent.height() - size.height() - 2 * TOAST_MARGIN_PX)

    def _run_or_pause(self) -> None:
        focus = QApplication.focusWidget()
        focused = focus is not None and self.isAncestorOf(focus)
        if self._hovered or focused:
            if self._timer.isActive():
                self._left_ms = max(1, self._timer.remainingTime())
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start(self._left_ms)

    def _on_undo(self) -> None:
        self.end()
        self.undo_requested.emit()

    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if not self.isHidden():
            self._run_or_pause()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self._run_or_pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._run_or_pause()
        super().leaveEvent(event)
