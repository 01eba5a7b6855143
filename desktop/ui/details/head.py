"""The head of an event's details: its colour, what it is, its title, and what can be done."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.calendar.describe import title_text
from desktop.ui.contacts.card_rows import ColorDot
from desktop.ui.details.snapshot import EventDetails
from desktop.ui.details.texts import kind_text
from desktop.ui.widgets.buttons import IconButton, QuietButton
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.labels import PlainLabel, small_label

TITLE_SCALE = 1.3


class DetailsHead(QWidget):
    """Kind and calendar beside the calendar's colour, a cross, and the title below."""

    close_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dot = ColorDot("")
        self._kind = small_label(wrap=True)
        self._title = PlainLabel(wrap=True)
        self._title.setObjectName("eventDetailsTitle")
        self._title.setFont(theme.scaled(self._title.font(), TITLE_SCALE, bold=True))
        self._close = IconButton("close", self.tr("Close the details"), role="muted")
        self._close.setObjectName("eventDetailsClose")
        self._close.clicked.connect(self.close_wished)
        line = QHBoxLayout()
        line.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        line.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._kind, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._title)

    def show_details(self, details: EventDetails) -> None:
        """Show another event or newer values."""
        self._dot.show_color(details.entry.color)
        self._kind.setText(kind_text(details))
        self._title.setText(title_text(details.entry))


class DetailsTools(QWidget):
    """Edit, note the outcome, duplicate, delete, open in the browser: what can be done is there."""

    outcome_wished = Signal()
    edit_wished = Signal()
    duplicate_wished = Signal()
    delete_wished = Signal()
    page_wished = Signal(object)  # QUrl

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._outcome = self._button(self.tr("Outcome…"), "eventDetailsOutcome", "O")
        self._edit = self._button(self.tr("Edit"), "eventDetailsEdit", self.tr("Enter"))
        self._copy = self._button(self.tr("Duplicate"), "eventDetailsDuplicate", "Ctrl+D")
        self._delete = self._button(self.tr("Delete"), "eventDetailsDelete", self.tr("Del"))
        self._outcome.clicked.connect(self.outcome_wished)
        self._edit.clicked.connect(self.edit_wished)
        self._copy.clicked.connect(self.duplicate_wished)
        self._delete.clicked.connect(self.delete_wished)
        self._open = QuietButton(self.tr("Open in Bitrix24"))
        self._open.setObjectName("eventDetailsPage")
        self._open.clicked.connect(self._on_open)
        flow = FlowLayout(self)
        for button in (self._edit, self._outcome, self._copy, self._delete, self._open):
            flow.addWidget(button)

    def show_details(self, details: EventDetails) -> None:
        """Offer what can be done with this event."""
        free = not details.locked
        self._edit.setVisible(free)
        self._outcome.setVisible(details.outcome_due)
        self._copy.setVisible(details.may_duplicate)
        self._delete.setVisible(free)
        self._page = details.page
        self._open.setVisible(bool(details.page))
        able = (free, details.may_duplicate, details.outcome_due, bool(details.page))
        self.setVisible(any(able))

    def first(self) -> QWidget | None:
        """The button that the focus goes to; None where nothing can be done."""
        buttons = (self._edit, self._outcome, self._copy, self._delete, self._open)
        return next((one for one in buttons if not one.isHidden()), None)

    def _on_open(self) -> None:
        self.page_wished.emit(QUrl(self._page, QUrl.ParsingMode.StrictMode))

    def _button(self, text: str, name: str, key: str) -> QuietButton:
        button = QuietButton(text)
        button.setObjectName(name)
        button.setToolTip(f"{text} ({key})")
        return button
