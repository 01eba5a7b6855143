"""How a portal prints calendar dates: its culture's form, and the fixed English one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Culture:
    """A date form, a time form, and whether an all-day date carries its midnight."""

    date_form: str
    time_form: str
    midnight_shown: bool

    def day(self, day: date) -> str:
        """The date part alone, as in ``EXDATE`` and ``UNTIL``."""
        return day.strftime(self.date_form)

    def moment(self, moment: datetime) -> str:
        """Date and time: ``12/11/2024 05:59:00 pm`` in the American form."""
        return (
            moment.strftime(f"{self.date_form} {self.time_form}")
            .replace("AM", "am")
            .replace("PM", "pm")
        )

    def whole_day(self, day: date) -> str:
        """An all-day event's date: with ``00:00:00``, or without."""
        return f"{self.day(day)} 00:00:00" if self.midnight_shown else self.day(day)

    def read_date(self, text: str) -> date | None:
        """A date in this culture's form or in ISO form."""
        readers: tuple[Callable[[str], date], ...] = (
            lambda part: datetime.strptime(part, self.date_form).replace(tzinfo=UTC).date(),
            date.fromisoformat,
        )
        for read in readers:
            try:
                return read(text.strip()[:10])
            except ValueError:
                continue
        return None


CULTURES = {
    "us": Culture("%m/%d/%Y", "%I:%M:%S %p", midnight_shown=False),
    "de": Culture("%d.%m.%Y", "%H:%M:%S", midnight_shown=True),
    "iso": Culture("%Y-%m-%d", "%H:%M:%S", midnight_shown=True),
    "gb": Culture("%d/%m/%Y", "%H:%M:%S", midnight_shown=False),
    "in": Culture("%d/%m/%Y", "%I:%M:%S %p", midnight_shown=False),
    "jp": Culture("%Y/%m/%d", "%H:%M:%S", midnight_shown=True),
}


def english(moment: datetime) -> str:
    """``Wed Dec 11 2024 17:59:00``, whatever the portal's language."""
    return f"{english_date(moment)} {moment:%H:%M:%S}"


def english_date(day: date) -> str:
    """``Fri Dec 20 2024``."""
    return f"{_DAYS[day.weekday()]} {_MONTHS[day.month - 1]} {day.day:02d} {day.year}"
