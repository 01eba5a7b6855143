"""Sentences about the time of colleagues: who is busy, and what is not known."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.availability import Hindrance, SharedBusy, Taken
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan, day_span
from desktop.ui.calendar.describe import times_text
from desktop.ui.details.listing import listed
from desktop.ui.meeting.busy_watch import BusyKnown
from desktop.ui.time_texts import day_text, time_text
from desktop.ui.widgets.avatar import initials

MOST_NAMED = 3
translate = QCoreApplication.translate


def short_names(names: Mapping[UserId, str]) -> dict[UserId, str]:
    """First names, and whole ones where two would be the same."""
    first = {user: name.split()[0] if name.split() else name for user, name in names.items()}
    counted = list(first.values())
    return {
        user: short if counted.count(short) == 1 else names[user] for user, short in first.items()
    }


def hindrance_text(
    found: Sequence[Hindrance], known: BusyKnown, when: TimeSpan, now: datetime, zone: tzinfo
) -> str:
    """Who is in the way of a plan, in sentences; empty where nobody is."""
    names = short_names(known.names)
    busy = [one for one in found if not one.unknown]
    lines = [_busy_sentence(one, names.get(one.user, ""), when, zone) for one in busy[:MOST_NAMED]]
    if len(busy) > MOST_NAMED:
        words = translate("Busy", "{0} more are busy")
        lines.append(words.format(len(busy) - MOST_NAMED))
    unknown = [one for one in found if one.unknown and not known.asking]
    if unknown:
        lines.append(_unknown_sentence(unknown, names, now, zone))
    return ". ".join(lines)


def _busy_sentence(one: Hindrance, name: str, when: TimeSpan, zone: tzinfo) -> str:
    templates = {
        Taken.BUSY: translate("Busy", "{name} is busy {times}"),
        Taken.AWAY: translate("Busy", "{name} is out of office {times}"),
        Taken.TENTATIVE: translate("Busy", "{name} may be busy {times}"),
    }
    hit = [span for span in one.spans if span.overlaps(when)]
    times = ", ".join(_times(span, when, zone) for span in hit[:2])
    return templates[one.how].format(name=name, times=times)


def _times(span: TimeSpan, when: TimeSpan, zone: tzinfo) -> str:
    day = day_span(when.start.astimezone(zone).date(), zone)
    if span.start <= day.start and day.end <= span.end:
        return translate("Busy", "all day")
    return times_text(span, zone)


def _unknown_sentence(
    found: Sequence[Hindrance], names: Mapping[UserId, str], now: datetime, zone: tzinfo
) -> str:
    who = listed([names.get(one.user, "") for one in found[:MOST_NAMED]])
    if len(found) > MOST_NAMED:
        who = translate("Busy", "{0} and {1} more").format(who, len(found) - MOST_NAMED)
    told = [one.as_of for one in found if one.as_of is not None]
    if len(told) < len(found):
        return translate("Busy", "When {0} can come is not known").format(who)
    since = since_text(min(told), now, zone)
    return translate("Busy", "{0}: unknown since {1}").format(who, since)


def since_text(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """A time of today by its hour, an earlier one with its day."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = time_text(local)
    return clock if local.date() == today else f"{day_text(local.date(), today)} {clock}"


def age_text(known: BusyKnown, now: datetime, zone: tzinfo) -> str:
    """How old what is known of the colleagues' time is, in one line under the day."""
    if not known.people:
        return ""
    since = known.known_since()
    if known.asking and any(not one.fresh for one in known.people):
        return translate("Busy", "Asking when your colleagues are busy…")
    if since is None:
        return translate("Busy", "When your colleagues are busy is not known.")
    clock = since_text(since, now, zone)
    if all(one.fresh for one in known.people):
        return translate("Busy", "Colleagues’ busy times as of {0}").format(clock)
    return translate("Busy", "Colleagues’ time: unknown since {0}").format(clock)


def stretch_letters(stretch: SharedBusy, names: Mapping[UserId, str]) -> tuple[str, ...]:
    """The initials of all for a stretch of the day; a question mark where it is only perhaps."""
    letters = (initials(names.get(user, "")) or "?" for user in stretch.users)
    if stretch.how is Taken.TENTATIVE:
        return tuple(f"{one} ?" for one in letters)
    return tuple(letters)


def stretch_text(stretch: SharedBusy, names: Mapping[UserId, str], zone: tzinfo) -> str:
    """The same in words, for the pointer and for screen readers."""
    who = listed([names.get(user, "") for user in stretch.users])
    templates = {
        Taken.BUSY: translate("Busy", "{0}: busy {1}"),
        Taken.AWAY: translate("Busy", "{0}: out of office {1}"),
        Taken.TENTATIVE: translate("Busy", "{0}: perhaps busy {1}"),
    }
    return templates[stretch.how].format(who, times_text(stretch.span, zone))
