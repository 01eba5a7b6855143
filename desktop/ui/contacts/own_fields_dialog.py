"""OwnFieldsDialog: which of the CRM's own fields stand on the cards, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.crm import MOST_OWN_FIELDS, OwnField
from desktop.ui import theme
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import PlainLabel, plain_tooltip, small_label

WIDTH_PX, HEIGHT_PX = 420, 460
LONGEST_TITLE = 52


class FieldCheck(QCheckBox):
    """One field to tick."""

    ticked = Signal(object)  # FieldCheck

    def __init__(self, field: OwnField, *, checked: bool) -> None:
        super().__init__()
        title = field.title
        cut = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
        self.setText(cut.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setToolTip(plain_tooltip(title) if cut != title else "")
        self.name = field.name
        self.setChecked(checked)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, _checked: bool) -> None:
        self.ticked.emit(self)


class OwnFieldsDialog(QDialog):
    """A list to tick, at most six; the ticked ones come first, in the order of the card."""

    chosen = Signal(object)  # tuple[str, ...]: names of fields
    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownFieldsDialog")
        self.setWindowTitle(self.tr("Fields on the card"))
        self._checks: list[FieldCheck] = []
        self._list = QScrollArea()
        self._list.setObjectName("ownFieldsList")
        self._list.setAccessibleName(self.tr("Own fields"))
        self._count = small_label()
        self._state = EmptyState()
        self._save = PrimaryButton(self.tr("Save"))
        self._save.setToolTip(self.tr("Ctrl+Enter"))
        self._save.setShortcut(QKeySequence("Ctrl+Return"))
        self._cancel = QuietButton(self.tr("Cancel"))
        self._pages = QStackedLayout()
        self._arrange()
        self._state.acted.connect(self.retried)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.show_waiting()

    def show_waiting(self) -> None:
        """The server is being asked."""
        self._state.show_state("cloud", self.tr("Reading the fields of your CRM…"))
        self._state.show_progress(0, None)
        self._show_state()

    def show_trouble(self, title: str, text: str) -> None:
        """The server could not be asked; the way out is to try again."""
        self._state.show_state("warning", title, text, self.tr("Retry"))
        self._show_state()

    def show_fields(self, fields: Sequence[OwnField], chosen: Sequence[str]) -> None:
        """Show what can be chosen, and what is."""
        if not fields:
            self._state.show_state(
                "info",
                self.tr("No own fields"),
                self.tr(
                    "Your CRM has no fields of its own for contacts. Whoever administers it can "
                    "add some."
                ),
            )
            self._show_state()
            return
        by_name = {field.name: field for field in fields}
        first = [by_name[name] for name in chosen if name in by_name]
        rest = [field for field in fields if field.name not in chosen]
        self._fill([*first, *rest], frozenset(chosen))
        self._settle()
        self._pages.setCurrentWidget(self._list)
        self._save.setEnabled(True)
        self._checks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def names(self) -> tuple[str, ...]:
        """The ticked fields, in their order."""
        return tuple(check.name for check in self._checks if check.isChecked())

    def _fill(self, fields: Sequence[OwnField], chosen: frozenset[str]) -> None:
        body = QWidget()
        body.setProperty("surface", "window")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(8)
        self._checks = [FieldCheck(field, checked=field.name in chosen) for field in fields]
        for check in self._checks:
            check.ticked.connect(self._on_ticked)
            column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self._list.setWidget(body)

    def _show_state(self) -> None:
        self._pages.setCurrentWidget(self._state)
        self._save.setEnabled(False)
        self._count.setText("")

    def _on_ticked(self, check: FieldCheck) -> None:
        if len(self.names()) > MOST_OWN_FIELDS:
            check.setChecked(False)
            words = self.tr("Six fields at most: take another one out first.")
            self._count.setText(words)
            announce(self._list, words)
            return
        self._settle()

    def _settle(self) -> None:
        number = len(self.names())
        self._count.setText(self.tr("{n} of {most} chosen").format(n=number, most=MOST_OWN_FIELDS))

    def _on_save(self) -> None:
        self.chosen.emit(self.names())
        self.accept()

    def _arrange(self) -> None:
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        title = PlainLabel(self.tr("Fields on the card"))
        title.setFont(theme.scaled(title.font(), 1.2, bold=True))
        column.addWidget(title)
        column.addWidget(
            PlainLabel(
                self.tr("Choose up to six fields of your CRM to see on every contact's card."),
                tone="muted",
                wrap=True,
            )
        )
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._state)
        column.addWidget(self._count)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
