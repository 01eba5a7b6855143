"""StepsBox: numbered steps in a quiet box, and what is worth knowing below them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, section_label, small_label


class StepsBox(QFrame):
    """``last`` stands below the steps, beside a lock."""

    def __init__(
        self, title: str, steps: Sequence[str], last: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "box")
        self._lines: list[PlainLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(section_label(title))
        for number, step in enumerate(steps, start=1):
            line = QHBoxLayout()
            line.setSpacing(8)
            column.addLayout(line)
            text = PlainLabel(step, wrap=True)
            self._lines.append(text)
            line.addWidget(PlainLabel(f"{number}."), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1)
        secret = QHBoxLayout()
        secret.setSpacing(8)
        column.addLayout(secret)
        secret.addWidget(IconMark("lock"), 0, Qt.AlignmentFlag.AlignTop)
        secret.addWidget(small_label(last, wrap=True), 1)

    def set_step(self, number: int, text: str) -> None:
        """Say step ``number``, counted from 1, in other words."""
        self._lines[number - 1].setText(text)
