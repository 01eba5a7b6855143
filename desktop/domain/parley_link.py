"""Links that open Parley: ``parley://show?at=2026-11-17T14:00:00+03:00``. They carry no names."""

from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

SCHEME = "parley"
LONGEST = 500


def show_link(at: datetime) -> str:
    """Shows the day of a moment, which has to be aware."""
    return f"{SCHEME}://show?{urlencode({'at': at.replace(microsecond=0).isoformat()})}"


def shown_moment(text: str) -> datetime | None:
    """The moment that a link asks to be shown; None for anything else, however it came here."""
    if len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text.strip())
        if parts.scheme != SCHEME or parts.netloc != "show":
            return None
        (told,) = parse_qs(parts.query).get("at", [""])
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and 1900 < moment.year < 9000 else None
