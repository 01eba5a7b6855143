"""A week view of a week in November, on a Wednesday morning."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.calendar.week_view import WeekView
from tests.builders import MONDAY, Clock

WEDNESDAY_MORNING = datetime(2026, 11, 18, 10, 37, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """Stands still on a Wednesday morning."""
    return Clock(WEDNESDAY_MORNING)


@pytest.fixture
def week_view(qapp: QApplication, clock: Clock) -> Iterator[WeekView]:
    """Seven days from a Monday, empty, in UTC, large enough to be used."""
    theme.apply(qapp, "light")
    view = WeekView(clock=clock)
    view.show_days(MONDAY, 7)
    view.resize(1060, 760)
    view.show()
    view.setFocus()
    yield view
    view.close()
    view.deleteLater()
