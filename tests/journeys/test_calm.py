"""What the screen does while nothing happens: nothing."""

import asyncio

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, book_with_alex, enter_signed_in
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
