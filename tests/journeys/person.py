"""Somebody who uses the real program: looks at widgets by name, types, clicks, waits."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.app import Application
from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import When
from desktop.ui.calendar.week_view import WeekView

T = TypeVar("T", bound=QObject)
PATIENCE_S = 20.0
GLANCE_S = 0.01
STILL_LOOKS = 4
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Person:
    """Drives one `Application` by keyboard and mouse."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.keys = 0
        """How many keys were pressed."""

    # Looking

    def see(self, kind: type[T], name: str) -> T:
        """A widget or action by its objectName; a visible one where there are several."""
        found = [
            one
            for window in QApplication.topLevelWidgets()
            for one in (window, *window.findChildren(kind, name))
            if isinstance(one, kind) and one.objectName() == name
        ]
        assert found, f"no {name} on the screen"
        return next(
            (one for one in found if isinstance(one, QWidget) and one.isVisible()), found[0]
        )

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is visible."""
        return any(
            widget.objectName() == name and widget.isVisible()
            for widget in QApplication.allWidgets()
        )

    def reads(self, text: str, within: str = "mainWindow") -> bool:
        """Whether these words stand somewhere in a visible part."""
        return any(text in said for said in self.words(within))

    def words(self, within: str = "mainWindow") -> list[str]:
        """All that can be read in a visible part."""
        place = self.see(QWidget, within)
        found: list[str] = []
        for widget in (place, *place.findChildren(QWidget)):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
                whole = getattr(widget, "whole_text", widget.text)
                found.append(str(whole()).replace("&&", "&"))
            elif isinstance(widget, QPlainTextEdit):
                found.append(widget.toPlainText())
            elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
                model = widget.model()
                found += [str(model.index(r, 0).data()) for r in range(model.rowCount())]
        return found

    async def until(
        self, true: Callable[[], object], what: str = "", *, patience_s: float = PATIENCE_S
    ) -> None:
        """Waits for something to become true while the program works."""
        deadline = time.monotonic() + patience_s
        while not true():
            assert time.monotonic() < deadline, (
                f"waited in vain for {what or true}; the status is {self.status!r}"
            )
            await asyncio.sleep(GLANCE_S)

    async def until_seen(self, name: str) -> None:
        """Waits for a widget to be visible, in a window that takes the keys."""
        await self.until(lambda: self.sees(name), name)
        window = self.see(QWidget, name).window()
        await self.until(window.isActiveWindow, f"{name} to be in front")

    async def until_still(self) -> None:
        """Waits until the calendar neither scrolls nor changes its size."""
        looks = 0
        before: object = None
        while looks < STILL_LOOKS:
            now = (self.grid.size(), self.calendar.verticalScrollBar().value())
            looks = looks + 1 if now == before else 0
            before = now
            await asyncio.sleep(GLANCE_S)

    async def until_gone(self, name: str) -> None:
        """Waits for a widget to be gone."""
        await self.until(lambda: not self.sees(name), f"{name} to go")
        await self.until(self._some_window_in_front, "a window to be in front")

    async def until_read(self, text: str, within: str = "mainWindow") -> None:
        """Waits for words to appear in a part of the screen."""
        await self.until(
            lambda: self.sees(within) and self.reads(text, within), f"{text!r} in {within}"
        )

    async def until_button(self, text: str, within: str = "mainWindow") -> None:
        """Waits for a visible, enabled button that says ``text``."""

        def offered() -> bool:
            button = self._button(text, within) if self.sees(within) else None
            return button is not None and button.isEnabled()

        await self.until(offered, f"the button {text!r} in {within}")

    async def until_status(self, text: str) -> None:
        """Waits for the status bar to begin with these words."""
        await self.until(lambda: self.status.startswith(text), f"the status {text!r}")

    @property
    def status(self) -> str:
        """What the status bar says."""
        text: str = self.see(QWidget, "syncStatus").property("text")
        return text

    def names(self, list_name: str) -> list[str]:
        """The texts of a list's rows."""
        view = self.see(QAbstractItemView, list_name)
        model = view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    # Keys

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = NO_KEY,
        *,
        on: QWidget | None = None,
    ) -> None:
        """One key, on the widget that has the focus."""
        self.keys += 1
        QTest.keyClick(on or self._focus(), key, modifiers)

    def type(self, text: str, *, on: QWidget | None = None) -> None:
        """Some text, key by key."""
        self.keys += len(text)
        QTest.keyClicks(on or self._focus(), text)

    def write(self, name: str, text: str) -> None:
        """Replaces what stands in a field."""
        field = self.see(QWidget, name)
        field.setFocus()
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)

    def choose(self, name: str, text: str) -> None:
        """Takes the row of a drop-down list that begins with ``text``."""
        box = self.see(QComboBox, name)
        rows = [box.itemText(row) for row in range(box.count())]
        row = next((n for n, said in enumerate(rows) if said.startswith(text)), None)
        assert row is not None, f"no {text!r} in {name}: {rows}"
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        while box.currentIndex() != row:
            before = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down)
            assert box.currentIndex() != before, f"cannot reach {text!r} in {name}"

    def trigger(self, name: str) -> None:
        """A command of the menu or the toolbar."""
        action = self.see(QAction, name)
        assert action.isEnabled(), f"{name} is disabled"
        action.trigger()

    # The mouse

    def click(self, name: str) -> None:
        """The left button, in the middle of a widget."""
        widget = self.see(QWidget, name)
        assert widget.isVisible(), f"{name} is hidden"
        assert widget.isEnabled(), f"{name} is disabled"
        on_box = isinstance(widget, QCheckBox)  # the rest of its width does nothing
        QTest.mouseClick(widget, LEFT, pos=QPoint(8, widget.height() // 2) if on_box else QPoint())

    def click_text(self, text: str, within: str = "mainWindow") -> None:
        """The left button on the visible button that says ``text``."""
        button = self._button(text, within)
        said = [one.text() for one in self._buttons(within) if one.text()]
        assert button is not None, f"no button {text!r} in {within}: {said}"
        assert button.isEnabled(), f"{text!r} is disabled"
        QTest.mouseClick(button, LEFT)

    async def drag(self, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
        """Presses at ``start`` of the grid, moves to ``end`` in steps, lets go."""
        grid = self.grid
        QTest.mousePress(grid, LEFT, pos=start)
        for step in range(1, 7):
            QTest.mouseMove(grid, start + (end - start) * step / 6)
            await asyncio.sleep(GLANCE_S)
        QTest.mouseMove(grid, end)
        await asyncio.sleep(GLANCE_S)
        if drop:
            QTest.mouseRelease(grid, LEFT, pos=end)

    # The calendar

    @property
    def calendar(self) -> WeekView:
        """The time grid."""
        return self.see(WeekView, "calendarView")

    @property
    def grid(self) -> QWidget:
        """The widget of the calendar that takes the mouse."""
        viewport: QWidget = self.calendar.viewport()
        return viewport

    def rect_of(self, span: When) -> QRect:
        """Where a stretch of time is on the grid."""
        rect = self.calendar.rect_of(span)
        assert not rect.isNull(), f"{span} is not shown"
        return rect

    def entries(self, title: str = "") -> list[CalendarEntry]:
        """The events that are drawn, or those of this title."""
        shown = self.calendar.state.entries
        return [one for one in shown if title in ("", one.event.summary)]

    def entry(self, title: str) -> CalendarEntry:
        """The one event of this title that is drawn."""
        found = self.entries(title)
        assert len(found) == 1, f"{len(found)} events called {title!r}"
        return found[0]

    def rect_of_entry(self, title: str) -> QRect:
        """Where the event of this title is drawn."""
        rect = self.calendar.event_rect(self.entry(title).event.id)
        assert not rect.isNull(), f"{title!r} is not in sight"
        return rect

    async def until_drawn(self, title: str) -> None:
        """Waits for an event to be drawn."""
        await self.until(lambda: len(self.entries(title)) == 1, f"one {title!r} in the calendar")

    def _buttons(self, within: str) -> list[QAbstractButton]:
        place = self.see(QWidget, within)
        return [one for one in place.findChildren(QAbstractButton) if one.isVisible()]

    def _button(self, text: str, within: str) -> QAbstractButton | None:
        """The visible button that says ``text``."""
        said = (one for one in self._buttons(within) if one.text().replace("&&", "&") == text)
        return next(said, None)

    def _some_window_in_front(self) -> bool:
        """What a window manager sees to when a window has closed."""
        active: QWidget | None = QApplication.activeWindow()
        if active is None or not active.isVisible():
            modal: QWidget | None = QApplication.activeModalWidget()
            (modal if modal is not None else self.application.window).activateWindow()
        front: QWidget | None = QApplication.activeWindow()
        return front is not None and front.isVisible()

    def _focus(self) -> QWidget:
        focus: QWidget | None = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus
