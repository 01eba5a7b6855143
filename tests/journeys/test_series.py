"""A meeting that repeats: made, and one, the following or all of it changed, with and without
a portal, with answers that are lost.
"""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QRadioButton

from desktop.domain.event import DeliveryMark
from desktop.domain.sync import OpState, OutboxEntry, SeriesPart
from desktop.domain.timespan import TimeSpan
from tests.builders import MONDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.journeys.deeds import enter_signed_in, upper
from tests.journeys.person import CTRL, LEFT, Person
from tests.journeys.stage import ZONE, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

SUNDAY = date(2026, 11, 22)
TITLE = "Stand-up"
UPDATE, DELETE = "calendar.event.update", "calendar.event.delete"
MOVED = {
    "reachThis": ["Mon 14", "Tue 14", "Wed 16", "Thu 14", "Fri 14"],
    "reachFollowing": ["Mon 14", "Tue 14", "Wed 16", "Thu 16", "Fri 16"],
    "reachAll": ["Mon 16", "Tue 16", "Wed 16", "Thu 16", "Fri 16"],
}
LEFT_OVER = {
    "reachThis": ["Mon 14", "Tue 14", "Thu 14", "Fri 14"],
    "reachFollowing": ["Mon 14", "Tue 14"],
    "reachAll": [],
}
USUAL = ["Mon 14", "Tue 14", "Wed 14", "Thu 14", "Fri 14"]


@pytest.fixture
def repeating(trusted: Portal) -> Iterator[Portal]:
    """A portal with a stand-up on each day of the week at two, that a test may take away."""
    first = hours(MONDAY, 14, 15)
    trusted.control.add_event(
        name=TITLE,
        start=first.start.replace(tzinfo=None).isoformat(),
        end=first.end.replace(tzinfo=None).isoformat(),
        timezone_from=ZONE.key,
        timezone_to=ZONE.key,
        rrule={"FREQ": "DAILY", "INTERVAL": 1, "COUNT": 5},
    )
    yield trusted
    if not trusted.is_running:
        trusted.start()


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%a %H}"


def drawn(person: Person) -> list[str]:
    """Every one of the week that the calendar shows."""
    spans = [one.when for one in person.entries(TITLE)]
    starts = sorted(one.start for one in spans if isinstance(one, TimeSpan))
    week = TimeSpan(hours(MONDAY, 0, 1).start, hours(SUNDAY, 23, 24).end)
    return [_told(start) for start in starts if week.start <= start < week.end]


def kept(portal: Portal) -> list[str]:
    """Every one that the portal has, as it expands its series."""
    found = portal.control.call(
        "calendar.event.get",
        {
            "type": "user",
            "ownerId": 7,
            "from": MONDAY.isoformat(),
            "to": SUNDAY.isoformat(),
        },
        by=7,
    )
    assert isinstance(found, list)
    texts = [one["DATE_FROM_FORMATTED"] for one in found if one["NAME"] == TITLE]
    starts = sorted(datetime.strptime(text, "%a %b %d %Y %H:%M:%S") for text in texts)  # noqa: DTZ007
    return [f"{start:%a %H}" for start in starts]


async def drop(person: Person, to: TimeSpan) -> None:
    """Takes Wednesday's by its middle and lets it go two hours later."""
    person.calendar.show_time(to)
    place, target = person.rect_of(hours(WEDNESDAY, 14, 15)), person.rect_of(to)
    grip = QPoint(place.left() + 20, place.center().y())
    await person.drag(grip, grip + (target.topLeft() - place.topLeft()))
    await person.until_seen("seriesSheet")


async def press_delete(person: Person) -> None:
    """Selects Wednesday's and presses Delete."""
    person.calendar.show_time(hours(WEDNESDAY, 14, 15))
    await person.until_still()
    place = person.rect_of(hours(WEDNESDAY, 14, 15))
    QTest.mouseClick(person.grid, LEFT, pos=place.center())
    person.press(Qt.Key.Key_Delete)
    await person.until_seen("seriesSheet")


async def answer(person: Person, reach: str) -> None:
    """Chooses how far, and Enter."""
    person.see(QRadioButton, reach).click()
    person.press(Qt.Key.Key_Return, on=person.see(QRadioButton, reach))
    await person.until_gone("seriesSheet")


