"""The portal's way to write dates, found out from its own answers, and zones by any name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from desktop.services.api.bitrix24.values import as_int, as_text

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_FORMATTED = re.compile(
    r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4})(?: (\d\d):(\d\d):(\d\d))?$", re.ASCII
)
_NUMERIC = re.compile(
    r"^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})"
    r"(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\.?)?)?$",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_OFFSET_S = 24 * 3600
_NOON = 12


@dataclass(frozen=True, slots=True)
class Culture:
    """One way to write a date: its order ("MDY", "DMY" or "YMD") and what stands between."""

    order: str
    separator: str

    def read(self, text: object) -> tuple[date, time | None] | None:
        """A date and, where one is told, a wall-clock time; None where it is written otherwise."""
        match = _NUMERIC.match(as_text(text).strip())
        if match is None or match[2] != self.separator:
            return None
        parts = dict(zip(self.order, (match[1], match[3], match[4]), strict=True))
        if len(parts["Y"]) != 4:
            return None
        try:
            day = date(int(parts["Y"]), int(parts["M"]), int(parts["D"]))
            return day, None if match[5] is None else _clock_time(match)
        except ValueError:
            return None


CULTURES = (
    Culture("MDY", "/"),
    Culture("DMY", "."),
    Culture("YMD", "-"),
    Culture("DMY", "/"),
    Culture("YMD", "/"),
    Culture("DMY", "-"),
)


def read_formatted(text: object) -> tuple[date, time | None] | None:
    """``Wed Dec 11 2024 17:59:00`` or ``Fri Dec 20 2024``: always English, whatever the locale."""
    match = _FORMATTED.match(as_text(text).strip())
    if match is None or match[1] not in _MONTHS:
        return None
    try:
        day = date(int(match[3]), _MONTHS[match[1]], int(match[2]))
        clock = None if match[4] is None else time(int(match[4]), int(match[5]), int(match[6]))
    except ValueError:
        return None
    return day, clock


def unix_instant(value: object) -> datetime | None:
    """Unix seconds, as a number or as text."""
    seconds = as_int(value)
    if seconds is None or not 0 < seconds < 253_000_000_000:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def zone_of(name: object, offset_s: object, fallback: tzinfo) -> tzinfo:
    """The zone by its IANA name; unknown here: by the told offset; neither: ``fallback``."""
    zone = zone_named(as_text(name).strip())
    if zone is not None:
        return zone
    offset = as_int(offset_s)
    if offset is not None and abs(offset) < _LONGEST_OFFSET_S:
        return timezone(timedelta(seconds=offset))
    return fallback


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, or None."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


def calibrated(
    samples: Iterable[tuple[object, datetime, tzinfo]], known: Culture | None = None
) -> Culture | None:
    """The culture in which every sample (text, instant, zone) means its instant.

    A day below 13 fits two orders; then the first of the list that fits all samples is taken,
    and ``known``, which earlier answers gave, if it still fits.
    """
    fitting = list(CULTURES) if known is None else [known, *CULTURES]
    seen = False
    for text, moment, zone in samples:
        wall = moment.astimezone(zone)
        told = (wall.date(), wall.time().replace(microsecond=0))
        left = [one for one in fitting if _means(one.read(text), told)]
        if left:  # a text that fits no culture says nothing about the others
            fitting, seen = left, True
    return fitting[0] if seen else known


def _means(read: tuple[date, time | None] | None, told: tuple[date, time]) -> bool:
    return read is not None and (read[0], read[1] or time()) == told


def _clock_time(match: re.Match[str]) -> time:
    hour = int(match[5])
    if match[8]:
        hour = hour % _NOON + (_NOON if match[8].lower() == "p" else 0)
    return time(hour, int(match[6]), int(match[7] or 0))
