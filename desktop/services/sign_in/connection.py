"""ConnectionReport: what a test of a connection found, for a person to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from desktop.domain.account import Account
from desktop.domain.customs import Customs
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.address import WebhookAddress
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, TokenPair
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.port import Identity

SKEW_TOLD_S = 300.0
"""Clocks further apart are told; searches by time are widened anyway."""


class Permission(Enum):
    """What a user can be allowed to do, in the order of the report."""

    CONTACTS = "contacts"
    EDIT_CONTACTS = "editing contacts"
    CALENDAR = "calendar"
    ACTIVITIES = "creating activities"
    COLLEAGUES = "colleagues"
    SERIES = "series"
    SERIES_PARTS = "parts of series"
    ATTENDEES = "attendees"
    FREE_BUSY = "free and busy"
    DEALS = "deals"
    TIMELINE = "timeline"


_SCOPES = {
    Permission.CONTACTS: ("crm",),
    Permission.EDIT_CONTACTS: ("crm",),
    Permission.CALENDAR: ("calendar",),
    Permission.ACTIVITIES: ("crm",),
    Permission.COLLEAGUES: ("user", "user_basic", "user_brief", "crm"),
    Permission.SERIES: ("calendar",),
    Permission.SERIES_PARTS: ("calendar",),
    Permission.ATTENDEES: ("calendar", "user"),
    Permission.FREE_BUSY: ("calendar", "user"),
    Permission.DEALS: ("crm",),
    Permission.TIMELINE: ("crm",),
}


class Caution(Enum):
    """What is worth knowing before an account is added."""

    ADMIN = "admin"
    """The credentials belong to an administrator: they open more than is needed."""
    CLOCK_SKEW = "clock skew"
    KNOWN = "known"
    """This user of this server is an account already; adding renews its sign-in."""
    NOT_INSTALLED = "not installed"
    """Only administrators may use the application yet."""
    UNPAID = "unpaid"
    """What the application's use was paid for has ended."""


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """One permission. ``ask_for`` is the scope to ask for where it is missing, or empty."""

    permission: Permission
    granted: bool
    ask_for: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """Who we are there and what is allowed. Shows itself without the secret."""

    account: Account
    """As it would be added."""
    permissions: tuple[PermissionLine, ...]
    cautions: tuple[Caution, ...] = ()
    clock_offset_s: float = 0.0
    existing: AccountId | None = None
    customs: Customs | None = None
    """What is usual there, to be taken over or not."""
    secret: str = field(default="", repr=False)
    """The webhook, whole; empty where one signs in as an application."""
    app: tuple[AppKey, TokenPair] | None = field(default=None, repr=False)
    """The application and the tokens that it was given; None for a webhook."""
    probed: tuple[tuple[str, str], ...] = ()
    """What signing in has shown of the portal: names of probes and their answers."""
    fast: bool = False
    """The portal's plan lets programs ask more often than others do."""

    @property
    def who(self) -> str:
        """The user's name on the server."""
        return self.account.user_name

    @property
    def usable(self) -> bool:
        """Whether anything at all would work."""
        return any(line.granted for line in self.permissions)


def permission_lines(identity: Identity) -> tuple[PermissionLine, ...]:
    """What is allowed, and which scope to ask for where it is not."""
    can = identity.capabilities
    granted = {
        Permission.CONTACTS: can.contacts,
        Permission.EDIT_CONTACTS: can.edit_contacts,
        Permission.CALENDAR: can.calendar,
        Permission.ACTIVITIES: can.create_events and "crm" not in can.missing_scopes,
        Permission.COLLEAGUES: can.responsible,
        Permission.SERIES: can.series,
        Permission.SERIES_PARTS: can.series_parts,
        Permission.ATTENDEES: can.attendees,
        Permission.FREE_BUSY: can.free_busy,
        Permission.DEALS: can.deals,
        Permission.TIMELINE: can.timeline,
    }
    if not can.series:
        del granted[Permission.SERIES_PARTS]  # nothing has parts where there are no series
    return tuple(
        PermissionLine(one, yes, "" if yes else _scope_for(one, can.missing_scopes))
        for one, yes in granted.items()
    )


def _scope_for(permission: Permission, missing: tuple[str, ...]) -> str:
    return next((scope for scope in _SCOPES[permission] if scope in missing), "")


def report_of(
    tried: Account, address: WebhookAddress, identity: Identity, known: Sequence[Account]
) -> ConnectionReport:
    """What the server said of a webhook; ``known`` are the accounts that exist already."""
    return replace(_report(tried, address.host, identity, known), secret=address.text)


def app_report_of(
    tried: Account,
    portal: PortalAddress,
    app: tuple[AppKey, TokenPair],
    identity: Identity,
    known: Sequence[Account],
) -> ConnectionReport:
    """What the server said of a user who let an application in."""
    return replace(_report(tried, portal.host, identity, known), app=app)


def _report(
    tried: Account, host: str, identity: Identity, known: Sequence[Account]
) -> ConnectionReport:
    account = _identified(tried, host, identity)
    same = [one.id for one in known if _same(one, account)]
    cautions = {
        Caution.ADMIN: identity.admin,
        Caution.CLOCK_SKEW: abs(identity.clock_offset_s) > SKEW_TOLD_S,
        Caution.KNOWN: bool(same),
        Caution.NOT_INSTALLED: not identity.installed,
        Caution.UNPAID: not identity.paid,
    }
    return ConnectionReport(
        account=account,
        permissions=permission_lines(identity),
        cautions=tuple(caution for caution, applies in cautions.items() if applies),
        clock_offset_s=identity.clock_offset_s,
        existing=same[0] if same else None,
        customs=identity.customs,
        fast=identity.fast,
    )


def _same(known: Account, found: Account) -> bool:
    """Whether both are the same user of the same portal, whatever its address is now."""
    portal = known.address == found.address or (
        bool(known.member_id) and known.member_id == found.member_id
    )
    return portal and _bare_user(known) == _bare_user(found)


def _identified(account: Account, host: str, identity: Identity) -> Account:
    name = identity.user_name.strip()
    return replace(
        account,
        title=f"{host} · {name}" if name else host,
        user_id=identity.user_id,
        user_name=name,
        time_zone=identity.time_zone,
        capabilities=identity.capabilities,
        clock_offset_s=identity.clock_offset_s,
    )


def _bare_user(account: Account) -> str:
    """The server's own id of the user, which is told with the account's id before it."""
    return (account.user_id or "").rpartition(":")[2]
