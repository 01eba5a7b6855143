"""Updating somebody from a file: what it says counts, what it leaves out stays."""

import re
from dataclasses import fields, replace
from typing import TypeVar

from desktop.domain.contact import Contact, Email, Phone, PostalAddress

SAME_DIGITS = 10
"""Numbers that end alike are the same, whatever prefix is written before them."""

T = TypeVar("T", Contact, PostalAddress)

_TEXTS = ("second_name", "company", "position", "time_zone", "notes")


def completed(there: Contact, newer: Contact) -> Contact:
    """``there`` with what ``newer`` says; numbers and addresses are added, none is lost."""
    named = bool(newer.given_name or newer.family_name)
    return replace(
        _overlaid(there, newer, _TEXTS),
        given_name=newer.given_name if named else there.given_name,
        family_name=newer.family_name if named else there.family_name,
        phones=_phones(there.phones, newer.phones),
        emails=_emails(there.emails, newer.emails),
        address=_overlaid(there.address, newer.address, _parts(there.address)),
    )


def _overlaid(there: T, newer: T, names: tuple[str, ...]) -> T:
    said = {name: getattr(newer, name) for name in names if getattr(newer, name)}
    return replace(there, **said)


def _parts(address: PostalAddress) -> tuple[str, ...]:
    return tuple(field.name for field in fields(address))


def _phones(there: tuple[Phone, ...], newer: tuple[Phone, ...]) -> tuple[Phone, ...]:
    known = {_digits(phone) for phone in there}
    return there + tuple(phone for phone in newer if _digits(phone) not in known)


def _emails(there: tuple[Email, ...], newer: tuple[Email, ...]) -> tuple[Email, ...]:
    known = {email.value.strip().lower() for email in there}
    return there + tuple(e for e in newer if e.value.strip().lower() not in known)


def _digits(phone: Phone) -> str:
    return re.sub(r"\D", "", phone.value)[-SAME_DIGITS:]
