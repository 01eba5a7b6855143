"""Links in foreign text: only those that are safe to open, named by where they really lead."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QUrl

from desktop.ui.contacts.card_rows import mail_url, phone_url

translate = QCoreApplication.translate

WEB = ("http", "https")
MOST_LINKS = 5
MAP_HOST = "www.openstreetmap.org"
_LINK = re.compile(r"(?:https?://|www\.|mailto:|tel:)[^\s<>\"'“”«»]+", re.IGNORECASE)
_LOOSE_ENDS = ".,;:!?)]}…"


@dataclass(frozen=True, slots=True)
class Link:
    """What is opened, and the words for it: the real host, the address or the number."""

    url: QUrl
    text: str

    @property
    def whole(self) -> str:
        """The address as it is opened, for the tooltip and the clipboard."""
        return self.url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def links_in(text: str) -> tuple[Link, ...]:
    """The safe links that ``text`` holds, each once, in their order; not more than a few."""
    found: dict[str, Link] = {}
    for match in _LINK.finditer(text):
        link = link_of(_trimmed(match[0]))
        if link is not None:
            found.setdefault(link.whole, link)
    return tuple(found.values())[:MOST_LINKS]


def link_of(text: str) -> Link | None:
    """``text`` as a link that may be opened; None for every scheme that could start a program."""
    if text.casefold().startswith("www."):
        text = f"https://{text}"
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    scheme = url.scheme()
    if not url.isValid():
        return None
    if scheme in WEB:
        return _web_link(url)
    if scheme == "mailto":
        address = url.path(QUrl.ComponentFormattingOption.FullyDecoded).strip()
        # Made anew: what follows the address could add readers or a text of somebody else's.
        return Link(mail_url(address), address) if "@" in address else None
    if scheme == "tel":
        number = url.path(QUrl.ComponentFormattingOption.FullyDecoded)
        return Link(phone_url(number), number) if any(map(str.isdigit, number)) else None
    return None


def map_link(place: str) -> Link | None:
    """Looks a place up on a map; None for what is itself a link or too short to be found."""
    words = " ".join(place.split())
    if not any(map(str.isalpha, words)) or _LINK.search(words):
        return None
    query = bytes(QUrl.toPercentEncoding(words).data()).decode("ascii")
    url = QUrl(f"https://{MAP_HOST}/search?query={query}", QUrl.ParsingMode.StrictMode)
    words = translate("Details", "Map · {0}").format(MAP_HOST.removeprefix("www."))
    return Link(url, words)


def _web_link(url: QUrl) -> Link | None:
    if not url.host():
        return None
    # "https://bank.example@elsewhere.example" leads elsewhere; a browser would hide that.
    url.setAuthority(url.authority().rpartition("@")[2])
    return Link(url, translate("Details", "Open {0}").format(host_text(url)))


def host_text(url: QUrl) -> str:
    """The host as it is read and, where letters are not ASCII, as it is looked up."""
    shown = url.host(QUrl.ComponentFormattingOption.FullyDecoded)
    plain = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    port = f":{url.port()}" if url.port() >= 0 else ""
    return f"{plain}{port}" if shown == plain else f"{shown} ({plain}){port}"


def _trimmed(text: str) -> str:
    """Without the punctuation of the sentence around it; a bracket that was opened stays."""
    while text and text[-1] in _LOOSE_ENDS:
        if text[-1] == ")" and text.count("(") >= text.count(")"):
            break
        text = text[:-1]
    return text
