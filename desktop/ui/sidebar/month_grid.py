"""Six weeks around a month: which day stands where. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

WEEKS = 6
DAYS = 7


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The 42 days that show ``month`` whole, in weeks that begin with ``first_weekday``."""

    month: date
    """Any day of the month."""
    first_weekday: int
    """1 is Monday, 7 is Sunday, as ISO 8601 and Qt count."""

    @property
    def first(self) -> date:
        """The day in the upper corner: of the month itself, or of the one before."""
        start = self.month.replace(day=1)
        return start - timedelta(days=(start.isoweekday() - self.first_weekday) % DAYS)

    @property
    def end(self) -> date:
        """The day after the last one shown."""
        return self.first + timedelta(days=WEEKS * DAYS)

    def day(self, row: int, column: int) -> date:
        """The day in a cell."""
        return self.first + timedelta(days=row * DAYS + column)

    def cell(self, day: date) -> tuple[int, int] | None:
        """Row and column of ``day``; None where it is not shown."""
        offset = (day - self.first).days
        return divmod(offset, DAYS) if 0 <= offset < WEEKS * DAYS else None

    def contains(self, day: date) -> bool:
        """Whether ``day`` is of the month itself."""
        return (day.year, day.month) == (self.month.year, self.month.month)

    def weekdays(self) -> tuple[int, ...]:
        """ISO numbers of the weekdays, from the first column on."""
        return tuple((self.first_weekday - 1 + n) % DAYS + 1 for n in range(DAYS))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    return day + relativedelta(months=months)
