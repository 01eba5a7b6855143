"""An application's key and a user's tokens: values that show themselves without their secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import msgspec

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.bitrix24.links import without_quotes
from desktop.services.api.bitrix24.values import as_id, as_text

USUAL_PORT = 47824
"""Where the browser brings the code to, until somebody chooses another port."""
LEAST_PORT, MOST_PORT = 1024, 65535

_LONGEST = 512
_ID = re.compile(r"^(?:local|app)\.[A-Za-z0-9]+\.\d+$")
_WORD = re.compile(r"^[A-Za-z0-9._~+/=-]{8,}$")
_NO_ID = re.compile(r"^[A-Za-z0-9]{40,}$")


@dataclass(frozen=True, slots=True)
class AppKey:
    """An application that an administrator registered on the portal, for this program."""

    client_id: str
    client_secret: str = field(repr=False)
    port: int = USUAL_PORT
    """Where on this computer its registered address leads."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What the sign-in server gave for a code, or for the pair before this one."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    endpoint: str
    """``https://<portal>/rest/`` as the sign-in server says."""
    member_id: str
    """Names the portal for ever."""
    server: str
    """``https://<host>`` of the sign-in server that gave it."""
    user_id: str = ""
    """Whose it is; not always told."""


def parse_app_id(text: str) -> str:
    """The ``client_id`` that was typed. Raises `InvalidInputError` for `Field.APP_ID`."""
    typed = without_quotes(text)
    if not typed:
        raise InvalidInputError(Field.APP_ID, "empty")
    if _NO_ID.match(typed):
        raise InvalidInputError(Field.APP_ID, "secret")
    if len(typed) > _LONGEST or not _WORD.match(typed):
        raise InvalidInputError(Field.APP_ID, "unreadable")
    return typed


def parse_app_key(text: str) -> str:
    """The ``client_secret`` that was typed. Raises `InvalidInputError` for `Field.APP_KEY`."""
    typed = without_quotes(text)
    if not typed:
        raise InvalidInputError(Field.APP_KEY, "empty")
    if _ID.match(typed):
        raise InvalidInputError(Field.APP_KEY, "id")
    if len(typed) > _LONGEST or not _WORD.match(typed):
        raise InvalidInputError(Field.APP_KEY, "unreadable")
    return typed


def parse_port(number: int) -> int:
    """A port that a program of a user may listen on. Raises `InvalidInputError`."""
    if not LEAST_PORT <= number <= MOST_PORT:
        raise InvalidInputError(Field.PORT, "invalid")
    return number


def pair_of(told: Mapping[str, Any], server: str) -> TokenPair | None:
    """The pair in an answer of the sign-in server; None where it is none."""
    access, refresh = as_text(told.get("access_token")), as_text(told.get("refresh_token"))
    if not access or not refresh:
        return None
    return TokenPair(
        access,
        refresh,
        as_text(told.get("client_endpoint")),
        as_text(told.get("member_id")),
        server,
        as_id(told.get("user_id")),
    )


class _KeptKey(msgspec.Struct, array_like=True):
    client_id: str
    client_secret: str
    port: int = USUAL_PORT


class _KeptPair(msgspec.Struct, array_like=True):
    generation: int
    access: str
    refresh: str
    endpoint: str
    member_id: str
    server: str
    user_id: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Generation:
    """A pair as it is kept: the highest number is the newest."""

    number: int
    pair: TokenPair
    at: datetime | None = None
    """When the sign-in server gave it."""

    def to_text(self) -> str:
        """For the keyring and nothing else."""
        pair = self.pair
        kept = _KeptPair(
            self.number,
            pair.access,
            pair.refresh,
            pair.endpoint,
            pair.member_id,
            pair.server,
            pair.user_id,
            "" if self.at is None else self.at.isoformat(),
        )
        return msgspec.json.encode(kept).decode()

    @classmethod
    def from_text(cls, text: str | None) -> Self | None:
        """What `to_text` wrote; None for anything else."""
        try:
            kept = msgspec.json.decode(text or "", type=_KeptPair)
            at = datetime.fromisoformat(kept.at) if kept.at else None
        except (msgspec.DecodeError, ValueError):
            return None
        pair = TokenPair(
            kept.access, kept.refresh, kept.endpoint, kept.member_id, kept.server, kept.user_id
        )
        return cls(kept.generation, pair, at)


def key_to_text(key: AppKey) -> str:
    """For the keyring and nothing else."""
    kept = _KeptKey(key.client_id, key.client_secret, key.port)
    return msgspec.json.encode(kept).decode()


def key_from_text(text: str | None) -> AppKey | None:
    """What `key_to_text` wrote; None for anything else."""
    try:
        kept = msgspec.json.decode(text or "", type=_KeptKey)
    except msgspec.DecodeError:
        return None
    return AppKey(kept.client_id, kept.client_secret, kept.port)
