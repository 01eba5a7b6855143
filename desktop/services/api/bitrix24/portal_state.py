"""What an account learns from its portal and reuses: calendars, settings, colleagues, culture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from desktop.domain.account import Account, SignIn, User
from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId, CalendarId, UserId
from desktop.services.api.bitrix24.activities.wire_activity import ActivityContext, ActivityDetails
from desktop.services.api.bitrix24.calendar.calendar_rows import SectionRow
from desktop.services.api.bitrix24.calendar.calendar_times import TimeReader
from desktop.services.api.bitrix24.calendar.places import (
    ALL_ROOMS,
    COMPANY,
    GROUP,
    MOST_GROUPS,
    Place,
    place_of,
)
from desktop.services.api.bitrix24.calendar.wire_calendar import (
    CalendarContext,
    calendar_of,
    default_section,
    may_write,
)
from desktop.services.api.bitrix24.culture import Culture, zone_named
from desktop.services.api.bitrix24.plain import one_line
from desktop.services.api.bitrix24.probes import Probes
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import (
    calendar_id,
    calls_calendar,
    each,
    others_calendar,
    user_number,
)

CALLS_NAME = "Calls and activities"
OTHERS_NAME = "Booked for others"
CALLS_COLOR = "#4f9d8f"
OTHERS_COLOR = "#8a7fb5"
USERS_FRESH = timedelta(hours=12)
SHARED_FRESH = timedelta(hours=1)
"""So long the lists of others' calendars are believed; their events come with every window."""


@dataclass(slots=True)
class PortalState:
    """Filled by each pull; starts with what the account remembers."""

    account: AccountId
    user: UserId
    time_zone: str = ""
    culture: Culture | None = None
    calendars: tuple[Calendar, ...] = ()
    users: tuple[User, ...] = ()
    users_at: datetime | None = None
    expands: bool = False
    """The portal has shown that it tells each occurrence of a series."""
    default: str = ""
    """The number of the calendar that CRM meetings land in."""
    writable: dict[str, bool] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    """The meeting rooms: their names by number."""
    groups: set[int] = field(default_factory=set)
    """The groups that are known of, and may be seen."""
    shared: tuple[SectionRow, ...] = ()
    """The calendars of groups and of the company, as they were told last."""
    shared_at: datetime | None = None
    closed: set[Place] = field(default_factory=set)
    """Of whom the portal said that their calendars are not for this user."""
    probes: Probes = field(default_factory=Probes)
    """What this portal does where the documentation is silent."""
    available: frozenset[str] = frozenset()
    """Those of `probes.METHODS` that may be called; empty before the first check."""
    application: bool = False
    """Signed in as an application, which alone may write cards."""
    details: dict[str, tuple[str, ActivityDetails]] = field(default_factory=dict)
    """What was read of activities beyond their rows: time of change and details, by id."""

    @classmethod
    def of(cls, account: Account, probes: Probes | None = None) -> "PortalState":
        """Nothing learned yet but what ``probes`` remember."""
        number = user_number(account.user_id)
        user = UserId(str(number or ""))
        state = cls(account.id, user, account.time_zone, probes=probes or Probes())
        state.application = account.sign_in is SignIn.OAUTH
        return state

    @property
    def zone(self) -> tzinfo:
        """The user's zone on the portal."""
        return zone_named(self.time_zone) or UTC

    @property
    def reader(self) -> TimeReader:
        """Reads the calendar's times."""
        return TimeReader(self.zone, self.culture)

    @property
    def calendar_context(self) -> CalendarContext:
        """For reading events."""
        return CalendarContext(
            self.account,
            self.user,
            self.reader,
            self.time_zone,
            dict(self.writable),
            self.rooms,
        )

    def activity_context(self, meetings: CalendarId | None = None) -> ActivityContext:
        """For reading activities; ``meetings``: where the user's meetings stand."""
        if meetings is None and self.default:
            meetings = calendar_id(self.account, self.default)
        return ActivityContext(
            self.account, self.user, self.time_zone, meetings, application=self.application
        )

    def learn(self, user: UserId, time_zone: str) -> None:
        """Whose calendar it is, and the zone; an empty one teaches nothing."""
        self.user = user
        if time_zone:
            self.time_zone = time_zone

    def learn_methods(self, available: frozenset[str]) -> None:
        """Which methods may be called now."""
        self.available = available
        self.probes.recognise(available)

    def learn_settings(self, settings: Mapping[str, object]) -> None:
        """The user's zone: the calendar's own setting is the best source of it."""
        zone = as_text(settings.get("timezoneName")).strip()
        if zone_named(zone) is not None:
            self.time_zone = zone

    @property
    def shared_places(self) -> tuple[Place, ...]:
        """The company's calendars, and those of the groups."""
        groups = sorted(self.groups)[:MOST_GROUPS]
        places = (COMPANY, *(Place(GROUP, number) for number in groups))
        return tuple(place for place in places if place not in self.closed)

    def shared_due(self, now: datetime) -> bool:
        """Whether it is time to look at others' lists of calendars again."""
        return self.shared_at is None or now - self.shared_at > SHARED_FRESH

    def learn_sections(self, rows: list[SectionRow], settings: Mapping[str, object]) -> None:
        """The user's calendars, those of groups and the company, and two that exist here only."""
        own = [as_id(row.id) for row in rows if as_id(row.id) and may_write(row)]
        self.default = default_section(settings, str(self.user), own)
        everything = [*rows, *self.shared]
        self.writable = {as_id(row.id): may_write(row) for row in everything}
        self.rooms = {
            as_id(row.id): one_line(as_text(row.name))
            for row in self.shared
            if place_of(row) == ALL_ROOMS
        }
        real = each(
            everything, lambda row: calendar_of(row, self.account, self.default), "calendar"
        )
        self.calendars = (*real, *self._virtual())

    def _virtual(self) -> tuple[Calendar, Calendar]:
        account = self.account
        return (
            Calendar(calls_calendar(account), account, CALLS_NAME, CALLS_COLOR),
            Calendar(
                others_calendar(account),
                account,
                OTHERS_NAME,
                OTHERS_COLOR,
                writable=False,
                kind=CalendarKind.BOOKED,
            ),
        )
