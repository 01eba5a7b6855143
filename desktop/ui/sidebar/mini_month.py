"""The mini month: six weeks to glance at, to jump by, and to drop a dragged event on."""

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.timespan import DateSpan
from desktop.ui import theme
from desktop.ui.sidebar.month_grid import DAYS, WEEKS, MonthGrid, months_later
from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import title_label

WHEEL_STEP = 120
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -DAYS,
    Qt.Key.Key_Down: DAYS,
}


class MiniMonth(QWidget):
    """A month with its name, arrows to its neighbours, and its days. One tab stop: the days."""

    day_chosen = Signal(object)  # date
    days_shown = Signal(object)  # DateSpan: the days whose events are asked for

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("miniMonth")
        self.setAccessibleName(self.tr("Month"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = title_label("", 1.05)
        self._days = _Days(today)
        self._days.day_chosen.connect(self.day_chosen)
        self._days.month_changed.connect(self._on_month_changed)
        self.setFocusProxy(self._days)
        self._arrange()
        self._on_month_changed()

    def show_day(self, day: date) -> None:
        """Turn to the month of ``day`` and put the keyboard's cursor there."""
        self._days.move_to(day)

    def set_today(self, today: date) -> None:
        """Mark another day as today."""
        self._days.today = today
        self._days.update()

    def show_visible(self, days: DateSpan) -> None:
        """Tint the days that the calendar shows, and turn to them."""
        self._days.visible = days
        self._days.move_to(days.first)

    def set_first_weekday(self, weekday: int) -> None:
        """The day that weeks begin with, Monday 1; 0: as the locale has it."""
        if self._days.first_weekday != weekday:
            self._days.first_weekday = weekday
            self._on_month_changed()
            self._days.update()

    def show_busy(self, days: frozenset[date]) -> None:
        """Make the days with events bold."""
        self._days.busy = days
        self._days.update()

    def shown_days(self) -> DateSpan:
        """The six weeks that are shown."""
        grid = self._days.grid()
        return DateSpan(grid.first, grid.end)

    def title(self) -> str:
        """The month's name and year."""
        return self._title.whole_text()

    def day_rect(self, day: date) -> QRect:
        """Where ``day`` is drawn, in this widget's coordinates; null where it is not."""
        rect = self._days.day_rect(day)
        return rect.translated(self._days.pos()) if not rect.isNull() else rect

    def day_at_global(self, point: QPoint) -> date | None:
        """The day under a point of the screen, for a drag that comes from elsewhere."""
        inside = self._days.mapFromGlobal(point)
        return self._days.day_at(inside) if self._days.rect().contains(inside) else None

    def show_drop_target(self, day: date | None) -> None:
        """Frame the day that a dragged event would land on; None: no day."""
        if self._days.target != day:
            self._days.target = day
            self._days.update()

    def _arrange(self) -> None:
        back = IconButton("chevron-left", self.tr("Previous month"), role="muted")
        forth = IconButton("chevron-right", self.tr("Next month"), role="muted")
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            back.show_as("chevron-right", self.tr("Previous month"))
            forth.show_as("chevron-left", self.tr("Next month"))
        for button, handler in ((back, self._days.turn_back), (forth, self._days.turn_forth)):
            # PgUp and PgDn on the days do the same, so the arrows need no tab stop.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(handler)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        column.addLayout(head)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(back)
        head.addWidget(forth)
        column.addWidget(self._days)

    def _on_month_changed(self) -> None:
        month = self._days.grid().month
        name = QLocale().standaloneMonthName(month.month)
        year = QLocale().toString(QDate(month.year, month.month, 1), "yyyy")
        self._title.setText(f"{name[:1].upper()}{name[1:]} {year}")
        self.days_shown.emit(self.shown_days())


class _Days(QWidget):
    """The grid of days: painted, not made of widgets."""

    day_chosen = Signal(object)
    month_changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.cursor_day = today
        self.first_weekday = 0
        """As ISO counts; 0: as the locale has it."""
        self.visible: DateSpan | None = None
        self.busy: frozenset[date] = frozenset()
        self.target: date | None = None
        self._wheel = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name_cursor()

    def grid(self) -> MonthGrid:
        return MonthGrid(self.cursor_day, self.first_weekday or QLocale().firstDayOfWeek().value)

    def move_to(self, day: date) -> None:
        turned = not self.grid().contains(day)
        self.cursor_day = day
        self._name_cursor()
        if turned:
            self.month_changed.emit()
        self.update()

    def turn_back(self) -> None:
        self.move_to(months_later(self.cursor_day, -1))

    def turn_forth(self) -> None:
        self.move_to(months_later(self.cursor_day, 1))

    def day_at(self, point: QPoint) -> date | None:
        row = point.y() // self._row_px() - 1
        column = int(point.x() * DAYS / max(1, self.width()))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = DAYS - 1 - column
        if not (0 <= row < WEEKS and 0 <= column < DAYS):
            return None
        return self.grid().day(row, column)

    def day_rect(self, day: date) -> QRect:
        cell = self.grid().cell(day)
        return QRect() if cell is None else self._cell_rect(cell[0] + 1, cell[1])

    def _row_px(self) -> int:
        return max(6 * theme.GRID_PX, self.fontMetrics().height() + 2 * theme.GRID_PX)

    def _cell_rect(self, row: int, column: int) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = DAYS - 1 - column
        left, right = (round(self.width() * edge / DAYS) for edge in (column, column + 1))
        return QRect(left, row * self._row_px(), right - left, self._row_px())

    def _name_cursor(self) -> None:
        day = self.cursor_day
        parts = [QLocale().toString(QDate(day.year, day.month, day.day))]
        if day == self.today:
            parts.append(self.tr("today"))
        if day in self.busy:
            parts.append(self.tr("has events"))
        self.setAccessibleName(", ".join(parts))

    def _paint_weekdays(self, painter: QPainter) -> None:
        painter.setPen(theme.current().colors.muted)
        painter.setFont(theme.scaled(self.font(), 0.88))
        for column, name in enumerate(weekday_names(self.grid().weekdays())):
            painter.drawText(self._cell_rect(0, column), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_visible(self, painter: QPainter) -> None:
        if self.visible is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colors.visible_range)
        for row in range(WEEKS):
            days = [self.grid().day(row, column) for column in range(DAYS)]
            shown = [day for day in days if self.visible.first <= day < self.visible.end]
            if shown:
                strip = self.day_rect(shown[0]).united(self.day_rect(shown[-1]))
                painter.drawRoundedRect(strip.adjusted(0, 1, 0, -1), 4, 4)

    def _paint_day(self, painter: QPainter, day: date, rect: QRect) -> None:
        colors = theme.current().colors
        disc = _disc(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        pen = colors.text if self.grid().contains(day) else colors.muted
        if day == self.today:
            painter.setBrush(colors.accent)
            painter.drawEllipse(disc)
            pen = colors.on_accent
        if day == self.target or (day == self.cursor_day and self.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = painter.pen()
            ring.setStyle(Qt.PenStyle.SolidLine)
            ring.setColor(colors.text if day == self.today else colors.accent)
            ring.setWidth(2)
            painter.setPen(ring)
            painter.drawEllipse(disc)
        font = theme.tabular(theme.scaled(self.font(), 0.92, bold=day in self.busy))
        painter.setFont(font)
        painter.setPen(pen)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, QLocale().toString(day.day))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(7 * 9 * theme.GRID_PX, self._row_px() * (WEEKS + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 6 * theme.GRID_PX, self._row_px() * (WEEKS + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_weekdays(painter)
        self._paint_visible(painter)
        for row in range(WEEKS):
            for column in range(DAYS):
                rect = self._cell_rect(row + 1, column)
                self._paint_day(painter, self.grid().day(row, column), rect)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.move_to(day)
            self.day_chosen.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / WHEEL_STEP)
        self._wheel -= steps * WHEEL_STEP
        if steps:
            self.move_to(months_later(self.cursor_day, -steps))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_chosen.emit(self.cursor_day)
            return
        target = self._target_of(key)
        if target is None:
            super().keyPressEvent(event)
            return
        self.move_to(target)
        announce(self, self.accessibleName())

    def _target_of(self, key: Qt.Key) -> date | None:
        if key == Qt.Key.Key_PageUp:
            return months_later(self.cursor_day, -1)
        if key == Qt.Key.Key_PageDown:
            return months_later(self.cursor_day, 1)
        if key == Qt.Key.Key_Home:
            return self.today
        step = STEPS.get(key)
        if step is None:
            return None
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self.cursor_day + timedelta(days=-step if mirrored and abs(step) == 1 else step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)


def weekday_names(weekdays: Iterable[int]) -> list[str]:
    """Two letters for each, or the locale's shortest names where two letters do not tell."""
    days, locale = list(weekdays), QLocale()
    names = [locale.standaloneDayName(day, QLocale.FormatType.ShortFormat)[:2] for day in days]
    if len(set(names)) < len(days):
        names = [locale.standaloneDayName(day, QLocale.FormatType.NarrowFormat) for day in days]
    return [name.title() for name in names]


def _disc(rect: QRect) -> QRectF:
    side = min(rect.width(), rect.height()) - 2
    disc = QRectF(0, 0, side, side)
    disc.moveCenter(QRectF(rect).center())
    return disc
