"""The lines of a dossier: a heading with its age, a deal, a firm, an own field, an entry."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.crm import Block
from desktop.ui import theme
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.elided_link import ElidedLink
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, Tone, section_label, small_label

MOST_CHARACTERS = 240
"""Of an entry, before it is unfolded."""


def shortened(text: str) -> str:
    """The beginning of a long text, up to a word's end, with dots."""
    if len(text) <= MOST_CHARACTERS:
        return text
    start = text[:MOST_CHARACTERS]
    whole = start.rpartition(" ")[0] or start
    return f"{whole.rstrip()}…"


class BlockHead(QWidget):
    """The name of a block, and since when it is as it is."""

    def __init__(self, title: str, age: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(section_label(title), 1)
        if age:
            row.addWidget(small_label(age))


class MoreLink(LinkButton):
    """Shows what a block has left out."""

    wished = Signal(object)  # Block

    def __init__(self, text: str, block: Block) -> None:
        super().__init__(text)
        self._block = block
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.wished.emit(self._block)


class PageRow(QWidget):
    """Something with a page in the browser: its name as a link, small print below."""

    opened = Signal(object)  # QUrl

    def __init__(self, name: str, small: str, url: str, hint: str) -> None:
        super().__init__()
        self._url = url
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name(name, small, hint))
        if small:
            words = small_label(small, wrap=True)
            words.setFont(theme.tabular(words.font()))
            words.setContentsMargins(4, 0, 4, 0)
            column.addWidget(words)

    def _name(self, name: str, small: str, hint: str) -> QWidget:
        if not self._url:
            label = PlainLabel(name, wrap=True)
            label.setContentsMargins(4, 0, 4, 0)
            return label
        link = ElidedLink(name)
        link.setAccessibleName(", ".join(part for part in (name, small) if part))
        link.setAccessibleDescription(hint)
        link.clicked.connect(self._on_clicked)
        return link

    def _on_clicked(self) -> None:
        self.opened.emit(QUrl(self._url, QUrl.ParsingMode.StrictMode))


class FieldRow(QWidget):
    """An own field: what it is called, and what the contact has there."""

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(0)
        column.addWidget(small_label(title, wrap=True))
        words = PlainLabel(value, wrap=True)
        words.setAccessibleName(f"{title}: {value}")
        column.addWidget(words)


class TimelineRow(QWidget):
    """An entry: a mark for its kind, what it says, and the small print."""

    delete_wished = Signal(object)  # CommentId

    def __init__(
        self,
        icon_name: str,
        text: str,
        small: str,
        *,
        tone: Tone = "muted",
        comment: object = None,
        delete_text: str = "",
    ) -> None:
        super().__init__()
        self._comment = comment
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark(icon_name), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self._text = text
        self._words = PlainLabel(shortened(text), wrap=True)
        self._words.setAccessibleName(f"{text}, {small}" if small else text)
        column.addWidget(self._words)
        self._rest = LinkButton(self.tr("Show all of it"))
        self._rest.clicked.connect(self._on_rest)
        column.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeading)
        self._rest.setHidden(shortened(text) == text)
        if small:
            column.addWidget(small_label(small, tone=tone, wrap=True))
        if delete_text:
            button = IconButton("trash", delete_text, role="muted")
            button.clicked.connect(self._on_delete)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_rest(self) -> None:
        spoken = self._words.accessibleName()
        self._words.setText(self._text)
        self._words.setAccessibleName(spoken)
        self._rest.hide()

    def _on_delete(self) -> None:
        self.delete_wished.emit(self._comment)
