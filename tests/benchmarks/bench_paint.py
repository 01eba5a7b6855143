"""P6 and P7: a full repaint of a week, and a step of scrolling.

Times are of whole paints: from the wish to repaint to the finished picture of the viewport.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap, QStaticText
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.event import CalendarEntry, Event, Occurrence
from desktop.domain.ids import AccountId, CalendarId, EventId
from desktop.domain.timespan import TimeSpan
from desktop.ui import theme
from desktop.ui.calendar.paint_context import qrect
from desktop.ui.calendar.week_view import WeekView
from desktop.ui.event_loop import make_application
from tests.benchmarks.figures import Figure, p95, quietest, tell

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 18, 10, 37, tzinfo=UTC)
SIZE = QSize(1600, 1000)
ROUNDS = 60
COLORS = ("#4F46E5", "#15803D", "#0369A1", "#BE185D", "#B45309")


def week(count: int) -> tuple[CalendarEntry, ...]:
    """``count`` events over seven days, from eight to twenty, many of them overlapping."""
    entries = []
    for number in range(count):
        start = datetime(2026, 11, 16 + number % 7, 8, tzinfo=UTC) + timedelta(
            minutes=15 * (number * 7 // 3 % 46)
        )
        span = TimeSpan(start, start + timedelta(minutes=(30, 45, 60, 90)[number % 4]))
        event = Event(
            EventId(f"event-{number:04}"),
            AccountId("account"),
            CalendarId("calendar"),
            f"Meeting number {number} with somebody",
            span,
            location="Room 4" if number % 3 else "",
        )
        entries.append(CalendarEntry(Occurrence(event, span), COLORS[number % len(COLORS)]))
    return tuple(entries)


def week_view(count: int) -> WeekView:
    """A view of the usual week, painted once."""
    view = WeekView(clock=lambda: NOW)
    view.show_days(MONDAY, 7)
    view.show_entries(week(count))
    view.resize(SIZE)
    view.show()
    view.verticalScrollBar().setValue(8 * 60)
    _paint_now(view)
    return view


class Boxes(QWidget):
    """The reference: the same boxes, a plain rectangle and static texts each, and nothing else."""

    def __init__(self, view: WeekView) -> None:
        super().__init__()
        context = view.context()
        scroll = view.state.frame.scroll_px - view.state.frame.top
        self._title, self._detail = QFont(view.font()), QFont(view.font())
        self._title.setBold(True)
        self._boxes: list[tuple[QRect, QColor, list[QStaticText], list[QStaticText]]] = []
        for box in view.state.scene.boxes:
            inner = box.rect.height - 6
            text = context.shaper.shaped(box.entry, box.rect.width - 14, inner)
            self._boxes.append(
                (
                    qrect(box.rect).translated(0, -scroll),
                    QColor(box.entry.color).lighter(180),
                    [QStaticText(line.text.text()) for line in text.titles],
                    [QStaticText(line.text.text()) for line in text.details],
                )
            )
        self.resize(SIZE)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        for rect, fill, titles, details in self._boxes:
            painter.fillRect(rect, fill)
            y = rect.y() + 3.0
            painter.setFont(self._title)
            for text in titles:
                painter.drawStaticText(QPointF(rect.x() + 10, y), text)
                y += 14
            painter.setFont(self._detail)
            for text in details:
                painter.drawStaticText(QPointF(rect.x() + 10, y), text)
                y += 13
        painter.end()


def _paint_now(widget: QWidget) -> None:
    widget.repaint()
    QApplication.sendPostedEvents()


def _ms(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def full_repaint() -> list[Figure]:
    """P6: everything painted anew into a picture, ours and the reference by turns."""
    view = week_view(200)
    boxes = Boxes(view)
    boxes.show()
    target, plain = QPixmap(SIZE), QPixmap(SIZE)

    def ours() -> None:
        view.canvas.invalidate()
        view.viewport().render(target)

    def reference() -> None:
        boxes.render(plain)

    def both() -> list[float]:
        mine = []
        for _ in range(ROUNDS):
            theirs.extend(_ms(reference, 1))
            mine += _ms(ours, 1)
        own_times.extend(mine)
        return mine

    ours()
    reference()
    theirs: list[float] = []
    own_times: list[float] = []
    mine = quietest(both)
    own, other = statistics.median(own_times), statistics.median(theirs)
    beside = f"{own:.1f} ms, plain boxes {other:.1f} ms"
    return [
        Figure("P6", "repaint of 200 events, to plain boxes", own / other, "x", 1.3, 2, beside),
        Figure("P6", "the same, p95", p95(mine), "ms", 16.7, 16.7),
    ]


def scroll_steps(count: int, target: float) -> list[Figure]:
    """P7: one step of the scroll bar, painted."""
    view = week_view(count)
    bar = view.verticalScrollBar()
    picture = QPixmap(SIZE)
    direction = 24

    def step() -> None:
        nonlocal direction
        before = bar.value()
        bar.setValue(before + direction)
        if bar.value() == before:
            direction = -direction
            bar.setValue(before + direction)
        view.viewport().render(picture, renderFlags=QWidget.RenderFlag.DrawChildren)

    times = quietest(lambda: _ms(step, 2 * ROUNDS))
    what = f"scroll step, {count} events"
    return [
        Figure("P7", f"{what}, p50", statistics.median(times), "ms", target, 16.7),
        Figure("P7", f"{what}, p95", p95(times), "ms", 16.7, 16.7),
    ]


def measure() -> list[Figure]:
    """All figures of this file."""
    app = QApplication.instance() or make_application(["bench"])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    return [*full_repaint(), *scroll_steps(200, 1.5), *scroll_steps(1000, 8.0)]


if __name__ == "__main__":
    tell(measure)
