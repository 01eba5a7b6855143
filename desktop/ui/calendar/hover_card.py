"""The card that tells what an event is while the pointer rests on it."""

from datetime import tzinfo

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.domain.event import CalendarEntry
from desktop.ui.calendar.describe import clash_text, state_texts, title_text, translate, when_text
from desktop.ui.calendar_names import name_by_id
from desktop.ui.theme import current

WIDTH_PX = 280
MOST_DESCRIPTION = 240
GAP_PX = 8


class HoverCard(QFrame):
    """Plain text only: all of it was written by others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName("eventHoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = self._label(bold=True)
        self._when = self._label()
        self._who = self._label()
        self._where = self._label()
        self._state = self._label()
        self._about = self._label()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(3)
        for label in self._labels():
            column.addWidget(label)
        self.hide()

    def _label(self, *, bold: bool = False) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if bold:
            font = QFont(label.font())
            font.setBold(True)
            label.setFont(font)
        return label

    def _labels(self) -> tuple[QLabel, ...]:
        return self._title, self._when, self._who, self._where, self._state, self._about

    def show_entry(
        self, entry: CalendarEntry, zone: tzinfo, beside: QRect, *, clashes: bool = False
    ) -> None:
        """Tell about ``entry``, next to its rectangle in the parent."""
        event = entry.event
        people = ", ".join(entry.contact_names)
        about = event.description.strip()
        if len(about) > MOST_DESCRIPTION:
            about = about[:MOST_DESCRIPTION].rstrip() + "…"
        self._title.setText(title_text(entry))
        self._when.setText(when_text(entry.when, zone))
        self._who.setText(translate("Calendar", "With {0}").format(people) if people else "")
        self._where.setText(event.location)
        calendar = name_by_id(event.calendar_id, entry.calendar_name)
        states = [*filter(None, [calendar]), *state_texts(entry)]
        self._state.setText(" · ".join([*states, clash_text()] if clashes else states))
        self._about.setText(about)
        for label in self._labels():
            label.setVisible(bool(label.text()))
        self._paint_look()
        self.setFixedWidth(min(WIDTH_PX, max(120, self._view.width() - 2 * GAP_PX)))
        self.setFixedHeight(self._height())
        self.move(self._place(beside))
        self.show()
        self.raise_()

    def _height(self) -> int:
        column = self.layout()
        assert column is not None
        column.activate()
        return column.totalHeightForWidth(self.width())

    def _paint_look(self) -> None:
        colors = current().colors
        self.setStyleSheet(
            "#eventHoverCard {"
            f"background: {colors.window.name()}; border: 1px solid {colors.border.name()};"
            "border-radius: 6px; }"
            f"#eventHoverCard QLabel {{ color: {colors.text.name()}; background: transparent; }}"
        )
        self._state.setStyleSheet(f"color: {colors.muted.name()};")

    def _place(self, beside: QRect) -> QPoint:
        """On the side with room, inside the parent."""
        room = self._view.rect()
        x = beside.right() + GAP_PX
        if x + self.width() > room.right():
            x = beside.left() - GAP_PX - self.width()
        if x < room.left():
            x = max(room.left(), min(beside.left(), room.right() - self.width()))
        y = min(max(beside.top(), room.top() + 4), room.bottom() - self.height() - 4)
        return QPoint(x, max(0, y))
