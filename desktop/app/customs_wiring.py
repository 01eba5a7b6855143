"""Takes over what is usual on an account's server, and shows weeks and hours by it."""

from PySide6.QtCore import QLocale, QObject

from desktop.app.front import Front
from desktop.services.changes import Change
from desktop.services.customs import CustomsService


class CustomsWiring(QObject):
    """Connects the customs with the calendar and the month beside it."""

    def __init__(self, customs: CustomsService, front: Front) -> None:
        super().__init__(front.window)
        self._customs = customs
        self._front = front
        customs.changed = self.show
        front.feed.changed.connect(self._on_changed)
        self._follow()

    def show(self) -> None:
        """Weeks and hours as they are chosen now."""
        chosen = self._customs.chosen
        locale = QLocale().firstDayOfWeek().value
        self._front.sidebar.month.set_first_weekday(chosen.week_start)
        self._front.calendar.set_first_weekday(chosen.week_start or locale)
        self._front.calendar.set_work_hours(chosen.work_hours)

    def _on_changed(self, change: Change) -> None:
        if self._customs.on_change(change):
            self._follow()

    def _follow(self) -> None:
        self._front.tasks.start(self._customs.follow(), owner=self)
