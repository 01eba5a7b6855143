"""What the screen does while nothing happens: nothing."""

import asyncio
import gc
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in, sign_in
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(60)]


class Watcher(QObject):
    """Notes each window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def stop(self) -> None:
        """Notes no more."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = isinstance(watched, QWidget) and event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def picture(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    return widget.grab().toImage()


async def reads_again(person: Person, portal: Portal) -> None:
    """Waits until calendar and contacts have been asked for again."""

    def asked() -> tuple[int, int]:
        commands = portal.control.commands
        return len(commands("calendar.event.get")), len(commands("crm.contact.list"))

    before = asked()
    await person.until(
        lambda: all(now > then + 1 for now, then in zip(asked(), before, strict=True)),
        "another reading",
    )
    await asyncio.sleep(0.3)


async def test_a_sync_that_brings_nothing_changes_no_pixel(stage: Stage, trusted: Portal) -> None:
    trusted.control.seed_contacts(60)
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, hours(TUESDAY, 14, 15), "Demo")
        await person.until_status("Up to date")
        await reads_again(person, trusted)
        person.see(QWidget, "undoToast").hide()
        selected, scroll = person.calendar.state.selected, person.calendar.verticalScrollBar()
        grid, window, place = picture(person.grid), picture(person.grid.window()), scroll.value()
        person.press(Qt.Key.Key_F5)
        await reads_again(person, trusted)
        await person.until_status("Up to date")

        assert picture(person.grid) == grid
        assert picture(person.grid.window()) == window
        assert (person.calendar.state.selected, scroll.value()) == (selected, place)


async def test_background_reading_never_says_syncing(stage: Stage, trusted: Portal) -> None:
    trusted.control.seed_contacts(60)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        said: set[str] = set()

        def note() -> bool:
            said.add(person.status)
            return len(trusted.control.commands("calendar.event.get")) > seen + 6

        seen = len(trusted.control.commands("calendar.event.get"))
        await person.until(note, "some readings")
        assert said == {"Up to date · just now"}


async def test_no_part_of_the_window_is_shown_as_a_window_before_its_time(
    stage: Stage, trusted: Portal
) -> None:
    watcher = Watcher()
    async with stage:
        await enter_signed_in(stage, trusted)
        watcher.stop()
    assert watcher.windows == ["MainWindow mainWindow"]


class Pauses(QObject):
    """Ticks every 10 ms, and notes how long our own work has kept it from ticking.

    What other programs take of the processor does not count: between two ticks that are far
    apart this process has worked for no longer than its processor time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self.ticks = 0
        self._last: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def stop(self) -> None:
        """Ticks no more."""
        self._timer.stop()

    def _on_tick(self) -> None:
        now = time.perf_counter(), time.process_time()
        if self._last is not None:
            passed, worked = now[0] - self._last[0], now[1] - self._last[1]
            self.longest_s = max(self.longest_s, min(passed, worked))
        self._last = now
        self.ticks += 1


@pytest.fixture
def no_collector() -> Iterator[None]:
    """The program lets no collector look at everything while it reads; nor does this test."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
async def test_the_window_is_never_held_for_50_ms_by_a_first_sync_of_20_000(
    stage: Stage, trusted: Portal
) -> None:
    trusted.control.seed_contacts(20_000)
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted)
        pauses = Pauses()
        await person.until_status("Syncing contacts")
        await person.until_status("Up to date")
        pauses.stop()
        assert pauses.ticks > 50
        assert pauses.longest_s <= 0.050
