"""Why a search shows nothing, and what can be done: "not found" is not "not cached"."""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.contact import SearchResult


class MissKind(Enum):
    """The reasons for an empty list."""

    NOBODY = "nobody"
    """There is no contact at all, and no account to have any."""
    NOBODY_YET = "nobody yet"
    """The accounts have no contact."""
    NOT_FOUND = "not found"
    NOT_HERE = "not here"
    """Not in the only account that was searched."""
    NOT_CACHED = "not cached"
    """Not among those fetched so far; the server may know."""
    QUIET = "quiet"
    """Nothing was asked, and nobody is pinned, near or recent."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Miss:
    """An empty list in words."""

    kind: MissKind
    query: str
    icon: str
    title: str
    text: str = ""
    action: str = ""
    asked: bool = False
    """The user has asked to search when online."""

    def as_asked(self) -> "Miss":
        """The same after the user asked to search when online."""
        text = QCoreApplication.translate(
            "Contacts", "Parley asks the server as soon as it is online and shows the answer here."
        )
        return replace(self, text=text, action="", asked=True)


def miss_of(result: SearchResult, *, asked: bool = False, account: str = "") -> Miss:
    """Why ``result`` is empty; ``account`` is the only one that was searched."""
    translate = QCoreApplication.translate
    query = result.query.strip()
    if account and not result.incomplete_accounts:
        return _not_here(result, account)
    if result.total_contacts == 0 and not result.incomplete_accounts and result.accounts:
        return Miss(
            MissKind.NOBODY_YET,
            result.query,
            "people",
            translate("Contacts", "No contacts yet"),
            translate("Contacts", "Make the first one, or import contacts from a file."),
            translate("Contacts", "New contact"),
        )
    if result.total_contacts == 0 and not result.incomplete_accounts:
        return Miss(
            MissKind.NOBODY,
            result.query,
            "people",
            translate("Contacts", "No contacts yet"),
            translate("Contacts", "Add an account, or import contacts from a file."),
            translate("Contacts", "Add account"),
        )
    if not query:
        return Miss(
            MissKind.QUIET,
            result.query,
            "search",
            translate("Contacts", "Find a contact"),
            translate("Contacts", "Type a name, a company or the last digits of a phone number."),
        )
    if result.incomplete_accounts:
        return _not_cached(result, asked=asked)
    return Miss(
        MissKind.NOT_FOUND,
        result.query,
        "search",
        translate("Contacts", "Nobody found for “{query}”").format(query=query),
        translate("Contacts", "Try fewer letters, or part of the company or phone number."),
    )


def _not_here(result: SearchResult, account: str) -> Miss:
    translate = QCoreApplication.translate
    query = result.query.strip()
    title = translate("Contacts", "Nobody found for “{query}” in {account}")
    if not query:
        title = translate("Contacts", "Nobody pinned, near or recent in {account}")
    return Miss(
        MissKind.NOT_HERE,
        result.query,
        "search",
        title.format(query=query, account=account),
        "",
        translate("Contacts", "Search in all accounts"),
    )


def _not_cached(result: SearchResult, *, asked: bool) -> Miss:
    translate, number = QCoreApplication.translate, QLocale().toString
    expected = result.expected_contacts
    known = translate("Contacts", "Not in the {cached} contacts cached so far").format(
        cached=number(result.total_contacts)
    )
    more = translate("Contacts", "The server may know “{query}”.").format(
        query=result.query.strip()
    )
    if expected is not None and expected > result.total_contacts:
        more = translate("Contacts", "The server has {expected}.").format(expected=number(expected))
    miss = Miss(
        MissKind.NOT_CACHED,
        result.query,
        "cloud",
        known,
        more,
        translate("Contacts", "Search when online"),
    )
    return miss.as_asked() if asked else miss
