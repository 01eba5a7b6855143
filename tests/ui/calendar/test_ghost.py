"""What a drag says beside the pointer."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.ui.calendar.ghost import ghost_of
from desktop.ui.calendar.week_view import WeekView
from tests.builders import THURSDAY, make_span

LEFT = Qt.MouseButton.LeftButton


def lines_of_a_drag(view: WeekView) -> tuple[str, ...]:
    """What is said while an hour of Thursday is drawn."""
    slot = view.rect_of(make_span(THURSDAY, hours=(12, 13)))
    top = QPoint(slot.center().x(), slot.top() + 1)
    QTest.mousePress(view.viewport(), LEFT, pos=top)
    QTest.mouseMove(view.viewport(), QPoint(top.x(), slot.bottom() - 2))
    ghost = ghost_of(view.state, view.drags)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=top)
    assert ghost is not None
    return ghost.lines


def test_it_tells_the_time_on_the_clients_clock(week_view: WeekView) -> None:
    week_view.set_other_zone(ZoneInfo("Europe/Berlin"), "Alex")

    assert lines_of_a_drag(week_view) == ("12:00 – 13:00 · 1 h", "13:00 – 14:00 for Alex")


def test_a_clock_that_shows_the_same_is_not_told(week_view: WeekView) -> None:
    week_view.set_other_zone(ZoneInfo("Europe/London"), "Ann")

    assert lines_of_a_drag(week_view) == ("12:00 – 13:00 · 1 h",)
