"""Customs: what is usual where an account is kept: hours, weeks, holidays, reminders. Pure."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum

from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours


@dataclass(frozen=True, slots=True)
class Customs:
    """As the account's server told them; None where it did not."""

    work: WorkHours | None = None
    """With the holidays, and the days on which one works all the same."""
    week_start: int | None = None
    """The ISO weekday that weeks begin with, Monday 1."""
    reminders: tuple[Reminder, ...] | None = None
    """Of a new meeting."""
    all_day_reminders: tuple[Reminder, ...] | None = None
    time_zone: str = ""
    """The user's there, an IANA name."""

    @property
    def told(self) -> bool:
        """Whether there is anything to follow; a zone alone is not."""
        kept = (self.work, self.week_start, self.reminders, self.all_day_reminders)
        return any(one is not None for one in kept)


class Following(Enum):
    """Whose customs this computer follows."""

    UNDECIDED = ""
    """Nobody was asked, and nothing was changed by hand."""
    OWN = "own"
    """The user keeps his own."""
    ACCOUNT = "account"


def zone_differs(there: str, here: tzinfo) -> bool:
    """Whether the user's zone on a server is another one than this computer's."""
    return bool(there) and there != getattr(here, "key", there)
