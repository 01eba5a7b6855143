"""Remembers where the calendar was looked at, so that a restart goes on there."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from desktop.domain.ids import EventId
from desktop.ui.calendar.geometry import LEAST_HOUR_PX, MOST_HOUR_PX
from desktop.ui.calendar.page import CalendarPage
from desktop.ui.calendar.ranges import ViewName
from desktop.ui.preferences import Preferences

NAME = "calendar"
SAVE_MS = 1000
MINUTES_PER_DAY = 24 * 60
FRESH = timedelta(hours=12)
"""A date that was looked at longer ago is no longer where one wants to go on."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What of the view is worth remembering; opaque ids only, the file is not encrypted."""

    view: str
    day: str
    hour_px: float
    top_minute: int
    folded: bool
    selected: str
    at: str

    def to_text(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))


def glance_from(text: str | None) -> Glance | None:
    """What `Glance.to_text` wrote; None for anything else."""
    try:
        glance = Glance(**json.loads(text or ""))
        date.fromisoformat(glance.day)
        ViewName(glance.view)
        sound = (
            datetime.fromisoformat(glance.at).tzinfo is not None
            and LEAST_HOUR_PX <= glance.hour_px <= MOST_HOUR_PX
            and 0 <= glance.top_minute <= MINUTES_PER_DAY
            and isinstance(glance.selected, str)
        )
    except (TypeError, ValueError):
        return None
    return glance if sound else None


class ViewMemory(QObject):
    """Keeps view, day, zoom, scroll, folds and selection a second after they change."""

    def __init__(self, page: CalendarPage, preferences: Preferences) -> None:
        super().__init__(page)
        self._page = page
        self._preferences = preferences
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)
        for signal in (
            page.days_changed,
            page.view.zoom_changed,
            page.view.event_selected,
            page.view.verticalScrollBar().valueChanged,
            page.view.fold_changed,
        ):
            signal.connect(self._on_changed)

    def restore(self) -> None:
        """Look where one looked the last time; day and hour only if that is not long ago."""
        glance = glance_from(self._preferences.get(NAME))
        if glance is None:
            return
        page, view = self._page, self._page.view
        page.set_view(glance.view)
        view.set_hour_px(glance.hour_px)
        view.set_folded(glance.folded)
        if view.state.now() - datetime.fromisoformat(glance.at) > FRESH:
            return
        page.go_to(date.fromisoformat(glance.day))
        view.open_at(glance.top_minute)
        if glance.selected:
            page.select_when_loaded(EventId(glance.selected))

    def save(self) -> None:
        """Keep what is seen now."""
        page, state = self._page, self._page.view.state
        glance = Glance(
            page.view_name(),
            page.anchor().isoformat(),
            state.hour_px,
            round(state.frame.minute_at(state.frame.top)),
            state.folded,
            "" if state.selected is None else str(state.selected[0]),
            state.now().astimezone(UTC).isoformat(timespec="seconds"),
        )
        self._preferences.put(NAME, glance.to_text())

    def _on_changed(self, *_: object) -> None:
        self._timer.start()
