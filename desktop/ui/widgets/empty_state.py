"""What a pane shows when it has nothing to show: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel

MARK_PX = 32
LEAST_FOR_MARK_PX = 200
SIDE_PX, GAP_PX = 16, 8


class EmptyState(QWidget):
    """An icon, a title, a sentence, one button; also for loading, with words and a bar."""

    acted = Signal()

    def __init__(
        self,
        icon_name: str = "",
        title: str = "",
        text: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._has_mark = bool(icon_name)
        self._mark = IconMark(icon_name, "muted", MARK_PX)
        self._title = PlainLabel(wrap=True)
        self._title.setFont(theme.scaled(self._title.font(), 1.05, bold=True))
        self._text = PlainLabel(tone="muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._action = QuietButton()
        self._action.clicked.connect(self.acted)
        self._arrange()
        self.show_state(icon_name, title, text, action)

    def show_state(self, icon_name: str, title: str, text: str = "", action: str = "") -> None:
        """Say something else; empty parts leave no gap."""
        self._mark.show_icon(icon_name)
        self._has_mark = bool(icon_name)
        self._title.setText(title)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._bar.hide()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._fit()

    def show_progress(self, done: int, total: int | None) -> None:
        """Add a bar under the words; without a total it only moves."""
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        self._bar.show()
        self._fit()

    def title(self) -> str:
        """What it says first."""
        return self._title.whole_text()

    def text(self) -> str:
        """What it says below."""
        return self._text.whole_text()

    def action_text(self) -> str:
        """What its button says; empty: there is none."""
        return self._action.text()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, GAP_PX, SIDE_PX, GAP_PX)
        column.setSpacing(GAP_PX)
        column.addStretch(2)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addWidget(self._bar)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _fit(self) -> None:
        """Where there is little room the picture goes first, then the words; what to do stays."""
        self._mark.setHidden(not self._has_mark or self.height() < LEAST_FOR_MARK_PX)
        for label, words in (
            (self._title, (self._title,)),
            (self._text, (self._title, self._text)),
        ):
            label.setHidden(not label.text() or self._needed_by(*words) > self.height())

    def _needed_by(self, *labels: PlainLabel) -> int:
        """The height, in pixels, of ``labels`` with what stands below them."""
        width = self.width() - 2 * SIDE_PX
        parts = [label.heightForWidth(width) for label in labels if label.text()]
        parts += [
            part.sizeHint().height() for part in (self._bar, self._action) if not part.isHidden()
        ]
        return sum(parts) + GAP_PX * (len(parts) + 1)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
