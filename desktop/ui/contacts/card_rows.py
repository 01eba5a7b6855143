"""The lines of a contact card: an address to use or copy, a meeting to open."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import IconButton, LinkButton
from desktop.ui.widgets.elided_link import ElidedLink
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, small_label

COPIED_MS = 1500
DOT_PX = 10


def phone_url(number: str) -> QUrl:
    """``tel:`` with the digits only, which every dialler takes."""
    plus = "+" if number.strip().startswith("+") else ""
    return QUrl(f"tel:{plus}{''.join(c for c in number if c.isascii() and c.isdigit())}")


def mail_url(address: str) -> QUrl:
    """``mailto:`` to one address; nothing in it can become a header."""
    safe = QUrl.toPercentEncoding(address.strip(), b"@")
    return QUrl(f"mailto:{bytes(safe.data()).decode('ascii')}")


class CopyButton(IconButton):
    """Puts a text on the clipboard, and says so to eyes and ears."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__("copy", name, role="muted")
        self._text = text
        self._name = name
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COPIED_MS)
        self._timer.timeout.connect(self._on_time_over)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        copied = self.tr("Copied {text}").format(text=self._text)
        self.show_as("check", copied)
        announce(self, copied)
        self._timer.start()

    def _on_time_over(self) -> None:
        self.show_as("copy", self._name)


class AddressRow(QWidget):
    """A phone number, an e-mail or a postal address: press to use, or copy."""

    opened = Signal(object)  # QUrl

    def __init__(self, icon_name: str, value: str, url: QUrl | None = None) -> None:
        super().__init__()
        self._url = url
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark(icon_name))
        row.addWidget(self._value_widget(value), 1)
        row.addWidget(CopyButton(value, self.tr("Copy {text}").format(text=value)))

    def _value_widget(self, value: str) -> QWidget:
        if self._url is None:
            label = PlainLabel(value, wrap=True)
            label.setContentsMargins(4, 0, 0, 0)
            return label
        link = ElidedLink(value)
        link.clicked.connect(self._on_clicked)
        return link

    def _on_clicked(self) -> None:
        self.opened.emit(self._url)


class EntryRow(QWidget):
    """A meeting on the card: a dot in its calendar's colour, when, what."""

    activated = Signal()

    def __init__(self, color: str, when: str, what: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(ColorDot(color), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        link = ElidedLink(when)
        link.setFont(theme.tabular(theme.scaled(link.font(), bold=True)))
        link.setAccessibleName(f"{when}, {what}")
        link.clicked.connect(self.activated)
        row.addLayout(column, 1)
        column.addWidget(link)
        if what:
            words = small_label(what, wrap=True)
            words.setContentsMargins(4, 0, 4, 0)
            column.addWidget(words)


class PastRow(QWidget):
    """A past meeting in one line: when, and what it was."""

    activated = Signal()

    def __init__(self, when: str, what: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        link = LinkButton(when, plain=True)
        link.setFont(theme.tabular(link.font()))
        link.setAccessibleName(f"{when}, {what}")
        link.clicked.connect(self.activated)
        row.addWidget(link)
        row.addWidget(PlainLabel(what, tone="muted"), 1)


class ColorDot(QWidget):
    """A rounded square in a calendar's colour."""

    def __init__(self, color: str) -> None:
        super().__init__()
        self._color = color
        self.setFixedSize(DOT_PX, DOT_PX + 2 * theme.GRID_PX)

    def show_color(self, color: str) -> None:
        """Take another calendar's colour."""
        self._color = color
        self.update()

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.event_colors(self._color, theme.current()).bar))
        side = self.height() - DOT_PX
        painter.translate(QPointF(0, side / 2))
        painter.drawRoundedRect(0, 0, DOT_PX, DOT_PX, 3, 3)
        painter.end()


Opener = Callable[[QUrl], object]
"""Hands an address to the system."""
