"""Settings: what a run of Parley is given; read once at the start, and handed on as a value."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QTimeZone

from desktop.services.sync.clock import utc_now
from desktop.services.sync.timing import Polling, Timing

SIGN_IN_SERVER = "https://oauth.bitrix.info"


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the program depends on and that a test may want otherwise."""

    profile: Path
    zone: ZoneInfo
    """The time zone of this computer."""
    offline: bool = False
    """Nothing is asked of any network."""
    minimized: bool = False
    opened: tuple[str, ...] = ()
    """Links and files to look at."""
    sign_in_server: str = SIGN_IN_SERVER
    timing: Timing = field(default_factory=Timing)
    polling: Polling = field(default_factory=Polling)
    tempo: float = 1.0
    """How many times the usual pace requests may have."""
    clock: Callable[[], datetime] = utc_now
    """The wall clock, in UTC."""


def local_zone() -> ZoneInfo:
    """The time zone of this computer; UTC where it has none that the tables know."""
    name = _name_in_etc() or bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _name_in_etc() -> str:
    """What /etc/localtime points to; empty where it decides nothing. Qt takes longer to say it."""
    if sys.platform != "linux" or "TZ" in os.environ:
        return ""
    try:
        return str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2]
    except OSError:
        return ""
