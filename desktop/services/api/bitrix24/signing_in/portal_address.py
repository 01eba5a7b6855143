"""The address of a portal, without any secret, and the many ways to type it."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.bitrix24.links import (
    LONGEST,
    NotALinkError,
    in_cloud,
    origin_of,
    split_link,
    without_quotes,
)

_PAGES = frozenset(
    {
        "about",
        "auth",
        "automation",
        "bitrix",
        "calendar",
        "company",
        "contacts",
        "crm",
        "desktop_app",
        "devops",
        "docs",
        "extranet",
        "index.php",
        "login",
        "mail",
        "market",
        "marketplace",
        "oauth",
        "online",
        "rest",
        "settings",
        "shop",
        "sites",
        "stream",
        "tasks",
        "timeman",
        "workgroups",
    }
)
"""Where the pages of a portal begin: what stands before is part of its address."""


@dataclass(frozen=True, slots=True)
class PortalAddress:
    """``https://host[:port][/path]`` without a slash at its end."""

    portal: str

    @property
    def host(self) -> str:
        """Host and port: whose request limits the calls share."""
        return urlsplit(self.portal).netloc

    @property
    def name(self) -> str:
        """The address as a person would say it."""
        return self.portal.removeprefix("https://")

    def url(self, method: str) -> str:
        """Where ``method`` is called by an application."""
        return f"{self.portal}/rest/{method}"

    def authorize_url(self, client_id: str, state: str) -> str:
        """The page on which the user lets an application in."""
        return (
            f"{self.portal}/oauth/authorize/?{urlencode({'client_id': client_id, 'state': state})}"
        )


def parse_portal(text: str) -> PortalAddress:
    """The portal whose address, or a page of which, was typed or pasted.

    Raises `InvalidInputError` for `Field.PORTAL` with "empty", "too long" or "not a link".
    """
    typed = without_quotes(text)
    if not typed:
        raise InvalidInputError(Field.PORTAL, "empty")
    if len(typed) > LONGEST:
        raise InvalidInputError(Field.PORTAL, "too long")
    try:
        parts = split_link(typed)
        origin = origin_of(parts)
    except NotALinkError:
        raise InvalidInputError(Field.PORTAL, "not a link") from None
    return PortalAddress(origin + ("" if in_cloud(origin) else _base(parts.path)))


def endpoint_address(endpoint: str) -> PortalAddress | None:
    """The portal of a ``client_endpoint``, ``https://<portal>/rest/``; None where it is none."""
    if not endpoint.startswith("https://"):
        return None
    try:
        parts = split_link(endpoint)
        origin = origin_of(parts)
    except NotALinkError:
        return None
    base, rest, after = parts.path.rpartition("/rest")
    return PortalAddress(origin + base) if rest and after.strip("/") == "" else None


def _base(path: str) -> str:
    """The part of a path that belongs to the portal's address and not to one of its pages."""
    kept: list[str] = []
    for part in path.split("/"):
        if part.lower() in _PAGES:
            break
        if part:
            kept.append(part)
    plain = all(part.replace("-", "").replace("_", "").replace(".", "").isalnum() for part in kept)
    if not plain or any(part.startswith(".") for part in kept):
        raise InvalidInputError(Field.PORTAL, "not a link")
    return "".join(f"/{part}" for part in kept)
