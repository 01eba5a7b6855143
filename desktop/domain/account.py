"""Signed-in systems, and this computer."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from desktop.domain.event import Recording
from desktop.domain.ids import AccountId, UserId


class AccountKind(Enum):
    """Which system an account speaks with."""

    LOCAL = "local"
    BITRIX24 = "bitrix24"
    SCALETRADE = "scaletrade"


class AccountState(Enum):
    """Whether an account may send and pull."""

    ACTIVE = "active"
    SIGN_IN = "sign in"
    STOPPED = "stopped"
    MOVED = "moved"


class MarkerSearch(Enum):
    """Whether looking a create up by its marker is known to work on this account."""

    UNPROVEN = "unproven"
    PROVEN = "proven"
    BROKEN = "broken"


class SignIn(Enum):
    """How an account proves who the user is."""

    WEBHOOK = "webhook"
    OAUTH = "oauth"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an account can do for this user. Only what is True is offered."""

    contacts: bool = True
    edit_contacts: bool = True
    create_contacts: bool = True
    calendar: bool = True
    create_events: bool = True
    calls: bool = True
    responsible: bool = False
    """Meetings can be booked for a colleague."""
    priority: bool = True
    all_day: bool = True
    reminders: int = 1
    """How many reminders an event can carry."""
    missing_scopes: tuple[str, ...] = ()
    recordings: tuple[Recording, ...] = ()
    """The ways in which a booking can be recorded, the one to choose by itself first."""
    series: bool = False
    """Series can be written, as a whole."""
    series_parts: bool = False
    """One occurrence, or it and those that follow, can be changed alone."""
    attendees: bool = False
    """Colleagues can be invited, and invitations answered."""
    free_busy: bool = False
    """When colleagues are busy can be asked."""
    deals: bool = False
    timeline: bool = False
    """A contact's timeline can be read, and comments added."""
    application: bool = False
    """Signed in as an application, which some methods insist on."""


@dataclass(frozen=True, slots=True)
class Account:
    """One signed-in system, or this computer. Its secret lives in the keyring under its id."""

    id: AccountId
    kind: AccountKind
    title: str
    """What the user calls it: "Bitrix24 · Anna", "This computer"."""
    address: str = ""
    """Scheme, host, port and path of the server without any secret; empty for this computer."""
    user_id: UserId | None = None
    user_name: str = ""
    time_zone: str = ""
    state: AccountState = AccountState.ACTIVE
    marker_search: MarkerSearch = MarkerSearch.UNPROVEN
    settle_s: float = 90.0
    """How long the server may still be carrying out a request after its last byte left us."""
    clock_offset_s: float = 0.0
    """Server clock minus ours."""
    capabilities: Capabilities = field(default_factory=Capabilities)
    sample: bool = False
    """Holds invented data; removing it removes all of it."""
    made_at: datetime | None = None
    sign_in: SignIn = SignIn.WEBHOOK
    member_id: str = ""
    """What names the portal for ever, whatever its address becomes; only applications know it."""
    recording: Recording | None = None
    """How the user wants bookings recorded; None: the first that the account can."""
    moved_to: str = ""
    """Where its server says that it lives now; nothing is sent there before the user agrees."""
    color: str = ""
    """What tells it from the other accounts, as #rrggbb; empty: by its place among them."""


@dataclass(frozen=True, slots=True)
class User:
    """A colleague on an account's server."""

    id: UserId
    account_id: AccountId
    name: str
    email: str = ""
    time_zone: str = ""
