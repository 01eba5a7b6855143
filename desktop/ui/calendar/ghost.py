"""What the ghost of a drag says: times, length, the client's time, what it clashes with."""

from datetime import timedelta, tzinfo

from desktop.domain.timespan import DateSpan, When
from desktop.ui.calendar.describe import (
    day_text,
    length_text,
    time_text,
    times_text,
    title_text,
    translate,
)
from desktop.ui.calendar.drag import DragController
from desktop.ui.calendar.overlay import Ghost
from desktop.ui.calendar.proposal import worst_clash
from desktop.ui.calendar.scene import days_of
from desktop.ui.calendar.view_state import ViewState


def ghost_of(state: ViewState, drags: DragController) -> Ghost | None:
    """The ghost to draw now."""
    drag, when = drags.drag, drags.proposal
    if drag is None and drags.landing is not None:
        drag, when = drags.landing
        assert drag.entry is not None  # only what is moved lands
        return Ghost(when, drag.entry.color, title_text(drag.entry), ())
    if drag is None or when is None:
        return None
    lines = [label_text(when, state.zone), *_their_times(when, state)]
    clash = worst_clash(when, state.entries, None if drags.copying else drag.entry)
    if clash is not None:
        length = length_text(timedelta(minutes=clash.minutes))
        words = translate("Calendar", "overlaps {0} {1}")
        lines.append(words.format(_short(title_text(clash.entry)), length))
    if drags.copying:
        lines.append(translate("Calendar", "makes a copy"))
    title = "" if drag.entry is None else title_text(drag.entry)
    color = "" if drag.entry is None else drag.entry.color
    return Ghost(when, color, title, tuple(lines), clash is not None)


def label_text(when: When, zone: tzinfo) -> str:
    """Times and length; with the days where there is more than one."""
    if isinstance(when, DateSpan):
        first = day_text(when.first)
        if when.days == 1:
            return first
        count = translate("Calendar", "{0} days").format(when.days)
        return f"{first} – {day_text(when.last)} · {count}"
    length = length_text(when.duration)
    days = days_of(when, zone)
    if days.days == 1:
        return f"{times_text(when, zone)} · {length}"
    start, end = day_text(days.first), day_text(days.last)
    return f"{start}, {time_text(when.start, zone)} – {end}, {time_text(when.end, zone)} · {length}"


def _their_times(when: When, state: ViewState) -> tuple[str, ...]:
    """The times on the client's clock, where it shows others than mine."""
    if state.other_zone is None or isinstance(when, DateSpan):
        return ()
    zone, name = state.other_zone
    theirs = f"{time_text(when.start, zone)} – {time_text(when.end, zone)}"
    if when.start.astimezone(zone).utcoffset() == when.start.astimezone(state.zone).utcoffset():
        return ()
    return (translate("Calendar", "{0} for {1}").format(theirs, name),)


def _short(title: str) -> str:
    return title if len(title) <= 30 else title[:29].rstrip() + "…"
