"""Servers that an account is held against: what a test can do to them, and see of them.

Another system joins by a class with these methods and a line in ``conftest.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from desktop.domain.account import AccountKind
from desktop.domain.ids import RecordKind, RemoteId
from desktop.domain.sync import Verb
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.signing_in.access import Access, WebhookAccess
from desktop.services.api.bitrix24.signing_in.app_access import AppAccess
from desktop.services.api.bitrix24.signing_in.oauth_server import SignInServer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation, TokenPair
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.bitrix24.signing_in.tokens import MemoryTokens, TokenKeeper
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.local.account import LocalAccount
from desktop.services.api.port import RemoteAccount
from desktop.services.api.trust import build_context
from tests.builders import make_account
from tests.servers.portal import Portal
from tests.services.api.conftest import People

ACCOUNT = "b1"
CALENDAR = "b1:41"
_OLD_FAMILY = [
    f"crm.{kind}.{verb}"
    for kind in ("contact", "company", "deal")
    for verb in ("get", "list", "add", "update", "delete", "fields")
]
_NEW_METHODS = ["crm.item.list", "crm.item.get", "crm.activity.todo.add"]


class Server(Protocol):
    """One server, with a person of ``contact`` on it."""

    account: RemoteAccount
    contact: RemoteId

    async def prepare(self) -> None:
        """Makes the server ready: the account, and somebody to meet."""
        ...

    def rows(self, kind: RecordKind) -> int:
        """How many records of a kind it has."""
        ...

    def writes(self) -> int:
        """How many writing requests it has got."""
        ...

    def refuse(self, kind: RecordKind, verb: Verb) -> None:
        """The next such write meets "no right"."""
        ...

    def lose(self, kind: RecordKind, verb: Verb, *, carried_out: bool) -> None:
        """The next such write gets no answer."""
        ...

    def vanish(self) -> None:
        """Nobody answers at its address any more."""
        ...


class LocalServer:
    """This computer, which is nobody's second copy."""

    def __init__(self) -> None:
        self.account: RemoteAccount = LocalAccount(make_account(ACCOUNT, AccountKind.LOCAL))
        self.contact = RemoteId("c1")

    async def prepare(self) -> None:
        """There is nothing to prepare."""


@dataclass(frozen=True, slots=True)
class PortalKind:
    """One sort of portal: how one signs in, and what it does."""

    application: bool = False
    missing: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


PORTALS = {
    "webhook": PortalKind(),
    "application": PortalKind(application=True),
    "newer methods only": PortalKind(missing=tuple(_OLD_FAMILY)),
    "old release": PortalKind(
        missing=tuple(_NEW_METHODS),
        settings={
            "partial_edits": False,
            "offsets_honoured": False,
            "name_required": True,
            "update_clears": ["rrule", "crm_fields", "remind", "files", "foreign_reminders"],
        },
    ),
    "another culture and zone": PortalKind(
        settings={"culture": "de", "zone": "America/New_York", "language": "ru"}
    ),
}

_METHODS = {
    RecordKind.CONTACT: "crm.contact",
    RecordKind.ACTIVITY: "crm.activity",
    RecordKind.COMMENT: "crm.timeline.comment",
    RecordKind.EVENT: "calendar.event",
}
_VERBS = {Verb.CREATE: "add", Verb.UPDATE: "update", Verb.DELETE: "delete"}
_ROWS = {
    RecordKind.CONTACT: "contact",
    RecordKind.ACTIVITY: "activity",
    RecordKind.COMMENT: "comment",
    RecordKind.EVENT: "event",
}


class Bitrix24Server:
    """The emulated portal as one of `PORTALS`."""

    account: RemoteAccount
    contact: RemoteId

    def __init__(self, portal: Portal, kind: PortalKind) -> None:
        self._portal = portal
        self._kind = kind
        self._own_family = kind.missing == tuple(_OLD_FAMILY)

    async def prepare(self) -> None:
        """Somebody with a number; the account has looked at what the portal can."""
        control = self._portal.control
        phones = [{"VALUE": "+493012345678", "VALUE_TYPE": "WORK"}]
        number = control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE=phones)
        self.contact = RemoteId(str(number))
        control.configure(missing_methods=list(self._kind.missing), **self._kind.settings)
        self.account = Bitrix24Account(
            make_account(ACCOUNT, user_id="7", time_zone="Europe/Berlin"),
            await self._access(),
            http=self._http(),
            limiter=RateLimiter(),
            people=People(),
            clock=_now,
        )
        await self.account.check()

    def rows(self, kind: RecordKind) -> int:
        """As many as are stored."""
        return len(self._portal.control.records(_ROWS[kind]))

    def writes(self) -> int:
        """Requests whose method changes something."""
        return sum(
            str(entry["method"]).rpartition(".")[2] in _VERBS.values()
            for entry in self._portal.control.requests()
        )

    def refuse(self, kind: RecordKind, verb: Verb) -> None:
        """``ACCESS_DENIED``."""
        method = self._method(kind, verb)
        self._portal.control.fail("ACCESS_DENIED", method, text="Access denied.")

    def lose(self, kind: RecordKind, verb: Verb, *, carried_out: bool) -> None:
        """The line breaks before or after it was carried out."""
        fault = "drop_after" if carried_out else "drop_before"
        self._portal.control.fault(fault, self._method(kind, verb))

    def vanish(self) -> None:
        """The process ends; the next test starts it again."""
        self._portal.stop()

    def _method(self, kind: RecordKind, verb: Verb) -> str:
        start = _METHODS[kind]
        if kind is RecordKind.CONTACT and self._own_family:
            start = "crm.item"
        return f"{start}.{_VERBS[verb]}"

    async def _access(self) -> Access:
        if not self._kind.application:
            return WebhookAccess(parse_webhook(self._portal.webhook_url))
        control = self._portal.control
        app = control.add_app("http://127.0.0.1:7000/")
        told = control.issue_tokens(app["client_id"], self._portal.url)
        pair = TokenPair(
            told["access_token"],
            told["refresh_token"],
            told["client_endpoint"],
            told["member_id"],
            self._portal.sign_in_url,
        )
        tokens = MemoryTokens()
        await tokens.keep(1, Generation(1, pair, _now()).to_text())
        return AppAccess(
            PortalAddress(self._portal.url),
            AppKey(app["client_id"], app["client_secret"]),
            TokenKeeper(tokens),
            SignInServer(self._http(), self._portal.sign_in_url),
            _now,
        )

    def _http(self) -> JsonHttp:
        return JsonHttp("Parley/contract", trust=build_context(self._portal.ca_file))


def _now() -> datetime:
    return datetime.now(UTC)
