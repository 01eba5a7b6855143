"""The portal's clock: real time, moved or stopped by tests."""

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo


class Clock:
    """Seconds since 1970 as the portal sees them."""

    def __init__(self) -> None:
        self.offset_s = 0.0
        self.frozen_at: float | None = None

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.offset_s if self.frozen_at is None else self.frozen_at

    def advance(self, seconds: float) -> None:
        """Move the clock forward, frozen or not."""
        if self.frozen_at is None:
            self.offset_s += seconds
        else:
            self.frozen_at += seconds

    def set(self, instant: datetime, *, frozen: bool) -> None:
        """Let it be ``instant`` (aware) now; a frozen clock moves by ``advance`` only."""
        moment = instant.timestamp()
        self.frozen_at = moment if frozen else None
        self.offset_s = moment - time.time()

    def reset(self) -> None:
        """Real time again."""
        self.offset_s = 0.0
        self.frozen_at = None


def iso(timestamp: float, zone: tzinfo) -> str:
    """``2026-08-20T15:30:00+03:00``: the CRM's form of an instant."""
    return datetime.fromtimestamp(int(timestamp), zone).isoformat()


def parse_instant(value: object, zone: tzinfo) -> float | None:
    """The instant of an ISO text; without offset it is in ``zone``. None when it is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip().replace(" ", "T"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    if moment.year >= 9999:
        return datetime(9999, 12, 31, tzinfo=UTC).timestamp()
    return moment.timestamp()


def parse_date(value: object) -> date | None:
    """The date that a written CRM date means (section 1.7), None when it is none.

    Midnight UTC is that date; a printed midnight the printed one; else the nearer midnight.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip().replace(" ", "T"))
    except ValueError:
        return None
    if moment.tzinfo is not None and moment.astimezone(UTC).time() == datetime.min.time():
        return moment.astimezone(UTC).date()
    return moment.date() + timedelta(days=1) if moment.hour > 12 else moment.date()


def zone_named(name: str, default: str = "UTC") -> ZoneInfo:
    """The zone of that IANA name, or the default one."""
    try:
        return ZoneInfo(name or default)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(default)
