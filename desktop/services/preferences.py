"""Preferences: what the window needs before the store's key is read; plain text, naming nobody."""

import configparser
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time
from io import StringIO
from pathlib import Path
from typing import Literal

from desktop.domain.errors import StoreFullError
from desktop.domain.freebusy import WorkHours, YearDay

FILE_NAME = "preferences.ini"
_SECTION = "window"
_SIZES = "sizes"
_WORK = "work"
_LONGEST = 64 * 1024

Theme = Literal["system", "light", "dark"]
_THEMES: dict[str, Theme] = {"system": "system", "light": "light", "dark": "dark"}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user chose for this computer. Names of persons, calendars and contacts do not
    belong here: the file is not encrypted.
    """

    language: str = ""
    """An IETF tag, "de"; empty: the system's."""
    theme: Theme = "system"
    view: str = "week"
    """The calendar view shown last."""
    hour_height_px: int = 48
    work_hours: WorkHours = field(default_factory=WorkHours)
    week_start: int = 0
    """The ISO weekday that weeks begin with; 0: as the locale has it."""
    reminders_min: tuple[int, ...] | None = None
    """Of a new meeting, in minutes before it; None: as installed."""
    all_day_reminders_min: tuple[int, ...] | None = None
    following: str = ""
    """`Following`, and of whose customs the account's id: an opaque text."""
    sizes: Mapping[str, str] = field(default_factory=dict)
    """Opaque texts of the window: its geometry and splitters, one per screen layout."""


def load_preferences(folder: Path) -> Preferences:
    """Reads the file; whatever is missing or cannot be read is as it was when installed."""
    parser = _parser()
    try:
        with (folder / FILE_NAME).open(encoding="utf-8") as file:
            parser.read_string(file.read(_LONGEST))
    except (OSError, ValueError, configparser.Error):
        return Preferences()
    usual = Preferences()
    window = dict(parser[_SECTION]) if parser.has_section(_SECTION) else {}
    work = dict(parser[_WORK]) if parser.has_section(_WORK) else {}
    return Preferences(
        language=window.get("language", usual.language),
        theme=_THEMES.get(window.get("theme", ""), usual.theme),
        view=window.get("view", usual.view),
        hour_height_px=_number(window.get("hour_height_px", ""), usual.hour_height_px),
        work_hours=_work_hours(parser) or usual.work_hours,
        week_start=_weekday(work.get("week_start", "")),
        reminders_min=_minutes(work.get("reminders")),
        all_day_reminders_min=_minutes(work.get("all_day_reminders")),
        following=work.get("following", ""),
        sizes=dict(parser[_SIZES]) if parser.has_section(_SIZES) else {},
    )


def save_preferences(folder: Path, preferences: Preferences) -> None:
    """Writes the file whole or not at all. Raises `StoreFullError` where it cannot be written."""
    parser = _parser()
    hours = preferences.work_hours
    parser[_SECTION] = {
        "language": preferences.language,
        "theme": preferences.theme,
        "view": preferences.view,
        "hour_height_px": str(preferences.hour_height_px),
    }
    parser[_WORK] = {
        "start": hours.start.isoformat("minutes"),
        "end": hours.end.isoformat("minutes"),
        "days": " ".join(map(str, sorted(hours.days))),
        "holidays": _year_days_text(hours.holidays),
        "extra_days": _year_days_text(hours.extra_days),
        "week_start": str(preferences.week_start),
        "following": preferences.following,
    }
    for name, minutes in (
        ("reminders", preferences.reminders_min),
        ("all_day_reminders", preferences.all_day_reminders_min),
    ):
        if minutes is not None:
            parser[_WORK][name] = " ".join(map(str, minutes))
    parser[_SIZES] = dict(preferences.sizes)
    text = StringIO()
    parser.write(text)
    try:
        _replace(folder / FILE_NAME, text.getvalue().encode())
    except OSError as error:
        raise StoreFullError from error


def _parser() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keep names as they are
    return parser


def _replace(path: Path, content: bytes) -> None:
    """A new file beside the old one, on the disk before it takes the name."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _work_hours(parser: configparser.ConfigParser) -> WorkHours | None:
    if not parser.has_section(_WORK):
        return None
    work = parser[_WORK]
    try:
        days = frozenset(int(day) for day in work.get("days", "").split())
        if not days <= frozenset(range(1, 8)):
            return None
        start, end = (
            time.fromisoformat(work.get(name, "")).replace(tzinfo=None) for name in ("start", "end")
        )
        return WorkHours(
            start,
            end,
            days,
            _year_days(work.get("holidays", "")),
            _year_days(work.get("extra_days", "")),
        )
    except ValueError:
        return None


def _year_days(text: str) -> frozenset[YearDay]:
    """Words such as "03-08". Raises `ValueError`."""
    pairs = (word.split("-") for word in text.split())
    return frozenset((int(month), int(day)) for month, day in pairs)


def _year_days_text(days: frozenset[YearDay]) -> str:
    return " ".join(f"{month:02}-{day:02}" for month, day in sorted(days))


def _weekday(text: str) -> int:
    return int(text) if text in ("1", "2", "3", "4", "5", "6", "7") else 0


def _minutes(text: str | None) -> tuple[int, ...] | None:
    words = None if text is None else text.split()
    if words is None or not all(word.isdecimal() and len(word) < 7 for word in words):
        return None
    return tuple(map(int, words))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
