"""The colours of an event in each of its states."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor

from desktop.domain.event import CalendarEntry, DeliveryMark, EventStatus, Participation
from desktop.domain.timespan import DateSpan, When, start_of_day
from desktop.ui.theme import Theme, event_colors, mixed, readable

STRIPE_SHARE = 0.7
"""How much of the window shows in the light stripes of a tentative event."""


class Phase(Enum):
    """Where an event is in time."""

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class EventState:
    """What of an event changes its paint."""

    phase: Phase = Phase.COMING
    tentative: bool = False
    declined: bool = False
    cancelled: bool = False
    mark: DeliveryMark = DeliveryMark.SETTLED

    @property
    def struck(self) -> bool:
        """Whether a line goes through its title."""
        return self.declined or self.cancelled

    @property
    def dashed(self) -> bool:
        """Whether its outline says that a change has not arrived yet."""
        return self.mark is not DeliveryMark.SETTLED


@dataclass(frozen=True, slots=True, eq=False)
class EventLook:
    """Colours to paint with; both texts are readable on ``fill`` and on ``stripe``."""

    state: EventState
    bar: QColor
    fill: QColor
    stripe: QColor
    text: QColor
    muted: QColor
    outline: QColor


def phase_of(when: When, zone: tzinfo, now: datetime) -> Phase:
    """Whether it is over, goes on, or comes; whole days never count as going on."""
    if isinstance(when, DateSpan):
        return Phase.PAST if start_of_day(when.end, zone) <= now else Phase.COMING
    if when.end <= now:
        return Phase.PAST
    return Phase.CURRENT if when.start <= now else Phase.COMING


def state_of(entry: CalendarEntry, phase: Phase) -> EventState:
    """The state that an entry is painted in."""
    event = entry.event
    return EventState(
        phase=phase,
        tentative=event.status is EventStatus.TENTATIVE
        or event.participation in (Participation.TENTATIVE, Participation.NEEDS_ACTION),
        declined=event.participation is Participation.DECLINED,
        cancelled=event.status is EventStatus.CANCELLED,
        mark=entry.mark,
    )


@lru_cache(maxsize=1024)
def look_of(color: str, state: EventState, theme: Theme) -> EventLook:
    """The colours of a calendar colour in a state."""
    colors = theme.colors
    if state.cancelled:
        fill = QColor(colors.pane)
        text = readable(colors.muted, fill)
        return EventLook(state, QColor(colors.muted), fill, fill, text, text, QColor(colors.muted))
    paint = event_colors(color, theme, dimmed=state.phase is Phase.PAST)
    fill = mixed(colors.window, paint.fill, 0.35) if state.declined else paint.fill
    stripe = mixed(fill, colors.window, STRIPE_SHARE)
    return EventLook(
        state,
        bar=paint.bar,
        fill=fill,
        stripe=stripe,
        text=readable(readable(paint.text, fill), stripe),
        muted=readable(readable(paint.muted, fill), stripe),
        outline=paint.bar,
    )
