"""Contacts and companies: the portal's cards and ours."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.ids import AccountId, OpId, RecordKind, RemoteId, Revision, UserId
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.plain import plain_rich
from desktop.services.api.bitrix24.values import as_id, as_list, as_text, instant
from desktop.services.api.bitrix24.wire import ORIGINATOR, RowReader, contact_id, user_number

CONTACT_SELECT = (
    "ID",
    "NAME",
    "SECOND_NAME",
    "LAST_NAME",
    "POST",
    "COMPANY_ID",
    "PHONE",
    "EMAIL",
    "ASSIGNED_BY_ID",
    "DATE_MODIFY",
    "COMMENTS",
    "ADDRESS",
    "ADDRESS_CITY",
    "ADDRESS_REGION",
    "ADDRESS_POSTAL_CODE",
    "ADDRESS_COUNTRY",
    "ORIGINATOR_ID",
    "ORIGIN_ID",
)
COMPANY_SELECT = ("ID", "TITLE")

_KINDS = {
    "WORK": AddressKind.WORK,
    "MOBILE": AddressKind.MOBILE,
    "HOME": AddressKind.HOME,
    "FAX": AddressKind.FAX,
}
_TYPES = {kind: name for name, kind in _KINDS.items()} | {AddressKind.OTHER: "OTHER"}
_NOWHERE = PostalAddress()
_EMAIL_TYPES = frozenset({AddressKind.WORK, AddressKind.HOME})


class ContactRow(msgspec.Struct, rename="upper"):
    """A card as it comes; any value may have any type."""

    id: Any = None
    name: Any = None
    second_name: Any = None
    last_name: Any = None
    post: Any = None
    company_id: Any = None
    phone: Any = None
    email: Any = None
    assigned_by_id: Any = None
    date_modify: Any = None
    comments: Any = None
    address: Any = None
    address_city: Any = None
    address_region: Any = None
    address_postal_code: Any = None
    address_country: Any = None
    originator_id: Any = None
    origin_id: Any = None


class CompanyRow(msgspec.Struct, rename="upper"):
    """A company's name."""

    id: Any = None
    title: Any = None


CONTACTS = RowReader(ContactRow)
COMPANIES = RowReader(CompanyRow)


def contact_record(
    row: ContactRow, account: AccountId, titles: Mapping[str, str]
) -> RemoteRecord | None:
    """The server's copy of a contact; None without an id. ``titles``: company id to name."""
    remote = as_id(row.id)
    if not remote:
        return None
    company = as_id(row.company_id)
    title = titles.get(company, "")
    modified = as_text(row.date_modify)
    contact = Contact(
        id=contact_id(account, remote),
        account_id=account,
        given_name=as_text(row.name).strip(),
        second_name=as_text(row.second_name).strip(),
        family_name=as_text(row.last_name).strip(),
        company=title,
        position=as_text(row.post).strip(),
        phones=phones_of(row.phone),
        emails=emails_of(row.email),
        address=_address(row),
        notes=plain_rich(as_text(row.comments)),
        responsible=_user(row.assigned_by_id),
        company_remote_id=company,
        changed_at=instant(modified),
    )
    return RemoteRecord(
        RecordKind.CONTACT,
        RemoteId(remote),
        Revision(f"{modified}|{title}" if title else modified),
        contact,
        marker_of(row.originator_id, row.origin_id),
    )


def company_titles(rows: Sequence[CompanyRow]) -> dict[str, str]:
    """Company id to name."""
    named = {as_id(row.id): as_text(row.title).strip() for row in rows}
    named.pop("", None)
    return named


def marker_of(originator: object, origin: object) -> OpId | None:
    """The op that made a record, where it was one of ours."""
    if as_text(originator) != ORIGINATOR:
        return None
    return OpId(as_text(origin)) if as_text(origin) else None


def phones_of(value: object) -> tuple[Phone, ...]:
    """Phone numbers; entries without a number are none."""
    return tuple(Phone(*parts) for parts in _entries(value))


