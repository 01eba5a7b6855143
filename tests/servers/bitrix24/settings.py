"""How this portal behaves: zone, culture, limits, releases. Tests change it while it runs."""

from typing import Any, Literal

import msgspec

from .values import Row

ALL_SCOPES = ("crm", "calendar", "user", "department")


class Settings(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything about the portal that is neither a record nor a fault.

    The defaults are a cloud portal in Berlin with American date formats and the limits of an
    ordinary plan.
    """

    zone: str = "Europe/Berlin"
    """The server's zone: offset of CRM dates and of ``time``."""
    culture: Literal["us", "de", "iso", "gb", "in", "jp"] = "us"
    """How calendar dates are printed."""
    time_shape: Literal["full", "bare", "iso", "absent"] = "full"
    """``bare``: no ``operating`` keys; ``iso``: ``operating_reset_at`` as text."""
    drain_per_s: float = 2.0
    burst: float = 50.0
    """The leaky bucket per source address; ``burst`` 0 switches it off."""
    operating_limit_s: float = 480.0
    operating_cost_s: dict[str, float] = {}
    """Execution seconds that a call of a method is said to take (default 0.01)."""
    latency_s: float = 0.0
    """Every answer is held back this long."""
    counting_s: float = 0.0
    """What it takes to count a list's rows; ``start`` = -1 spares each command this time."""
    ts_reading: Literal["series", "first", "own"] = "series"
    """What ``DATE_*_TS_UTC`` of an occurrence mean: the two readings, the second in two forms."""
    partial_edits: bool = True
    """False: a release before 24.500.0 that ignores ``recurrence_mode``."""
    language: Literal["en", "de", "ru"] = "en"
    """Of the calendar's refusals and placeholders."""
    update_clears: list[Literal["rrule", "crm_fields", "remind", "files", "foreign_reminders"]] = []
    """What ``calendar.event.update`` empties: the named fields when they are omitted, ``files``
    always, ``foreign_reminders`` those sent that are not of minutes, hours or days."""
    tail_exceptions: Literal["kept", "lost"] = "kept"
    """Whether "this and following" takes the exceptions of the tail along."""
    occurrence_delete: Literal["gone", "returns", "refused"] = "gone"
    """What deleting an occurrence that was edited alone does to its date."""
    off_rule_start: Literal["skipped", "shown"] = "skipped"
    """Whether a weekly series also takes place on a first day that its BYDAY does not name."""
    expansion: Literal["expanded", "masters"] = "expanded"
    """``masters``: ``calendar.event.get`` has a series once, as its first occurrence."""
    rindex_told: bool = True
    rule_numbers: Literal["int", "text"] = "int"
    """``INTERVAL`` and ``COUNT`` of a told rule."""
    meeting_flag: Literal["bool", "letter"] = "bool"
    """``IS_MEETING`` as the samples show it, or as the documentation says."""
    zones_honoured: bool = True
    """False: ``timezone_*`` are ignored, a wall clock is in the caller's zone."""
    offsets_honoured: bool = True
    """False: an older release that ignores an offset at the end of a time."""
    name_required: bool = False
    """True: an older release that refuses a ``calendar.event.update`` without ``name``."""
    open_windows: bool = True
    """False: a missing ``from`` or ``to`` has its documented default, each alone."""
    declined: Literal["shown", "hidden", "as_set"] = "shown"
    """Whether ``calendar.event.get`` has one's declined invitations; ``as_set``: see the user's
    ``showDeclined``."""
    busy_reading: Literal["as_events", "series", "first", "own"] = "as_events"
    """``ts_reading`` of ``calendar.accessibility.get``."""
    absence_ids: Literal["int", "text"] = "int"
    private_values: list[str] = msgspec.field(default_factory=lambda: ["", "1"])
    """``PRIVATE_EVENT`` of an open and of a private event."""
    answers_grow_version: bool = True
    """Whether an answer to an invitation raises ``VERSION``."""
    crm_event_activity: Literal["none", "general", "meeting"] = "none"
    """The activity that an event saved with ``crm_fields`` makes by itself."""
    calendar_options: dict[str, Any] = {}
    """Differences from the usual answer of ``calendar.settings.get``."""
    keep_completed_meetings: bool = True
    call_events: bool = False
    """True: an old release that makes calendar events for calls too."""
    meeting_events: bool = True
    """False: no calendar event is made for a meeting."""
    required_contact_fields: list[str] = []
    """Fields the portal's administrator made mandatory."""
    ignored_filter_keys: list[str] = []
    """Filter names that the lists drop although they know them."""
    missing_methods: list[str] = []
    """Methods that this release does not have."""
    hidden: dict[str, list[int]] = {}
    """Kind of record -> ids that callers may not read or change."""
    crm_open: bool = True
    """False: callers have no right to the CRM."""
    host: str = ""
    """The portal's present host name; others answer 302. Empty: any host is right."""
    total_without_count: bool = True
    """With ``start`` = -1: True sends ``total`` 0, False leaves it out."""
    compresses: bool = False
    """True: answers are packed for a client that takes gzip, as the vendor's web server does."""
    search_lag_s: float = 0.0
    """New activities appear in lists only after this many seconds of the portal's clock."""

    def changed(self, changes: Row) -> "Settings":
        """These settings with ``changes`` applied; ValidationError for unknown names."""
        return msgspec.convert({**msgspec.to_builtins(self), **changes}, Settings)
