"""Reads and writes vCards (RFC 6350, and the versions 2.1 and 3.0 that phones still write)."""

import quopri
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from icalendar.parser import Contentline, Parameters

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.errors import Field, InvalidInputError
from desktop.domain.ids import AccountId, ContactId
from desktop.services.interchange.content import ContactsContent, DamagedEntry
from desktop.services.interchange.texts import decode

MAX_CARDS = 20_000

_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_CARD = re.compile(
    r"^BEGIN:VCARD[ \t]*\r?\n(.*?)^END:VCARD[ \t]*\r?$", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_UNESCAPE = re.compile(r"\\(.)")
_PART = re.compile(r"((?:\\.|[^;\\])*)(?:;|\\?$)", re.DOTALL)

_KINDS = {
    "cell": AddressKind.MOBILE,
    "mobile": AddressKind.MOBILE,
    "fax": AddressKind.FAX,
    "home": AddressKind.HOME,
    "work": AddressKind.WORK,
}
_TYPES = {
    AddressKind.MOBILE: "cell",
    AddressKind.FAX: "fax",
    AddressKind.HOME: "home",
    AddressKind.WORK: "work",
}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    params: dict[str, tuple[str, ...]]
    value: str

    @property
    def fields(self) -> list[str]:
        """The parts of a structured value."""
        return [_plain(part) for part in _PART.findall(self.value)]

    @property
    def text(self) -> str:
        return _plain(self.value)

    @property
    def kind(self) -> AddressKind:
        words = {word.lower() for word in self.params.get("TYPE", ())}
        # 2.1 writes types as parameters without a name.
        words |= {name.lower() for name in self.params}
        for word, kind in _KINDS.items():
            if word in words:
                return kind
        return AddressKind.OTHER


def read_vcards(
    data: bytes, *, account_id: AccountId, new_id: Callable[[], str]
) -> ContactsContent:
    """The people in a file, as new contacts of an account.

    Raises `InvalidInputError` where the file as a whole cannot be read.
    """
    text, encoding = decode(data)
    if "BEGIN:VCARD" not in text.upper():
        raise InvalidInputError(Field.FILE, "unreadable")
    blocks = _CARD.findall(text)
    if len(blocks) > MAX_CARDS:
        raise InvalidInputError(Field.FILE, "too large")
    contacts: list[Contact] = []
    damaged = [
        DamagedEntry("", "not closed")
        for _ in range(len(re.findall(r"(?im)^BEGIN:VCARD", text)) - len(blocks))
    ]
    for block in blocks:
        contact = _contact(_lines(block), account_id, ContactId(new_id()))
        if contact.name:
            contacts.append(contact)
        else:
            damaged.append(DamagedEntry("", "no name"))
    return ContactsContent(tuple(contacts), tuple(damaged), encoding)


def _lines(block: str) -> list[_Line]:
    quoted = re.search("QUOTED-PRINTABLE", block, re.IGNORECASE)
    unfolded = _FOLD.sub("", _SOFT_BREAK.sub("", block) if quoted else block)
    return [line for text in unfolded.splitlines() if (line := _line(text)) is not None]


def _line(text: str) -> _Line | None:
    head, colon, value = text.partition(":")
    if not colon:
        return None
    try:
        name, params, value = Contentline(text).parts()  # type: ignore[no-untyped-call]
        named = {key.upper(): _tuple(values) for key, values in params.items()}
    except ValueError:
        # 2.1: "TEL;WORK;VOICE:…" has parameters without values.
        name, *words = head.split(";")
        pairs = [word.partition("=") for word in words]
        named = {key.upper(): tuple(val.split(",")) for key, _, val in pairs}
    name = name.rpartition(".")[2].upper()
    if "QUOTED-PRINTABLE" in {v.upper() for v in named.get("ENCODING", ())} | set(named):
        charset = named.get("CHARSET", ("utf-8",))[0]
        try:
            value = quopri.decodestring(text.partition(":")[2].encode("latin-1")).decode(charset)
        except (UnicodeError, LookupError):
            return None
    return _Line(name, named, value)


def _tuple(value: str | list[str]) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    return tuple(part for each in values for part in str(each).split(","))


def _plain(text: str) -> str:
    def unescaped(match: re.Match[str]) -> str:
        return "\n" if match[1] in "nN" else match[1]

    return _UNESCAPE.sub(unescaped, text).strip()


def _contact(lines: list[_Line], account_id: AccountId, contact_id: ContactId) -> Contact:
    first = {line.name: line for line in reversed(lines)}
    family, given, second = _names(first)
    organisation = first["ORG"].fields[0] if "ORG" in first else ""
    return Contact(
        id=contact_id,
        account_id=account_id,
        given_name=given,
        second_name=second,
        family_name=family,
        company=organisation,
        position=first["TITLE"].text if "TITLE" in first else "",
        phones=tuple(
            Phone(line.text.removeprefix("tel:"), line.kind)
            for line in lines
            if line.name == "TEL" and line.text
        ),
        emails=tuple(
            Email(line.text.removeprefix("mailto:"), line.kind)
            for line in lines
            if line.name == "EMAIL" and line.text
        ),
        address=_address(first.get("ADR")),
        time_zone=first["TZ"].text if "TZ" in first and "/" in first["TZ"].text else "",
        notes=first["NOTE"].text if "NOTE" in first else "",
    )


def _names(first: dict[str, _Line]) -> tuple[str, str, str]:
    if "N" in first:
        family, given, second, *_ = [*first["N"].fields, "", "", ""]
        if family or given:
            return family, given, second
    full = first["FN"].text if "FN" in first else ""
    given, _, family = full.rpartition(" ")
    return (family, given, "") if given else ("", full, "")


def _address(line: _Line | None) -> PostalAddress:
    if line is None:
        return PostalAddress()
    _, _, street, city, region, code, country, *_ = [*line.fields, *[""] * 7]
    return PostalAddress(street, city, region, code, country)


def write_vcards(contacts: Iterable[Contact]) -> bytes:
    """The contacts as vCards 3.0, which every program and phone reads."""
    return b"".join(_card(contact) for contact in contacts)


def _card(contact: Contact) -> bytes:
    lines = [
        _written("VERSION", "3.0"),
        _structured("N", contact.family_name, contact.given_name, contact.second_name, "", ""),
        _written("FN", contact.name),
        _written("UID", str(contact.id)),
    ]
    if contact.company:
        lines.append(_structured("ORG", contact.company))
    for name, text in (
        ("TITLE", contact.position),
        ("NOTE", contact.notes),
        ("TZ", contact.time_zone),
    ):
        if text:
            lines.append(_written(name, text))
    lines += [_written("TEL", phone.value, phone.kind) for phone in contact.phones]
    lines += [_written("EMAIL", email.value, email.kind) for email in contact.emails]
    where = contact.address
    parts = (where.street, where.city, where.region, where.postal_code, where.country)
    if any(parts):
        lines.append(_structured("ADR", "", "", *parts))
    return b"BEGIN:VCARD\r\n" + b"".join(lines) + b"END:VCARD\r\n"


def _written(name: str, text: str, kind: AddressKind = AddressKind.OTHER) -> bytes:
    params = {"TYPE": _TYPES[kind]} if kind in _TYPES else {}
    line = Contentline.from_parts(name, Parameters(params), _escaped(text))
    return bytes(line.to_ical()) + b"\r\n"


def _structured(name: str, *parts: str) -> bytes:
    line = Contentline.from_parts(name, Parameters(), ";".join(_escaped(part) for part in parts))
    return bytes(line.to_ical()) + b"\r\n"


def _escaped(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ("\n", "\\n"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escaped)
    return text.replace("\r", "")