def emails_of(value: object) -> tuple[Email, ...]:
    """E-mail addresses; entries without an address are none."""
    return tuple(Email(*parts) for parts in _entries(value))


def contact_fields(wish: Contact, base: Contact | None) -> dict[str, object]:
    """What to send: for a new card everything filled, else only what differs from ``base``."""
    old = base if base is not None else Contact(wish.id, wish.account_id)
    pairs = (
        ("NAME", old.given_name, wish.given_name),
        ("SECOND_NAME", old.second_name, wish.second_name),
        ("LAST_NAME", old.family_name, wish.family_name),
        ("POST", old.position, wish.position),
        ("COMMENTS", old.notes, wish.notes),
        ("ADDRESS", old.address.street, wish.address.street),
        ("ADDRESS_CITY", old.address.city, wish.address.city),
        ("ADDRESS_REGION", old.address.region, wish.address.region),
        ("ADDRESS_POSTAL_CODE", old.address.postal_code, wish.address.postal_code),
        ("ADDRESS_COUNTRY", old.address.country, wish.address.country),
    )
    fields: dict[str, object] = {name: new for name, before, new in pairs if new != before}
    responsible = user_number(wish.responsible)
    if responsible and responsible != user_number(old.responsible):
        fields["ASSIGNED_BY_ID"] = responsible
    if wish.company_remote_id != old.company_remote_id:
        company = as_id(wish.company_remote_id)
        fields["COMPANY_IDS"] = [int(company)] if company else []
    phones = _changed_entries(old.phones, wish.phones)
    if phones:
        fields["PHONE"] = phones
    emails = _changed_entries(old.emails, wish.emails)
    if emails:
        fields["EMAIL"] = emails
    return fields


def _changed_entries(
    old: Sequence[Phone] | Sequence[Email], new: Sequence[Phone] | Sequence[Email]
) -> list[dict[str, object]]:
    """The entries to add, change and delete; sending an id without a value would delete it."""
    before = {entry.remote_id: entry for entry in old if entry.remote_id}
    kept = {entry.remote_id for entry in new if entry.remote_id and entry.value.strip()}
    changes: list[dict[str, object]] = [
        {"ID": int(remote), "DELETE": "Y"} for remote in before if remote not in kept
    ]
    for entry in new:
        value = entry.value.strip()
        known = before.get(entry.remote_id)
        if not value or entry == known:
            continue
        change: dict[str, object] = {"VALUE": value}
        if known is not None:
            change = {"ID": int(entry.remote_id), "VALUE": value}
        # A type of the portal's own reads as OTHER and is left alone unless the user chose one.
        if known is None or entry.kind != known.kind or entry.kind is not AddressKind.OTHER:
            change["VALUE_TYPE"] = _type_of(entry)
        changes.append(change)
    return changes


def _type_of(entry: Phone | Email) -> str:
    if isinstance(entry, Email) and entry.kind not in _EMAIL_TYPES:
        return "OTHER"
    return _TYPES[entry.kind]


def _entries(value: object) -> list[tuple[str, AddressKind, str]]:
    found = []
    for entry in as_list(value):
        if not isinstance(entry, dict):
            continue
        text = as_text(entry.get("VALUE")).strip()
        if text:
            kind = _KINDS.get(as_text(entry.get("VALUE_TYPE")).upper(), AddressKind.OTHER)
            found.append((text, kind, as_id(entry.get("ID"))))
    return found


def _address(row: ContactRow) -> PostalAddress:
    parts = (
        row.address,
        row.address_city,
        row.address_region,
        row.address_postal_code,
        row.address_country,
    )
    if not any(parts):
        return _NOWHERE  # as with most contacts: addresses live elsewhere by now
    return PostalAddress(*(as_text(part).strip() for part in parts))


def _user(value: object) -> UserId | None:
    number = as_id(value)
    return UserId(number) if number else None
