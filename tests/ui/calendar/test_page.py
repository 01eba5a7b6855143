import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.errors import ReadOnlyError, StoreFullError
from desktop.domain.ids import EventId
from desktop.services.changes import ChangeFeed, Topic
from desktop.ui.calendar.deeds import CalendarDeeds
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Clock,
    make_contact,
    make_draft,
    make_span,
)
from tests.ui.calendar.entries import make_entry
from tests.ui.calendar.fakes import DraftsInMemory, PeopleInMemory, ScheduleInMemory

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Key = Qt.Key
E1 = EventId("e1")


class Parts:
    """A page and what it stands on."""

    def __init__(self, clock: Clock, *entries) -> None:
        self.feed = ChangeFeed()
        self.schedule = ScheduleInMemory(self.feed, *entries)
        self.drafts = DraftsInMemory(self.feed)
        self.people = PeopleInMemory(make_contact("c1", "Alex Vronsky"))
        self.tasks = TaskRunner()
        self.failures: list[object] = []
        self.tasks.failed.connect(self.failures.append)
        self.signals = FeedSignals(self.feed)
        self.page = CalendarPage(self.tasks, self.signals, clock, UTC, first_weekday=1)
        self.deeds = CalendarDeeds(
            self.page, self.schedule, self.drafts, self.people, self.tasks, self.signals
        )
        self.popover = self.deeds.desk.popover
        self.view = self.page.view


@asynccontextmanager
async def calendar_page(clock: Clock, *entries) -> AsyncIterator[Parts]:
    parts = Parts(clock, *entries)
    parts.page.resize(1060, 760)
    parts.page.show()
    parts.page.start(parts.schedule)
    parts.deeds.start()
    await until(lambda: bool(parts.schedule.asked) and parts.page._loaded)
    try:
        yield parts
    finally:
        await parts.tasks.close()
        parts.page.close()
        parts.page.deleteLater()
    assert not parts.failures


async def until(holds: Callable[[], bool]) -> None:
    """Wait until the loop has brought it about."""
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0)


def keys(widget, text: str) -> None:
    QTest.keyClicks(widget, text)


async def test_it_shows_the_week_of_today(clock):
    async with calendar_page(clock, make_entry("e1", make_span(THURSDAY))) as parts:
        assert (parts.view.state.first, parts.view.state.count) == (MONDAY, 7)
        assert not parts.view.event_rect(E1).isNull()


async def test_it_asks_for_the_days_shown_and_then_for_a_page_on_either_side(clock):
    async with calendar_page(clock) as parts:
        (first,) = parts.schedule.asked
        await until(lambda: len(parts.schedule.asked) > 1)
        asked = parts.schedule.asked[-1]

        assert (first.start.date(), first.end.date()) == (MONDAY, MONDAY + timedelta(days=7))
        assert asked.start.date() == MONDAY - timedelta(days=7)
        assert asked.end.date() == MONDAY + timedelta(days=14)


async def test_views_and_pages(clock):
    async with calendar_page(clock) as parts:
        page, state = parts.page, parts.view.state
        page.set_view("work_week")
        assert (state.first, state.count) == (MONDAY, 5)
        page.set_view("day")
        assert (state.first, state.count) == (WEDNESDAY, 1)
        page.next()
        assert state.first == THURSDAY
        page.show_today()
        assert state.first == WEDNESDAY
        page.set_view("week")
        page.previous()
        assert state.first == MONDAY - timedelta(days=7)


async def test_it_says_which_days_it_shows(clock):
    async with calendar_page(clock) as parts:
        words: list[tuple[str, str]] = []
        days: list[tuple[object, int]] = []
        parts.page.range_changed.connect(lambda *said: words.append(said))
        parts.page.days_changed.connect(lambda *said: days.append(said))

        parts.page.go_to(MONDAY + timedelta(days=7))

        assert [note for _, note in words] == ["Week 48"]
        assert days == [(MONDAY + timedelta(days=7), 7)]