@pytest.mark.parametrize("reach", list(MOVED))
async def test_a_drop_reaches_as_far_as_is_chosen_though_the_answer_is_lost(
    stage: Stage, repeating: Portal, reach: str
) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")
        repeating.control.fault("drop_after", UPDATE)

        await drop(person, hours(WEDNESDAY, 16, 17))
        await answer(person, reach)
        await person.until(lambda: drawn(person) == MOVED[reach], "the screen at once")
        await person.until(lambda: kept(repeating) == MOVED[reach], "the portal")
        await person.until_status("Up to date")
        assert drawn(person) == MOVED[reach]
    assert repeating.control.count(UPDATE) == 1


@pytest.mark.parametrize("reach", list(LEFT_OVER))
async def test_delete_reaches_as_far_as_is_chosen(
    stage: Stage, repeating: Portal, reach: str
) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")

        await press_delete(person)
        await answer(person, reach)
        await person.until(lambda: drawn(person) == LEFT_OVER[reach], "the screen at once")
        await person.until(lambda: kept(repeating) == LEFT_OVER[reach], "the portal")
        await person.until_status("Up to date")
        assert drawn(person) == LEFT_OVER[reach]


@pytest.mark.parametrize("reach", list(MOVED))
async def test_without_a_portal_the_screen_shows_it_and_it_goes_out_once(
    stage: Stage, repeating: Portal, reach: str
) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")
        repeating.stop()
        await person.until_status("Offline")

        await drop(person, hours(WEDNESDAY, 16, 17))
        await answer(person, reach)
        await person.until(lambda: drawn(person) == MOVED[reach], "the screen at once")
        await person.until(lambda: "waiting" in person.status, "the count")
        await stage.leave(person)

        repeating.start()
        repeating.control.fault("drop_after", UPDATE)
        person = await stage.enter()
        await person.until(lambda: kept(repeating) == MOVED[reach], "the portal")
        await person.until_status("Up to date")
        await person.until(lambda: drawn(person) == MOVED[reach], "the screen")
        await person.until(
            lambda: all(one.mark is DeliveryMark.SETTLED for one in person.entries(TITLE)),
            "no mark of a change on its way",
        )
    assert repeating.control.count(UPDATE) == 1


