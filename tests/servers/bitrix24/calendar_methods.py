"""Everything of the calendar that the portal answers to."""

from collections.abc import Callable
from typing import Final

from . import (
    calendar_busy,
    calendar_reads,
    calendar_sections,
    calendar_settings,
    calendar_writes,
    resources,
)
from .calendar_rights import is_guest
from .calendar_texts import denied
from .world import Call

Handler = Callable[[Call], object]

_FOR_GUESTS: Final = "calendar.settings.get"


def _for_employees(method: Handler) -> Handler:
    def guarded(call: Call) -> object:
        if is_guest(call.world, call.caller.user_id):
            raise denied()
        return method(call)

    return guarded


_ALL: Final[dict[str, Handler]] = {
    **calendar_reads.METHODS,
    **calendar_writes.METHODS,
    **calendar_sections.METHODS,
    **calendar_busy.METHODS,
    **calendar_settings.METHODS,
    **resources.METHODS,
}

METHODS: Final[dict[str, Handler]] = {
    name: method if name == _FOR_GUESTS else _for_employees(method) for name, method in _ALL.items()
}
"""By name; external users get "Access denied" from all but one."""