async def test_a_change_in_the_store_is_shown(clock):
    async with calendar_page(clock) as parts:
        parts.schedule._put(make_entry("new", make_span(FRIDAY)))

        await until(lambda: not parts.view.event_rect(EventId("new")).isNull())


async def test_changes_during_a_question_make_one_more_question(clock):
    async with calendar_page(clock) as parts:
        parts.schedule.answer.clear()
        before = len(parts.schedule.asked)
        for _ in range(5):
            parts.feed.publish(Topic.EVENTS)
        await until(lambda: len(parts.schedule.asked) == before + 1)
        parts.schedule.answer.set()

        await until(lambda: len(parts.schedule.asked) == before + 2)
        await asyncio.sleep(0)
        assert len(parts.schedule.asked) == before + 2


async def test_a_failure_to_read_offers_to_try_again(clock):
    async with calendar_page(clock) as parts:
        parts.schedule.error = StoreFullError()
        parts.feed.publish(Topic.EVENTS)
        await until(parts.page.banner.isVisible)

        parts.schedule.error = None
        parts.page.banner.acted.emit()
        await until(lambda: not parts.page.banner.isVisible())


async def test_an_empty_week_says_what_one_can_do(clock):
    async with calendar_page(clock) as parts:
        assert parts.page.pill.isVisible()

        parts.schedule._put(make_entry("new", make_span(FRIDAY)))
        await until(lambda: not parts.page.pill.isVisible())


async def test_moving_writes_and_tells(clock, qtbot):
    async with calendar_page(clock, make_entry("e1", make_span(THURSDAY))) as parts:
        with qtbot.waitSignal(parts.page.done) as done:
            parts.view.move_requested.emit("e1", None, make_span(FRIDAY))
            await until(lambda: parts.schedule.stored[E1].when == make_span(FRIDAY))
            await until(lambda: done.signal_triggered)

        assert done.args == ["moved", "Planning"]


async def test_a_refused_move_says_why_and_puts_it_back(clock):
    async with calendar_page(clock, make_entry("e1", make_span(THURSDAY))) as parts:
        parts.schedule.error = ReadOnlyError()
        parts.view.move_requested.emit("e1", None, make_span(FRIDAY))

        await until(parts.page.banner.isVisible)
        assert parts.view.drags.lifted is None


async def test_delete_and_duplicate_write_and_tell(clock):
    async with calendar_page(clock, make_entry("e1", make_span(THURSDAY))) as parts:
        told = []
        parts.page.done.connect(lambda *what: told.append(what))
        parts.view.duplicate_requested.emit("e1", None)
        await until(lambda: len(parts.schedule.stored) == 2)
        parts.view.delete_requested.emit("e1", None)
        await until(lambda: len(told) == 2)

        assert told == [("duplicated", "Planning"), ("deleted", "Planning")]
        assert "e1" not in parts.schedule.stored


async def test_an_event_of_another_week_is_revealed_and_selected(clock):
    span = make_span(MONDAY + timedelta(days=35))
    async with calendar_page(clock, make_entry("far", span)) as parts:
        parts.page.reveal(EventId("far"), span)

        await until(lambda: parts.view.state.selected == ("far", None))
        assert parts.view.state.first == MONDAY + timedelta(days=35)


# The popover


async def test_enter_in_the_title_books(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))
        assert parts.popover.isVisible()
        keys(parts.popover.title, "Demo")
        QTest.keyClick(parts.popover.title, Key.Key_Return)

        await until(lambda: len(parts.schedule.stored) == 1)
        (entry,) = parts.schedule.stored.values()
        assert (entry.event.summary, entry.when) == ("Demo", make_span(THURSDAY, hours=(14, 15)))
        await until(lambda: not parts.popover.isVisible())
        await until(lambda: parts.view.state.selected == (entry.event.id, None))


