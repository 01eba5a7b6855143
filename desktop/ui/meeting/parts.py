"""What the dialog is given: services, clock, zone, and what the user settled elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from desktop.domain.contact import Contact
from desktop.domain.freebusy import WorkHours
from desktop.domain.localtime import LocalTime
from desktop.services.accounts import AccountService
from desktop.services.availability import AvailabilityService
from desktop.services.contacts import ContactService
from desktop.services.dossiers import DossierService
from desktop.services.drafts import DraftService
from desktop.services.schedule import ScheduleService
from desktop.services.series import SeriesService
from desktop.ui.preferences import Preferences
from desktop.ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class FormParts:
    """Handed to the page and by it to the widgets that need it."""

    schedule: ScheduleService
    series: SeriesService
    contacts: ContactService
    drafts: DraftService
    accounts: AccountService
    tasks: TaskRunner
    clock: Callable[[], datetime]
    zone: tzinfo
    """The user's."""
    preferences: Preferences
    local_time: Callable[[Contact], LocalTime | None]
    work: Callable[[], WorkHours] = WorkHours
    dossiers: DossierService | None = None
    """Who knows the deals of a person."""
    availability: AvailabilityService | None = None
    """Who knows when colleagues are busy."""
    session_only: bool = False
    """Nothing outlives the program: there is no keyring to keep the store's key."""

    def today(self) -> date:
        """The day that it is for the user."""
        return self.clock().astimezone(self.zone).date()
