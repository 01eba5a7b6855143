"""Which days are on view, and who hears of it: all that the first paint has to know."""

from PySide6.QtCore import QObject

from desktop.app.first_front import FirstFront
from desktop.app.window_preferences import WindowPreferences
from desktop.ui.calendar.view_memory import ViewMemory


class FirstWiring(QObject):
    """Connects the calendar with its actions, the top bar and the month beside it."""

    def __init__(self, front: FirstFront, preferences: WindowPreferences) -> None:
        super().__init__(front.window)
        self._front = front
        self._connect_pages()
        self._connect_views()
        self._memory = ViewMemory(front.calendar, preferences)
        self._memory.restore()

    def _connect_pages(self) -> None:
        front = self._front
        calendar, actions = front.calendar, front.actions
        calendar.range_changed.connect(front.window.top_bar.show_range)
        calendar.days_changed.connect(front.sidebar.show_visible)
        front.sidebar.day_chosen.connect(calendar.go_to)
        actions.today.triggered.connect(calendar.show_today)
        actions.previous.triggered.connect(calendar.previous)
        actions.next.triggered.connect(calendar.next)
        calendar.set_day_finder(front.sidebar.month.day_at_global)
        actions.find_contact.triggered.connect(front.contacts.focus_search)
        front.sidebar.accounts_shown.connect(front.status.show_accounts)
        calendar.go_to(calendar.anchor())  # says again what it shows, now that all listen

    def _connect_views(self) -> None:
        front = self._front
        self._views = {
            "day": front.actions.view_day,
            "work_week": front.actions.view_work_week,
            "week": front.actions.view_week,
        }
        front.actions.views.triggered.connect(self._on_view_chosen)
        front.calendar.view_changed.connect(self._on_view_changed)

    def _on_view_chosen(self) -> None:
        for name, action in self._views.items():
            if action.isChecked():
                self._front.calendar.set_view(name)

    def _on_view_changed(self, name: str) -> None:
        self._views[name].setChecked(True)
