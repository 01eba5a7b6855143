import json
from dataclasses import asdict
from datetime import UTC, timedelta

import pytest

from desktop.services.changes import ChangeFeed
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.calendar.view_memory import NAME, Glance, ViewMemory, glance_from
from desktop.ui.feed import FeedSignals
from desktop.ui.preferences import MemoryPreferences
from desktop.ui.tasks import TaskRunner
from tests.builders import MONDAY, THURSDAY, Clock, make_span
from tests.ui.calendar.entries import make_entry


@pytest.fixture
def make_page(qapp, clock: Clock):
    pages = []

    def make() -> CalendarPage:
        feed = ChangeFeed()
        page = CalendarPage(TaskRunner(), FeedSignals(feed), clock, UTC, first_weekday=1)
        page.resize(1060, 760)
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.close()
        page.deleteLater()


def test_a_restart_goes_on_where_one_looked(make_page):
    preferences = MemoryPreferences()
    page = make_page()
    memory = ViewMemory(page, preferences)
    page.show()
    page.set_view("work_week")
    page.go_to(MONDAY + timedelta(days=15))
    page.view.set_hour_px(90)
    page.view.verticalScrollBar().setValue(600)
    memory.save()

    again = make_page()
    ViewMemory(again, preferences).restore()
    again.show()

    assert again.view_name() == "work_week"
    assert again.anchor() == MONDAY + timedelta(days=15)
    assert again.view.state.hour_px == 90
    assert again.view.verticalScrollBar().value() == pytest.approx(600, abs=2)


def test_the_selected_event_is_selected_again_once_it_is_loaded(make_page):
    preferences = MemoryPreferences()
    page = make_page()
    page.view.show_entries((make_entry("e1", make_span(THURSDAY)),))
    page.view.select("e1")
    ViewMemory(page, preferences).save()

    again = make_page()
    ViewMemory(again, preferences).restore()
    again.loader.loaded.emit((make_entry("e1", make_span(THURSDAY)),))

    assert again.view.state.selected == ("e1", None)


def test_the_next_day_begins_with_today(make_page, clock):
    preferences = MemoryPreferences()
    page = make_page()
    page.set_view("day")
    page.go_to(MONDAY + timedelta(days=30))
    ViewMemory(page, preferences).save()

    clock.forward(hours=13)
    again = make_page()
    ViewMemory(again, preferences).restore()

    assert again.view_name() == "day"
    assert again.anchor() == clock().date()


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "null", '{"view":"month"}', "{"])
def test_what_cannot_be_read_is_forgotten(text, make_page):
    preferences = MemoryPreferences()
    if text is not None:
        preferences.put(NAME, text)

    ViewMemory(make_page(), preferences).restore()

    assert glance_from(text) is None


def test_it_is_kept_a_moment_after_a_change(make_page, qtbot):
    preferences = MemoryPreferences()
    page = make_page()
    memory = ViewMemory(page, preferences)
    memory._timer.setInterval(0)

    page.go_to(MONDAY + timedelta(days=7))

    qtbot.waitUntil(lambda: preferences.get(NAME) is not None)
    glance = glance_from(preferences.get(NAME))
    assert glance is not None
    assert glance.day == (MONDAY + timedelta(days=7)).isoformat()


@pytest.mark.parametrize(
    "wrong",
    [
        {"hour_px": "48"},
        {"hour_px": None},
        {"hour_px": 5000},
        {"at": "2026-11-18T10:37:00"},
        {"top_minute": -5},
        {"top_minute": "noon"},
        {"selected": 7},
        {"day": "2026-02-30"},
    ],
)
def test_a_value_of_another_kind_is_no_memory(wrong):
    sound = Glance("week", "2026-11-16", 48.0, 480, False, "", "2026-11-18T10:37:00+00:00")
    assert glance_from(sound.to_text()) == sound

    assert glance_from(json.dumps(asdict(sound) | wrong)) is None
