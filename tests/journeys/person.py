"""Somebody who uses the real program: looks at widgets by name, types, clicks, waits."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from desktop.app import Application

T = TypeVar("T", bound=QObject)
PATIENCE_S = 15.0
GLANCE_S = 0.01


class Person:
    """Drives one `Application` by keyboard and mouse."""

    def __init__(self, application: Application) -> None:
        self.application = application

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

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Waits for something to become true while the program works."""
        deadline = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < deadline, f"waited in vain for {what or true}"
            await asyncio.sleep(GLANCE_S)

    async def until_seen(self, name: str) -> None:
        """Waits for a widget to be visible."""
        await self.until(lambda: self.sees(name), name)

    async def until_gone(self, name: str) -> None:
        """Waits for a widget to be gone."""
        await self.until(lambda: not self.sees(name), f"{name} to go")

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        on: QWidget | None = None,
    ) -> None:
        """One key, on the widget that has the focus."""
        QTest.keyClick(on or self._focus(), key, modifiers)

    def type(self, text: str, *, on: QWidget | None = None) -> None:
        """Some text, key by key."""
        QTest.keyClicks(on or self._focus(), text)

    def write(self, name: str, text: str) -> None:
        """Replaces what stands in a field."""
        field = self.see(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)

    def click(self, name: str) -> None:
        """The left button, in the middle of a widget."""
        QTest.mouseClick(self.see(QWidget, name), Qt.MouseButton.LeftButton)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
        """Presses at ``start``, moves to ``end`` in steps, lets go."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, pos=start)
        for step in range(1, 6):
            QTest.mouseMove(widget, start + (end - start) * step / 5)
        QTest.mouseMove(widget, end)
        if drop:
            QTest.mouseRelease(widget, left, pos=end)

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

    @property
    def grid(self) -> QWidget:
        """The widget of the calendar that takes the mouse."""
        viewport: QWidget = self.application._front.calendar.view.viewport()
        return viewport

    def rect_of(self, span: object) -> QRect:
        """Where a stretch of time is on the grid."""
        rect: QRect = self.application._front.calendar.view.rect_of(span)
        return rect

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.application.window
