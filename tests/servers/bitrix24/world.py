"""The portal's whole state: records, people, credentials, settings and clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path
from typing import Any

import msgspec

from .clock import Clock, iso, parse_date, parse_instant, zone_named
from .collection import Collection
from .crm_behaviour import CrmBehaviour
from .cultures import CULTURES, Culture
from .settings import Settings
from .sign_in import SignIn
from .storage import Storage
from .values import Row


class Credential(msgspec.Struct, kw_only=True):
    """A webhook's code or an app's access token."""

    secret: str
    path_user: int
    """The user id in a webhook's address; for a token the user as well."""
    acts_as: int
    scopes: list[str]
    is_app: bool = False
    expires_at: float | None = None
    refusal: str = ""
    """The system error that its calls get, empty while it works."""
    client_id: str = ""
    """The application that a token was given to."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and what the credential allows."""

    user_id: int
    scopes: frozenset[str]
    is_app: bool
    key: str
    """Whose ``operating`` time is spent: a webhook's or an application's."""
    client_id: str = ""


@dataclass(slots=True)
class Addresses:
    """Where the process listens, as far as its answers tell it."""

    sign_in: str = "127.0.0.1"
    """Host and port of the sign-in server."""


@dataclass(slots=True)
class Call:
    """One command: single, or inside a batch."""

    world: "World"
    method: str
    params: Row
    caller: Caller


@dataclass(slots=True)
class Page:
    """A list's answer. ``total`` or ``next`` None: the key is left out."""

    rows: Any
    total: int | None = None
    next: int | None = None


class World:
    """Everything a method can see or change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = Storage(folder)
        self.clock = Clock()
        self.settings = Settings()
        self.credentials: list[Credential] = []
        self.sign_in = SignIn()
        self.crm = CrmBehaviour()
        self.user_fields: dict[str, dict[str, Row]] = {}
        """Own fields by kind of card and name: ``type``, ``title``, ``multiple``, ``items``."""
        self.acting = ""
        """The application whose call is carried out at present."""
        self.addresses = Addresses()
        # The ranges differ so that an id of one kind never passes for another's.
        self.contacts = Collection(self.storage, "contact", 1)
        self.companies = Collection(self.storage, "company", 200_001)
        self.leads = Collection(self.storage, "lead", 300_001)
        self.deals = Collection(self.storage, "deal", 400_001)
        self.activities = Collection(self.storage, "activity", 500_001)
        self.events = Collection(self.storage, "event", 700_001)
        self.sections = Collection(self.storage, "section", 41)
        self.users = Collection(self.storage, "user", 1)
        self.departments = Collection(self.storage, "department", 1)
        self.groups = Collection(self.storage, "group", 6)
        self.resources = Collection(self.storage, "resource", 801)
        self.absences = Collection(self.storage, "absence", 901)
        self.statuses = Collection(self.storage, "status", 101)
        self.comments = Collection(self.storage, "comment", 900_001)
        self.badges = Collection(self.storage, "badge", 1)
        self.activity_types = Collection(self.storage, "activity type", 1)
        self.bindings = Collection(self.storage, "event binding", 1)
        self.queue = Collection(self.storage, "offline event", 1)
        self.multifields = Collection(self.storage, "multifield", 1_000_001)
        """Only its counter is used: ids of phones and addresses."""

    @property
    def collections(self) -> dict[str, Collection]:
        """All kinds of records by name."""
        found = (part for part in vars(self).values() if isinstance(part, Collection))
        return {collection.kind: collection for collection in found}

    def load(self) -> bool:
        """Take over the state on disk; False when there is none yet."""
        kept = self.storage.fact("settings")
        if kept is None:
            return False
        self.settings = msgspec.convert(kept, Settings)
        self.credentials = msgspec.convert(self.storage.fact("credentials"), list[Credential])
        self.sign_in = msgspec.convert(self.storage.fact("sign in") or {}, SignIn)
        self.crm = msgspec.convert(self.storage.fact("crm") or {}, CrmBehaviour)
        own_fields = self.storage.fact("user fields")
        self.user_fields = own_fields if isinstance(own_fields, dict) else {}
        clock = self.storage.fact("clock")
        if isinstance(clock, list):
            self.clock.offset_s, self.clock.frozen_at = clock
        for collection in self.collections.values():
            collection.load()
        return True

    def wipe(self) -> None:
        """An empty portal: no people, no records, no credentials, usual settings."""
        self.storage.wipe()
        self.clock.reset()
        self.settings = Settings()
        self.credentials = []
        self.sign_in = SignIn()
        self.crm = CrmBehaviour()
        self.user_fields = {}
        for collection in self.collections.values():
            collection.forget()
        self.keep()

    def keep(self) -> None:
        """Write settings, credentials and clock to disk."""
        self.storage.set_fact("settings", msgspec.to_builtins(self.settings))
        self.storage.set_fact("credentials", msgspec.to_builtins(self.credentials))
        self.storage.set_fact("crm", msgspec.to_builtins(self.crm))
        self.storage.set_fact("user fields", self.user_fields)
        self.storage.set_fact("sign in", msgspec.to_builtins(self.sign_in))
        self.storage.set_fact("clock", [self.clock.offset_s, self.clock.frozen_at])

    @property
    def zone(self) -> tzinfo:
        """The server's zone."""
        return zone_named(self.settings.zone)

    @property
    def culture(self) -> Culture:
        """How the portal prints calendar dates."""
        return CULTURES[self.settings.culture]

    def now_iso(self) -> str:
        """The present instant as the CRM prints it."""
        return iso(self.clock.now(), self.zone)

    def crm_time(self, value: object) -> str | None:
        """A written CRM date as it will be read back, None when it is no date."""
        instant = parse_instant(value, self.zone)
        return None if instant is None else iso(instant, self.zone)

    def crm_date(self, value: object) -> str | None:
        """A written date as it will be read back: midnight UTC in the server's zone."""
        day = parse_date(value)
        if day is None:
            return None
        return iso(datetime.combine(day, time.min, UTC).timestamp(), self.zone)

    def far_date(self) -> str:
        """The date that the CRM stores for "no deadline"."""
        return datetime(9999, 12, 31, tzinfo=self.zone).isoformat()

    def user_zone(self, user_id: int) -> str:
        """The IANA zone of that employee's settings."""
        user = self.users.get(user_id) or {}
        return user.get("TIME_ZONE") or self.settings.zone

    def is_hidden(self, kind: str, number: int) -> bool:
        """Whether callers have no right to this record."""
        return number in self.settings.hidden.get(kind, ())
