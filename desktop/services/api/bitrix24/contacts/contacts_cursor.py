"""How far the contacts have been pulled, as a text that the store keeps."""

from datetime import UTC, datetime, timedelta

import msgspec

VERSION = 1
OVERLAP = timedelta(minutes=2)


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of ids still to be read: above ``after``, up to and with ``last`` (0: no end)."""

    after: int
    last: int = 0


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of a pull.

    While a first sync lasts, ``left`` names what is missing; ``since`` is the server's time at
    the start of the pull whose contacts are complete once nothing is left.
    """

    since: datetime
    left: tuple[Segment, ...] = ()
    done: int = 0
    total: int | None = None
    version: int = VERSION


_DECODER = msgspec.json.Decoder(Cursor)


def read_cursor(text: str | None) -> Cursor | None:
    """The stored cursor; None where there is none, or one that an older Parley wrote."""
    if not text:
        return None
    try:
        cursor = _DECODER.decode(text)
    except msgspec.DecodeError:
        return None
    return cursor if cursor.version == VERSION and cursor.since.tzinfo is not None else None


def write_cursor(cursor: Cursor) -> str:
    """The cursor as text."""
    return msgspec.json.encode(cursor).decode()


def asked_since(cursor: Cursor) -> str:
    """The instant to ask changes from: overlapping, because the filter has whole seconds."""
    return (cursor.since.astimezone(UTC) - OVERLAP).replace(microsecond=0).isoformat()
