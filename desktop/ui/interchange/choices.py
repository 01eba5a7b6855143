"""The parts of an import that the user decides: what with duplicates, which columns."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QRadioButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.interchange.contacts_csv import Column, Table
from desktop.services.interchange.service import Duplicates
from desktop.ui import theme
from desktop.ui.interchange.texts import column_text
from desktop.ui.widgets.measure import with_text
from desktop.ui.widgets.text_line import draw_line

SHOWN_ROWS = 5
COLUMN_WIDTH_PX = 160
CELL_PADDING_PX = 8


class DuplicatesChoice(QWidget):
    """What becomes of entries that are there already."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("duplicatesChoice")
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._values: dict[int, Duplicates] = {}
        for value, text in (
            (Duplicates.SKIP, self.tr("Keep mine, skip those of the file")),
            (Duplicates.UPDATE, self.tr("Update mine with those of the file")),
            (Duplicates.KEEP_BOTH, self.tr("Keep both")),
        ):
            button = QRadioButton(text)
            self._group.addButton(button)
            self._values[self._group.id(button)] = value
            button.setChecked(value is Duplicates.SKIP)
            column.addWidget(button)

    def value(self) -> Duplicates:
        """What was chosen."""
        return self._values[self._group.checkedId()]


class ColumnMapping(QTableWidget):
    """The first rows of a table under boxes that say what each column holds."""

    mapping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columnMapping")
        self._boxes: list[QComboBox] = []
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its boxes are what one goes to
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(self.tr("Columns of the file"))

    def show_table(self, table: Table) -> None:
        """Show the columns with what they were guessed to hold."""
        self.clear()
        self._boxes = []
        self.setColumnCount(len(table.headings))
        self.setRowCount(1 + min(SHOWN_ROWS, len(table.rows)))
        self.setHorizontalHeaderLabels(list(table.headings))
        for place, (heading, guess) in enumerate(zip(table.headings, table.guess, strict=True)):
            self.setCellWidget(0, place, self._framed(self._box(heading, guess)))
            self.setColumnWidth(place, with_text(self, COLUMN_WIDTH_PX))
        for row, cells in enumerate(table.rows[:SHOWN_ROWS], start=1):
            for place, cell in enumerate(cells[: len(table.headings)]):
                item = QTableWidgetItem(" ".join(cell.split()))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(row, place, item)
        self.resizeRowsToContents()
        self._take_height()

    def mapping(self) -> tuple[Column, ...]:
        """What each column holds, as chosen."""
        return tuple(box.currentData() for box in self._boxes)

    def set_mapping(self, mapping: Sequence[Column]) -> None:
        """Choose for every column at once."""
        for box, column in zip(self._boxes, mapping, strict=True):
            box.setCurrentIndex(box.findData(column))

    def _box(self, heading: str, guess: Column) -> QComboBox:
        box = QComboBox()
        for column in Column:
            box.addItem(column_text(column), column)
        box.setCurrentIndex(box.findData(guess))
        box.setAccessibleName(self.tr("Column {heading} holds").format(heading=heading))
        box.currentIndexChanged.connect(self._on_changed)
        self._boxes.append(box)
        return box

    def _framed(self, box: QComboBox) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(box)
        return frame

    def _take_height(self) -> None:
        """As high as its rows: there is nothing to scroll down to."""
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 4)

    def _on_changed(self, _index: int) -> None:
        self.mapping_changed.emit()


class _CellDelegate(QStyledItemDelegate):
    """Paints cells whose letters run as their script does: a number stays a number."""

    # Qt overrides

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colors = theme.current().colors
        painter.setPen(colors.text)
        painter.setFont(option.font)
        box = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        draw_line(painter, box, str(index.data() or ""), option.direction)
