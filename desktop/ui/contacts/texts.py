"""What a row and a card say about a contact, in words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.contact import Contact, ContactHit, MatchReason, SearchResult
from desktop.ui.time_texts import moment_text

Ranges = tuple[tuple[int, int], ...]
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and the (start, end) parts of it that a search matched."""

    text: str
    ranges: Ranges = ()


def second_line(hit: ContactHit) -> MarkedText:
    """Company and phone; instead of the phone, what matched where nothing else would show it."""
    contact = hit.contact
    company = contact.company if contact.company != contact.name else contact.position
    ranges = hit.company_ranges if company == contact.company else ()
    detail = hit.reason_text or _address(contact)
    shift = 0
    if detail and not any(map(str.isalpha, detail)):
        detail, shift = left_to_right(detail), 1
    inner = hit.reason_ranges if hit.reason_text else ()
    if company and detail:
        shift += len(company) + len(SEPARATOR)
    ranges += tuple((start + shift, end + shift) for start, end in inner)
    return MarkedText(SEPARATOR.join(part for part in (company, detail) if part), ranges)


def left_to_right(text: str) -> str:
    """``text`` so that its digits keep their order also among letters that run to the left."""
    return f"\u2066{text}\u2069"


def section_title(reason: MatchReason) -> str:
    """The heading over the rows that are shown for ``reason``."""
    translate = QCoreApplication.translate
    return {
        MatchReason.PINNED: translate("Contacts", "Pinned"),
        MatchReason.UPCOMING: translate("Contacts", "Today and tomorrow"),
        MatchReason.RECENT: translate("Contacts", "Recent"),
        MatchReason.TYPO: translate("Contacts", "Similar"),
    }.get(reason, "")


def count_text(result: SearchResult) -> str:
    """How much was found in how much: "4 of 48,210 contacts"."""
    translate, number = QCoreApplication.translate, QLocale().toString
    expected = result.expected_contacts
    if expected is not None and expected > result.total_contacts:
        return translate("Contacts", "{cached} of {expected} contacts fetched").format(
            cached=number(result.total_contacts), expected=number(expected)
        )
    if not result.query.strip():
        return translate("Contacts", "Contacts: {total}").format(
            total=number(result.total_contacts)
        )
    return translate("Contacts", "{found} of {total} contacts").format(
        found=number(len(result.hits)), total=number(result.total_contacts)
    )


def address_text(contact: Contact) -> str:
    """The postal address in one line; empty where nothing is known."""
    address = contact.address
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    parts = (address.street, town, address.region, address.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _address(contact: Contact) -> str:
    values = [phone.value for phone in contact.phones] + [mail.value for mail in contact.emails]
    return next((value for value in values if value.strip()), contact.address.city)


def coming_meeting(hit: ContactHit, now: datetime) -> datetime | None:
    """When the next meeting starts; one of today that has begun is no longer to come."""
    start = hit.next_meeting
    return start if start is not None and start > now else None


def spoken_text(hit: ContactHit, now: datetime, zone: tzinfo) -> str:
    """A row in words: the name, the small print, and what the marks and colours mean."""
    translate = QCoreApplication.translate
    parts = [hit.contact.name, second_line(hit).text]
    if (start := coming_meeting(hit, now)) is not None:
        when = moment_text(start, now, zone)
        parts.append(translate("Contacts", "next meeting {when}").format(when=when))
    if hit.waiting:
        parts.append(translate("Contacts", "waiting to be sent"))
    if hit.contact.read_only:
        parts.append(translate("Contacts", "read only"))
    return ", ".join(part for part in parts if part)
