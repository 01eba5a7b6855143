"""A time of day as people type it."""

from datetime import time, timedelta

from PySide6.QtCore import QLocale, QSize, QTime, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.timetext import ParsedTime, TimeTextKind, parse_time
from desktop.ui import theme
from desktop.ui.meeting.typed_field import TypedField

STEP_MIN = 15
MARGIN_PX = 28


class TimeField(TypedField):
    """Reads "1030", "10.30", "9pm", "noon", "+45m"; the arrow keys step by a quarter of an hour."""

    entered = Signal(object)  # ParsedTime

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._time = time()
        self._refused = False
        self.setFont(theme.tabular(self.font()))

    def show_time(self, clock: time) -> None:
        """Show a time of day as the locale writes it."""
        self._time = clock.replace(tzinfo=None, fold=0)
        self.put_text(_written(self._time))

    def refuse(self) -> None:
        """What was ``entered`` makes no time here: answer to the signal, while it is sent."""
        self._refused = True

    def take_text(self, text: str) -> bool:
        parsed = parse_time(text, base=self._time)
        if parsed is None:
            return False
        self.setModified(False)
        self._refused = False
        self.entered.emit(parsed)
        return not self._refused

    def step(self, by: int) -> None:
        minute = self._time.hour * 60 + self._time.minute
        # An odd time goes to the next quarter of an hour, as the calendar's grid has them.
        target = (minute // STEP_MIN + by if by > 0 else -(-minute // STEP_MIN) + by) * STEP_MIN
        change = timedelta(minutes=target - minute)
        self.setModified(False)
        self.entered.emit(ParsedTime(TimeTextKind.RELATIVE, change, _later(self._time, change)))

    # Qt overrides

    def sizeHint(self) -> QSize:
        widest = max(self.fontMetrics().horizontalAdvance(_written(t)) for t in (_LATE, _NOON))
        return QSize(widest + MARGIN_PX, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


_LATE = time(22, 58)
_NOON = time(12, 58)


def _written(clock: time) -> str:
    return QLocale().toString(QTime(clock.hour, clock.minute), QLocale.FormatType.ShortFormat)


def _later(clock: time, by: timedelta) -> time:
    minute = (clock.hour * 60 + clock.minute + round(by.total_seconds() / 60)) % 1440
    return time(minute // 60, minute % 60)
