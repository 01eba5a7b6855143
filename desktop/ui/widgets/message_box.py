"""MessageBox: one thing to say, in a coloured box with an icon; the words say it all, too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.ui.error_texts import ErrorText
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.banner import ICONS, NoticeKind
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.facts_label import Fact, FactsLabel
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import small_label


class MessageBox(QFrame):
    """One message at a time; foreign text only under *Details*, as it is.

    ``name`` is the object name of the text.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark()
        self._text = FactsLabel()
        self._text.setObjectName(name)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._more = LinkButton(self.tr("Details"))
        self._more.clicked.connect(self._on_more)
        self._details = small_label(wrap=True)
        self._arrange()
        self.clear()

    def say(self, kind: NoticeKind, text: str, details: str = "") -> None:
        """Show ``text``; ``details`` only when they are asked for."""
        self._mark.show_icon(*ICONS[kind])
        self._text.setText(text)
        self._bar.hide()
        self._details.setText(details)
        self._details.hide()
        self._more.setVisible(bool(details))
        self._paint_as(kind)
        self.show()
        if text:
            announce(self, text)

    def say_error(self, text: ErrorText) -> None:
        """Show what happened and what to do now."""
        self.say("error", "", text.details)
        self._text.show_facts([Fact(f"{text.title}.", bold=True), Fact(text.body)])
        announce(self, self._text.whole_text())

    def say_facts(self, kind: NoticeKind, facts: Sequence[Fact]) -> None:
        """Show several lines, each with its mark."""
        self.say(kind, "")
        self._text.show_facts(facts)
        announce(self, self._text.whole_text())

    def say_working(self, text: str) -> None:
        """Say what is being waited for."""
        self.say("info", text)
        self._bar.show()

    def clear(self) -> None:
        """There is nothing to say."""
        self._text.setText("")
        self.hide()

    def text(self) -> str:
        """What is said; empty where nothing is."""
        return self._text.whole_text()

    def _paint_as(self, kind: NoticeKind) -> None:
        self.setProperty("notice", kind)
        for part in (self, self._text, self._more, self._details):
            part.style().unpolish(part)
            part.style().polish(part)

    def _on_more(self) -> None:
        self._details.setVisible(self._details.isHidden())

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._details)