async def test_enter_twice_books_once(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))
        keys(parts.popover.title, "Demo")
        QTest.keyClick(parts.popover.title, Key.Key_Return)
        QTest.keyClick(parts.popover.title, Key.Key_Return)

        await until(lambda: not parts.popover.isVisible())
        assert len(parts.schedule.stored) == 1


async def test_the_title_has_the_caret_and_the_slot_a_dashed_block(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))

        assert parts.page.focusWidget() is parts.popover.title
        assert [block.when for block in parts.view.state.drafts] == [
            make_span(THURSDAY, hours=(14, 15))
        ]
        slot = parts.view.rect_of(make_span(THURSDAY, hours=(14, 15)))
        corner = parts.view.viewport().mapTo(parts.page, QPoint(0, 0))
        assert not parts.popover.geometry().intersects(slot.translated(corner))


async def test_a_contact_is_found_and_taken_by_enter(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))
        field = parts.popover.contact
        keys(field.field, "vron")
        await until(field.hits.isVisible)
        QTest.keyClick(field.field, Key.Key_Return)
        assert (field.contact_id, field.field.text()) == ("c1", "Alex Vronsky")
        QTest.keyClick(field.field, Key.Key_Return)

        await until(lambda: len(parts.schedule.stored) == 1)
        (entry,) = parts.schedule.stored.values()
        assert entry.event.contacts == ("c1",)


async def test_the_popover_is_as_high_as_what_it_holds(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))
        before = parts.popover.height()
        field = parts.popover.contact
        keys(field.field, "vron")
        await until(field.hits.isVisible)
        assert parts.popover.height() > before
        QTest.keyClick(field.field, Key.Key_Return)

        assert parts.popover.height() == before


async def test_escape_closes_an_untouched_draft(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY))
        QTest.keyClick(parts.popover.title, Key.Key_Escape)

        assert not parts.popover.isVisible()
        assert parts.view.state.drafts == ()


async def test_escape_on_a_touched_draft_asks(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY))
        keys(parts.popover.title, "Demo")
        QTest.keyClick(parts.popover.title, Key.Key_Escape)
        assert parts.popover.asking

        QTest.mouseClick(parts.popover.keep, LEFT)
        assert not parts.popover._question.isVisible()
        assert parts.popover.title.text() == "Demo"
        QTest.keyClick(parts.popover.title, Key.Key_Escape)
        QTest.mouseClick(parts.popover.discard, LEFT)

        assert not parts.popover.isVisible()
        assert parts.view.state.drafts == ()


async def test_a_click_outside_keeps_the_draft_and_a_click_on_it_resumes(clock):
    async with calendar_page(clock) as parts:
        span = make_span(THURSDAY, hours=(14, 15))
        parts.view.slot_chosen.emit(span)
        keys(parts.popover.title, "Demo")
        outside = parts.view.rect_of(make_span(MONDAY, hours=(9, 9.5))).center()
        QTest.mouseClick(parts.view.viewport(), LEFT, NONE, outside)
        assert not parts.popover.isVisible()
        await until(lambda: [one.folded for one in parts.view.state.drafts] == [True])
        assert [draft.title for draft in parts.drafts.stored.values()] == ["Demo"]

        QTest.mouseClick(parts.view.viewport(), LEFT, NONE, parts.view.rect_of(span).center())

        assert parts.popover.isVisible()
        assert parts.popover.title.text() == "Demo"
        QTest.keyClick(parts.popover.title, Key.Key_Return)
        await until(lambda: len(parts.schedule.stored) == 1)
        assert list(map(str, parts.schedule.stored)) == list(map(str, parts.drafts.stored))


async def test_two_drafts_live_side_by_side(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY))
        keys(parts.popover.title, "One")
        parts.view.slot_chosen.emit(make_span(FRIDAY))
        keys(parts.popover.title, "Two")
        parts.deeds.desk.fold()

        await until(lambda: len(parts.drafts.stored) == 2)
        await until(lambda: len(parts.view.state.drafts) == 2)


