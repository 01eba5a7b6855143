"""OutboxView: the waiting changes and the way out of each state."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.ids import OpId
from desktop.domain.sync import OpState, Verb
from desktop.services.outbox import OutboxLine
from desktop.services.sync.delivery_values import Reason
from desktop.ui.sync.outbox_delegate import OutboxDelegate
from desktop.ui.sync.outbox_model import OutboxModel
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import PlainLabel

RETRIED = (OpState.QUEUED, OpState.HELD, OpState.PARKED)
DISCARDED = (OpState.QUEUED, OpState.HELD, OpState.PARKED, OpState.ASK)
MOST_DETAILS = 400
"""Letters of the server's own words: enough to report, too few to push the list away."""


class OutboxView(QWidget):
    """A list of changes; the buttons below act on the chosen one."""

    retry_requested = Signal(object)  # OpId
    discard_requested = Signal(object)  # OpId
    edit_requested = Signal(object)  # OutboxLine
    resolve_requested = Signal(object)  # OutboxLine, in a conflict
    confirm_requested = Signal(object, bool)  # OpId, whether it has arrived

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outboxView")
        self._model = OutboxModel(zone)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(OutboxDelegate(zone, self._list))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Waiting changes"))
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.activated.connect(self._on_activated)
        self._details = PlainLabel(tone="muted", wrap=True)
        self._empty = EmptyState(
            "success", self.tr("Nothing is waiting"), self.tr("Every change has been sent.")
        )
        self._retry = self._button(self.tr("Send now"), self._on_retry)
        self._edit = self._button(self.tr("Edit"), self._on_edit)
        self._choose = self._button(self.tr("Choose a version"), self._on_resolve)
        self._there = self._button(self.tr("It is there"), self._on_there)
        self._missing = self._button(self.tr("It is not there, send it"), self._on_missing)
        self._discard = self._button(self.tr("Discard"), self._on_discard)
        self._discard.setProperty("kind", "danger")
        self._arrange()
        self._settle()

    def show_lines(self, lines: Sequence[OutboxLine]) -> None:
        """Show what waits; the chosen line stays chosen."""
        chosen = self._line()
        self._model.show(lines)
        row = self._model.row_of(str(chosen.entry.op_id)) if chosen is not None else -1
        if lines and row < 0:
            row = max(0, self._model.first_in_trouble())
        if row >= 0:
            self._list.setCurrentIndex(self._model.index(row))
        self._pages.setCurrentIndex(1 if lines else 0)
        self._settle()

    def choose(self, op_id: OpId) -> None:
        """Bring one change into view."""
        row = self._model.row_of(str(op_id))
        if row >= 0:
            self._list.setCurrentIndex(self._model.index(row))
            self._list.setFocus()

    def _line(self) -> OutboxLine | None:
        return self._model.line(self._list.currentIndex().row())

    def _settle(self) -> None:
        """Offer what the state of the chosen change allows."""
        line = self._line()
        state = line.entry.state if line is not None else None
        editable = line is not None and line.entry.verb is not Verb.DELETE
        again = line is not None and bool(line.entry.sends)
        self._retry.setText(self.tr("Send again") if again else self.tr("Send now"))
        self._retry.setVisible(state in RETRIED)
        self._edit.setVisible(editable and state in RETRIED)
        twin = line is not None and line.entry.reason == Reason.TWIN
        self._choose.setText(self.tr("Compare both") if twin else self.tr("Choose a version"))
        self._choose.setVisible(state is OpState.CONFLICT or twin)
        self._there.setVisible(state is OpState.ASK and not twin)
        self._missing.setVisible(state is OpState.ASK and not twin)
        self._discard.setVisible(state in DISCARDED)
        # Of a twin the server's words are its names, which the comparison shows in their place.
        detail = line.entry.detail[:MOST_DETAILS] if line is not None and not twin else ""
        self._details.setText(self.tr("Details: {text}").format(text=detail) if detail else "")
        self._details.setVisible(bool(detail))

    def _on_current_changed(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self._settle()

    def _on_activated(self, _index: QModelIndex) -> None:
        if self._choose.isVisibleTo(self):
            self._on_resolve()
        elif self._edit.isVisibleTo(self):
            self._on_edit()

    def _on_retry(self) -> None:
        if (line := self._line()) is not None:
            self.retry_requested.emit(line.entry.op_id)

    def _on_edit(self) -> None:
        if (line := self._line()) is not None:
            self.edit_requested.emit(line)

    def _on_resolve(self) -> None:
        if (line := self._line()) is not None:
            self.resolve_requested.emit(line)

    def _on_there(self) -> None:
        if (line := self._line()) is not None:
            self.confirm_requested.emit(line.entry.op_id, True)

    def _on_missing(self) -> None:
        if (line := self._line()) is not None:
            self.confirm_requested.emit(line.entry.op_id, False)

    def _on_discard(self) -> None:
        if (line := self._line()) is not None:
            self.discard_requested.emit(line.entry.op_id)

    def _button(self, text: str, pressed: object) -> QuietButton:
        button = QuietButton(text)
        button.clicked.connect(pressed)
        return button

    def _arrange(self) -> None:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._list, 1)
        column.addWidget(self._details)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        for button in (self._retry, self._edit, self._choose, self._there, self._missing):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self._discard, 0, Qt.AlignmentFlag.AlignRight)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(filled)
