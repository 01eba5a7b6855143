"""Addresses as people type and paste them: read as every browser reads them, or not at all."""

import re
from urllib.parse import SplitResult, urlsplit

LONGEST = 2048

_QUOTES = " \t\r\n\"'`<>«»„“”‚‘’\u200b\ufeff\u00a0.,;"
_LABEL = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")
_CLOUD = re.compile(r"^(?:[a-z0-9-]+\.)+?bitrix24\.(?:[a-z]{2,6}|com\.[a-z]{2})$")
_SPACE, _DELETE = 32, 127
_PORTS = {"https": 443, "http": 80}


class NotALinkError(ValueError):
    """No address of the web; without the text, which may hold a secret."""


def without_quotes(text: str) -> str:
    """What was pasted, without what surrounds an address in a sentence."""
    return text.strip(_QUOTES)


def split_link(typed: str) -> SplitResult:
    """The parts of a link whose scheme may be missing; nothing that browsers read differently."""
    if any(ord(one) <= _SPACE or one == "\\" or ord(one) == _DELETE for one in typed):
        raise NotALinkError
    if "://" not in typed:
        if "." not in typed.partition("/")[0]:
            raise NotALinkError
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
    except ValueError:
        raise NotALinkError from None
    if parts.scheme not in _PORTS or "@" in parts.netloc:
        raise NotALinkError
    return parts


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port, the host in punycode; plain HTTP becomes HTTPS."""
    try:
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        raise NotALinkError from None
    if not host or not all(_LABEL.match(label) for label in host.split(".")):
        raise NotALinkError
    usual = port is None or port == _PORTS[parts.scheme]
    return f"https://{host}" + ("" if usual else f":{port}")


def host_of(address: str) -> str:
    """The host's name alone; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def in_cloud(address: str) -> bool:
    """Whether it is a portal in the vendor's own cloud, ``<name>.bitrix24.<country>``."""
    return _CLOUD.match(host_of(address)) is not None