async def test_autosave_keeps_one_draft_however_much_is_typed(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY))
        keys(parts.popover.title, "De")
        parts.deeds.desk.save_now()
        keys(parts.popover.title, "mo")
        parts.deeds.desk.save_now()
        await until(lambda: [draft.title for draft in parts.drafts.stored.values()] == ["Demo"])


async def test_more_opens_the_dialog_with_what_was_typed(clock, qtbot):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14, 15)))
        keys(parts.popover.title, "Demo")
        with qtbot.waitSignal(parts.page.new_requested) as wished:
            QTest.mouseClick(parts.popover.more, LEFT)
            await until(lambda: wished.signal_triggered)

        (draft,) = wished.args
        assert (draft.title, draft.when) == ("Demo", make_span(THURSDAY, hours=(14, 15)))
        assert not parts.popover.isVisible()


async def test_a_clash_is_named_and_a_free_time_can_be_taken(clock):
    busy = make_entry("e1", make_span(THURSDAY, hours=(14, 15)), summary="Call bank")
    async with calendar_page(clock, busy) as parts:
        free = make_span(THURSDAY, hours=(15, 16))
        parts.schedule.free = (free,)
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(14.5, 15.5)))
        await until(lambda: "Call bank" in parts.popover.hint.text())
        assert parts.popover.save.isEnabled()

        parts.popover.hint.slot_taken.emit(free)

        typed = parts.popover.typed()
        assert typed is not None
        assert typed.when == free
        await until(lambda: not parts.popover.hint.text())


async def test_a_refused_booking_keeps_what_was_typed(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY))
        keys(parts.popover.title, "Demo")
        parts.schedule.error = StoreFullError()
        QTest.keyClick(parts.popover.title, Key.Key_Return)

        await until(lambda: bool(parts.popover.hint.text()))
        assert parts.popover.title.text() == "Demo"
        assert parts.popover.save.isEnabled()


async def test_the_popover_follows_the_scroll_and_folds_away(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(THURSDAY, hours=(9, 10)))
        keys(parts.popover.title, "Demo")
        before = parts.popover.y()

        parts.view.verticalScrollBar().setValue(parts.view.verticalScrollBar().value() + 20)
        assert parts.popover.y() == before - 20
        parts.view.verticalScrollBar().setValue(parts.view.verticalScrollBar().maximum())
        assert not parts.popover.isVisible()
        parts.view.verticalScrollBar().setValue(300)
        assert parts.popover.isVisible()
        assert parts.popover.title.text() == "Demo"


async def test_a_draft_of_an_earlier_run_is_shown_and_opens_the_dialog(clock, qtbot):
    async with calendar_page(clock) as parts:
        span = make_span(THURSDAY, hours=(14, 15))
        await parts.drafts.save(make_draft("d9", span, title="From before", touched=True))
        await until(lambda: len(parts.view.state.drafts) == 1)

        with qtbot.waitSignal(parts.page.new_requested) as wished:
            QTest.mouseClick(parts.view.viewport(), LEFT, NONE, parts.view.rect_of(span).center())

        assert wished.args[0].id == "d9"


async def test_letters_typed_in_the_popover_are_no_commands(clock):
    async with calendar_page(clock) as parts:
        parts.view.slot_chosen.emit(make_span(TUESDAY))
        QTest.keyClick(parts.popover.save, Key.Key_N)

        assert parts.view.state.first == MONDAY


async def test_of_an_hour_that_comes_twice_both_are_offered(clock):
    async with calendar_page(clock) as parts:
        berlin = ZoneInfo("Europe/Berlin")
        sunday = date(2026, 10, 25)
        parts.view.set_zone(berlin)
        parts.page.go_to(sunday)
        span = make_span(sunday, hours=(2.5, 3.5), zone=berlin)
        parts.view.slot_chosen.emit(span)
        await until(lambda: len(parts.popover.hint.slots()) == 2)

        first, second = parts.popover.hint.slots()
        assert second.start.astimezone(UTC) - first.start.astimezone(UTC) == timedelta(hours=1)
