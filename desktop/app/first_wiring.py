"""Which days are on view, and who hears of it: all that the first paint has to know."""

from PySide6.QtCore import QObject

from desktop.app.first_look import FirstLook
from desktop.app.window_preferences import WindowPreferences
from desktop.ui.calendar.view_memory import ViewMemory


class FirstWiring(QObject):
    """Connects the calendar with its actions and the top bar."""

    def __init__(self, look: FirstLook, preferences: WindowPreferences) -> None:
        super().__init__(look.window)
        self._look = look
        self._connect_pages()
        self._connect_views()
        self._memory = ViewMemory(look.calendar, preferences)
        self._memory.restore()

    def _connect_pages(self) -> None:
        calendar, actions = self._look.calendar, self._look.actions
        calendar.range_changed.connect(self._look.window.top_bar.show_range)
        actions.today.triggered.connect(calendar.show_today)
        actions.previous.triggered.connect(calendar.previous)
        actions.next.triggered.connect(calendar.next)
        calendar.go_to(calendar.anchor())  # says again what it shows, now that all listen

    def _connect_views(self) -> None:
        look = self._look
        self._views = {
            "day": look.actions.view_day,
            "work_week": look.actions.view_work_week,
            "week": look.actions.view_week,
        }
        look.actions.views.triggered.connect(self._on_view_chosen)
        look.calendar.view_changed.connect(self._on_view_changed)

    def _on_view_chosen(self) -> None:
        for name, action in self._views.items():
            if action.isChecked():
                self._look.calendar.set_view(name)

    def _on_view_changed(self, name: str) -> None:
        self._views[name].setChecked(True)
