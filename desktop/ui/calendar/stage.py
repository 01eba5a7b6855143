"""What is on the view now, as the parts that act on it need to know."""

from datetime import datetime, tzinfo
from typing import Protocol

from desktop.domain.event import CalendarEntry
from desktop.ui.calendar.geometry import Frame
from desktop.ui.calendar.scene import Scene


class Stage(Protocol):
    """The view's own state, read only."""

    @property
    def frame(self) -> Frame:
        """Sizes and scroll."""
        ...

    @property
    def scene(self) -> Scene:
        """Everything placed."""
        ...

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """What is shown."""
        ...

    @property
    def zone(self) -> tzinfo:
        """Whose wall clock the grid shows."""
        ...

    def now(self) -> datetime:
        """The present, UTC."""
        ...
