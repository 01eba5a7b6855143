"""Eight zones and the night in each that a calendar is likely to get wrong."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Night:
    """A night in which a zone's clocks change; the numbers are written down, not computed."""

    zone: str
    day: date
    """The local date of the change."""
    at: time
    """A time of that date that is skipped, or comes twice."""
    before_s: int
    """Offset from UTC before the change, in seconds."""
    after_s: int

    def instant(self, moment: datetime) -> int:
        """Unix seconds of a naive local time; a doubled one is the first, a skipped one late.

        Only for times of this day and the seven before and after it.
        """
        changed = moment.date() > self.day or (
            moment.date() == self.day and moment.time() >= time(4)
        )
        offset = self.after_s if changed else self.before_s
        return int((moment - datetime(1970, 1, 1)).total_seconds()) - offset  # noqa: DTZ001

    def local(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A naive local time so many days from the change."""
        return datetime.combine(self.day + timedelta(days=days), time(hour, minute))


NIGHTS: Final = (
    Night("Europe/Berlin", date(2026, 3, 29), time(2, 30), 3600, 7200),
    Night("America/New_York", date(2026, 11, 1), time(1, 30), -14400, -18000),
    Night("America/St_Johns", date(2026, 3, 8), time(2, 30), -12600, -9000),
    Night("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), 39600, 37800),
    Night("Pacific/Auckland", date(2026, 9, 27), time(2, 30), 43200, 46800),
    Night("America/Santiago", date(2026, 9, 6), time(0, 30), -14400, -10800),
    Night("Africa/Casablanca", date(2026, 2, 15), time(2, 30), 3600, 0),
    Night("Pacific/Kiritimati", date(2026, 6, 21), time(2, 30), 50400, 50400),
)
"""By the hour and by the half, forward and back, at midnight, for Ramadan, and not at all."""
