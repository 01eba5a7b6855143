"""Whether two contacts may be the same person. A hint: the user decides."""

from desktop.domain.contact import Contact
from desktop.domain.folding import folded_words
from desktop.domain.phonedigits import phone_digits, same_number


def may_be_same(one: Contact, other: Contact) -> bool:
    """They share a number, an e-mail address or a full name; with two firms, the firm too."""
    return _same_phone(one, other) or _same_email(one, other) or _same_name(one, other)


def _same_phone(one: Contact, other: Contact) -> bool:
    ours = [phone_digits(phone.value) for phone in one.phones]
    theirs = [phone_digits(phone.value) for phone in other.phones]
    return any(same_number(a, b) for a in ours for b in theirs)


def _same_email(one: Contact, other: Contact) -> bool:
    ours = {email.value.strip().casefold() for email in one.emails}
    theirs = {email.value.strip().casefold() for email in other.emails}
    return bool((ours & theirs) - {""})


def _same_name(one: Contact, other: Contact) -> bool:
    ours = sorted(folded_words(f"{one.given_name} {one.family_name}"))
    theirs = sorted(folded_words(f"{other.given_name} {other.family_name}"))
    if len(ours) < 2 or ours != theirs:
        return False
    firms = [folded_words(firm) for firm in (one.company, other.company) if firm.strip()]
    return len(firms) < 2 or firms[0] == firms[1]