async def test_one_that_is_deleted_offline_is_gone_there_and_undo_brings_it_back_before(
    stage: Stage, repeating: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")
        repeating.stop()
        await person.until_status("Offline")

        await press_delete(person)
        await answer(person, "reachThis")
        await person.until(lambda: drawn(person) == LEFT_OVER["reachThis"], "the screen")
        person.press(Qt.Key.Key_Z, CTRL)
        await person.until(lambda: drawn(person) == USUAL, "undo")

        await press_delete(person)
        await answer(person, "reachThis")
        await person.until(lambda: drawn(person) == LEFT_OVER["reachThis"], "the screen")
        repeating.start()
        await person.until(lambda: kept(repeating) == LEFT_OVER["reachThis"], "the portal")
        await person.until_status("Up to date")
        assert drawn(person) == LEFT_OVER["reachThis"]


async def test_escape_puts_back_what_was_dropped(stage: Stage, repeating: Portal) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")

        await drop(person, hours(WEDNESDAY, 16, 17))
        person.press(Qt.Key.Key_Escape)
        await person.until_gone("seriesSheet")

        assert drawn(person) == USUAL
        assert not person.calendar.drags.landing
    assert repeating.control.count(UPDATE) == 0


async def test_a_portal_that_cannot_split_a_series_gets_it_back_and_then_it_is_divided(
    stage: Stage, repeating: Portal
) -> None:
    repeating.control.configure(partial_edits=False)
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")

        await drop(person, hours(WEDNESDAY, 16, 17))
        await answer(person, "reachThis")
        await person.until(lambda: "attention" in person.status, "red")
        assert kept(repeating) == USUAL, "the portal's series is as it was"
        (entry,) = await _parked(person)
        await person.application._running.backend.outbox.discard(entry.op_id)
        await person.until_status("Up to date")
        await person.until(lambda: drawn(person) == USUAL, "the series again")

        await drop(person, hours(WEDNESDAY, 16, 17))
        assert person.reads("cannot change one meeting", "seriesSheet")
        await answer(person, "reachThis")
        await person.until(lambda: kept(repeating) == MOVED["reachThis"], "the portal")
        await person.until_status("Up to date")
        await person.until(lambda: drawn(person) == MOVED["reachThis"], "the screen")


async def _parked(person: Person) -> tuple[OutboxEntry, ...]:
    lines = await person.application._running.backend.outbox.lines()
    return tuple(line.entry for line in lines if line.entry.state is OpState.PARKED)


async def test_a_series_is_made_in_the_dialog_and_its_title_changed_for_all(
    stage: Stage, trusted: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, trusted)
        span = hours(TUESDAY, 10, 11)
        person.calendar.show_time(span)
        rect = person.rect_of(span)
        await person.drag(upper(rect), QPoint(rect.center().x(), rect.bottom()))
        await person.until_seen("eventPopover")
        person.type(TITLE)
        person.click("popoverMoreButton")
        await person.until_seen("meetingDialog")
        if not person.sees("meetingRepeat"):
            person.see(QPushButton, "meetingMore").click()
        box = person.see(QComboBox, "meetingRepeat")
        box.setCurrentIndex(1)
        box.activated.emit(1)
        person.press(Qt.Key.Key_Return, CTRL, on=person.see(QLineEdit, "meetingTitle"))
        expected = ["Tue 10", "Wed 10", "Thu 10", "Fri 10", "Sat 10", "Sun 10"]
        await person.until(lambda: kept(trusted)[:6] == expected, "the portal")
        await person.until_status("Up to date")
        await person.until(lambda: drawn(person) == expected, "the screen")
    (made,) = trusted.control.commands("calendar.event.add")
    assert made["rrule"] == {"FREQ": "DAILY", "INTERVAL": 1}


@pytest.mark.parametrize("tail", ["kept", "lost"])
async def test_what_was_changed_alone_stays_and_a_portal_that_doubles_it_is_told_of(
    stage: Stage, repeating: Portal, tail: str
) -> None:
    repeating.control.configure(tail_exceptions=tail)
    (series,) = repeating.control.events()
    evening = hours(THURSDAY, 18, 19)
    repeating.control.change_occurrence(
        int(series["id"]),
        THURSDAY.isoformat(),
        start=evening.start.replace(tzinfo=None).isoformat(),
        end=evening.end.replace(tzinfo=None).isoformat(),
    )
    expected = ["Mon 14", "Tue 14", "Wed 16", "Thu 18", "Fri 16"]
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: "Thu 18" in drawn(person), "the exception")

        await drop(person, hours(WEDNESDAY, 16, 17))
        person.see(QRadioButton, "reachFollowing").click()
        assert person.see(QCheckBox, "seriesKeep").isChecked()
        await answer(person, "reachFollowing")
        await person.until(lambda: drawn(person) == expected, "the screen at once")
        if tail == "kept":
            await person.until(lambda: kept(repeating) == expected, "the portal")
            await person.until_status("Up to date")
        else:
            await person.until(lambda: "Thu 16" in kept(repeating), "the portal's double")
            await person.until(lambda: "attention" in person.status, "red")
            (entry,) = await _parked(person)
            assert entry.scope is not None
            assert entry.scope.part is SeriesPart.LEFT_OUT
        assert drawn(person) == expected


@pytest.mark.parametrize("reach", list(MOVED))
async def test_undo_takes_back_what_was_sent_in_one_step(
    stage: Stage, repeating: Portal, reach: str
) -> None:
    async with stage:
        person = await enter_signed_in(stage, repeating)
        await person.until(lambda: drawn(person) == USUAL, "the series")
        await drop(person, hours(WEDNESDAY, 16, 17))
        await answer(person, reach)
        await person.until(lambda: kept(repeating) == MOVED[reach], "the portal")
        await person.until_status("Up to date")

        person.press(Qt.Key.Key_Z, CTRL)
        await person.until(lambda: drawn(person) == USUAL, "undo on the screen")
        await person.until(lambda: kept(repeating) == USUAL, "undo on the portal")
        await person.until_status("Up to date")
        assert drawn(person) == USUAL
