"""Whether and how a meeting repeats, in the dialog."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox, QWidget

from desktop.domain.account import Capabilities
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.ui.meeting.date_field import DateField
from tests.builders import MOSCOW, make_span
from tests.ui.meeting.conftest import CLIENTS, COMPANY, CRM, Desk, at
from tests.ui.waiting import until

Opener = Callable[..., object]


def _choose(desk: Desk, name: str, text: str) -> None:
    """The row of a list, as a click chooses it."""
    box = desk.find(QComboBox, name)
    row = next(row for row in range(box.count()) if box.itemText(row) == text)
    box.setCurrentIndex(row)
    box.activated.emit(row)


def _summary(desk: Desk) -> str:
    return desk.find(QLabel, "meetingRepeatSummary").text()


def _shown(desk: Desk, name: str) -> bool:
    return desk.find(QWidget, name).isVisible()


async def test_a_meeting_repeats_as_it_is_chosen_and_says_how(open_desk):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12))
        desk.press("meetingMore")
        assert not _shown(desk, "meetingRepeatInterval")

        _choose(desk, "meetingRepeat", "Weekly")
        assert desk.draft.recurrence == RecurrenceRule(Frequency.WEEKLY, by_day=("TH",))
        assert "Every week on Thursday. First: Thu 19 Nov, Thu 26 Nov, Thu 3 Dec" in _summary(desk)

        desk.press("repeatTU")
        desk.find(QSpinBox, "meetingRepeatInterval").setValue(2)
        _choose(desk, "meetingRepeatEnds", "ends after")
        desk.find(QSpinBox, "meetingRepeatCount").setValue(4)

        assert desk.draft.recurrence == RecurrenceRule(
            Frequency.WEEKLY, 2, count=4, by_day=("TU", "TH")
        )
        assert _summary(desk).startswith("Every 2 weeks on Tuesday and Thursday, 4 times.")


async def test_a_booked_series_stands_on_every_day_of_its_rule(open_desk):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12))
        desk.write("meetingTitle", "Stand-up")
        desk.press("meetingMore")
        _choose(desk, "meetingRepeat", "Daily")
        _choose(desk, "meetingRepeatEnds", "ends on")
        desk.find(DateField, "meetingRepeatUntil").day_entered.emit(date(2026, 11, 21))
        desk.save_by_keys()
        await until(lambda: desk.booked)

        event = await desk.event(desk.booked[0])
        assert event.recurrence is not None
        friday = make_span(date(2026, 11, 20), hours=(11, 12), zone=MOSCOW)
        entries = await desk.house.schedule.entries(friday)
        assert [one.event.id for one in entries] == [event.id]


async def test_the_only_day_of_a_week_stays(open_desk):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12))
        desk.press("meetingMore")
        _choose(desk, "meetingRepeat", "Weekly")
        thursday = desk.find(QPushButton, "repeatTH")
        assert thursday.isChecked()

        desk.press("repeatTH")

        assert thursday.isChecked()
        assert desk.draft.recurrence == RecurrenceRule(Frequency.WEEKLY, by_day=("TH",))


async def test_the_rule_follows_the_day(open_desk):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12))
        desk.press("meetingMore")
        _choose(desk, "meetingRepeat", "Weekly")

        desk.page.editor.set_start_day(date(2026, 11, 20))

        assert desk.draft.recurrence == RecurrenceRule(Frequency.WEEKLY, by_day=("FR",))
        assert desk.find(QPushButton, "repeatFR").isChecked()


async def test_what_the_crm_cannot_keep_is_said_at_once_and_single_meetings_are_offered(open_desk):
    async with open_desk() as desk:
        able = replace(CRM, capabilities=Capabilities(responsible=True, series=True))
        await desk.house.add(able, CLIENTS, COMPANY)
        await desk.open_new(at(11, 12))
        _choose(desk, "meetingCalendar", "Clients")
        desk.write("meetingTitle", "Review")
        desk.press("meetingMore")
        _choose(desk, "meetingRepeat", "Monthly")
        assert not _shown(desk, "meetingRepeatSingles")

        _choose(desk, "meetingRepeatMonthDay", "on the third Thursday")

        instead = desk.find(QPushButton, "meetingRepeatSingles")
        assert instead.isVisible()
        assert instead.text() == "Make 12 single meetings instead"
        desk.save_by_keys()
        assert not desk.booked

        QTest.mouseClick(instead, Qt.MouseButton.LeftButton)
        await until(lambda: desk.booked)
        events = await desk.house.files.cache.read(lambda cache: cache.events.all())
        made = [one for one in events if one.summary == "Review"]
        assert len(made) == 12
        assert all(one.recurrence is None for one in made)


async def test_an_account_without_series_says_so(open_desk):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12))
        _choose(desk, "meetingCalendar", "Clients")
        desk.press("meetingMore")

        assert not _shown(desk, "meetingRepeat")
        told = [label.text() for label in desk.dialog.form.more.findChildren(QLabel)]
        assert any("meetings that repeat" in text for text in told)
