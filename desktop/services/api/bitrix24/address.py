"""The address of an incoming webhook, which is a password, and the many ways to paste it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.bitrix24.links import (
    LONGEST,
    NotALinkError,
    origin_of,
    split_link,
    without_quotes,
)

_PATH = re.compile(
    r"^(?P<base>(?:/[A-Za-z0-9._~-]+)*?)/rest(?:/api)?/(?P<user>\d{1,12})/"
    r"(?P<secret>[A-Za-z0-9_-]+)(?:/[A-Za-z0-9_.]*)?/?$"
)
_BARE_CODE = re.compile(r"^[A-Za-z0-9_-]{12,64}$")
_SHORTEST_SECRET = 6


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where to call, as whom, and with which secret; it shows itself without the secret."""

    portal: str
    """``https://host[:port][/path]`` without a slash at its end."""
    user_id: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """Host and port: whose request limits these calls share."""
        return urlsplit(self.portal).netloc

    @property
    def text(self) -> str:
        """The whole address, for the keyring and nothing else."""
        return f"{self.portal}/rest/{self.user_id}/{self.secret}/"

    def url(self, method: str) -> str:
        """Where ``method`` is called. Holds the secret: never log it, never keep it."""
        return f"{self.text}{method}"

    def at(self, portal: str) -> "WebhookAddress":
        """The same webhook of a portal that has moved to ``portal``."""
        return WebhookAddress(portal, self.user_id, self.secret)

    def __repr__(self) -> str:
        return f"{self.portal}/rest/{self.user_id}/****/"

    __str__ = __repr__


def parse_webhook(text: str) -> WebhookAddress:
    """The address in what was typed or pasted.

    Raises `InvalidInputError` for `Field.WEBHOOK` with one of the problems "empty", "too long",
    "only a code", "not a link", "other page", "app address", "no user" and "no secret".
    """
    typed = without_quotes(text)
    if not typed:
        raise _wrong("empty")
    if len(typed) > LONGEST:
        raise _wrong("too long")
    if _BARE_CODE.match(typed):
        raise _wrong("only a code")
    try:
        parts = split_link(typed)
        portal = origin_of(parts)
    except NotALinkError:
        raise _wrong("not a link") from None
    match = _PATH.match(parts.path)
    if match is None:
        raise _wrong(_what_is_missing(parts.path))
    if len(match["secret"]) < _SHORTEST_SECRET:
        raise _wrong("no secret")
    return WebhookAddress(portal + match["base"], str(int(match["user"])), match["secret"])


def _what_is_missing(path: str) -> str:
    """Which problem a link has that is not a webhook's."""
    if "/rest/" not in f"{path}/":
        return "other page"
    after = [part for part in f"{path}/".partition("/rest/")[2].split("/") if part]
    if after and after[0] == "api":
        after = after[1:]
    if not after:
        return "no user"
    if not after[0].isdigit():
        return "app address" if "." in after[0] else "no user"
    return "no secret"


def _wrong(problem: str) -> InvalidInputError:
    # Without the text: it may hold a secret, and errors are shown and logged.
    return InvalidInputError(Field.WEBHOOK, problem)
