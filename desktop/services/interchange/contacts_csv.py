"""Contacts in CSV files: guesses the columns, shows what would come of them, and writes them."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.errors import Field, InvalidInputError
from desktop.domain.ids import AccountId, ContactId
from desktop.services.interchange.content import ContactsContent, DamagedEntry
from desktop.services.interchange.texts import decode

MAX_ROWS = 20_000
_SAMPLE_CHARS = 16 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Column(Enum):
    """What a column can hold. Several phone or e-mail columns are all taken."""

    IGNORE = "ignore"
    FULL_NAME = "full name"
    GIVEN_NAME = "given name"
    SECOND_NAME = "second name"
    FAMILY_NAME = "family name"
    COMPANY = "company"
    POSITION = "position"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "e-mail"
    STREET = "street"
    CITY = "city"
    REGION = "region"
    POSTAL_CODE = "postal code"
    COUNTRY = "country"
    NOTES = "notes"


# The headings of Outlook, Google Contacts and Bitrix24 exports, in English, Russian and German.
_HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.MOBILE: ("mobile phone", "mobile", "cell", "мобильный телефон", "мобильный", "handy"),
    Column.PHONE: (
        *("phone", "business phone", "home phone", "work phone", "telephone", "tel"),
        *("phone 1 - value", "phone 2 - value", "телефон", "рабочий телефон", "telefon"),
    ),
    Column.EMAIL: (
        *("email", "e-mail", "e-mail address", "email address", "work e-mail", "mail"),
        *("e-mail 1 - value", "e-mail 2 - value", "e-mail 2 address", "почта", "эл. почта"),
        *("электронная почта", "рабочий e-mail"),
    ),
    Column.GIVEN_NAME: ("first name", "given name", "имя", "vorname", "firstname"),
    Column.SECOND_NAME: ("middle name", "second name", "additional name", "отчество"),
    Column.FAMILY_NAME: (
        *("last name", "family name", "surname", "фамилия", "nachname", "lastname"),
    ),
    Column.FULL_NAME: ("name", "full name", "display name", "фио", "contact", "контакт"),
    Column.COMPANY: (
        *("company", "organization", "organisation", "organization name", "organization 1 - name"),
        *("компания", "организация", "firma"),
    ),
    Column.POSITION: ("job title", "title", "position", "должность", "organization title"),
    Column.STREET: ("business street", "street", "address", "адрес", "улица", "strasse", "straße"),
    Column.CITY: ("business city", "city", "город", "stadt", "ort"),
    Column.REGION: ("business state", "state", "region", "регион", "область"),
    Column.POSTAL_CODE: ("business postal code", "postal code", "zip", "zip code", "индекс", "plz"),
    Column.COUNTRY: ("business country/region", "country", "страна", "land"),
    Column.NOTES: ("notes", "note", "comment", "comments", "заметки", "комментарий", "notizen"),
}
_BY_HEADING = {heading: column for column, names in _HEADINGS.items() for heading in names}


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as rows of cells, with a guess of what each column holds."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: tuple[Column, ...]
    encoding: str
    delimiter: str

    @property
    def signature(self) -> str:
        """The same for files of the same shape, so that a mapping can be remembered."""
        return "\x1f".join(self.headings)


def read_table(data: bytes) -> Table:
    """Cells of a file, any usual encoding and delimiter. Raises `InvalidInputError`."""
    text, encoding = decode(data)
    delimiter = _delimiter(text)
    try:
        rows = [
            tuple(_unguarded(cell) for cell in row)
            for row in csv.reader(io.StringIO(text), delimiter=delimiter)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise InvalidInputError(Field.FILE, "unreadable") from None
    if len(rows) < 2:
        raise InvalidInputError(Field.FILE, "empty")
    if len(rows) > MAX_ROWS:
        raise InvalidInputError(Field.FILE, "too large")
    headings = tuple(cell.strip() for cell in rows[0])
    return Table(headings, tuple(rows[1:]), guess_columns(headings), encoding, delimiter)


def _delimiter(text: str) -> str:
    first = text.lstrip().splitlines()[0]
    counts = {mark: first.count(mark) for mark in (";", "\t", ",", "|")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def guess_columns(headings: Sequence[str]) -> tuple[Column, ...]:
    """What each heading most likely means; IGNORE where it says nothing."""
    return tuple(_BY_HEADING.get(heading.strip().lower(), Column.IGNORE) for heading in headings)


def contacts_from(
    table: Table,
    mapping: Sequence[Column],
    *,
    account_id: AccountId,
    new_id: Callable[[], str],
) -> ContactsContent:
    """What an import with this mapping would bring: the dry run and the import are the same."""
    contacts: list[Contact] = []
    damaged: list[DamagedEntry] = []
    for row in table.rows:
        contact = _contact(_cells(row, mapping), account_id, ContactId(new_id()))
        if contact.name:
            contacts.append(contact)
        else:
            damaged.append(DamagedEntry(" ".join(cell for cell in row if cell)[:200], "no name"))
    return ContactsContent(tuple(contacts), tuple(damaged), table.encoding)


def _cells(row: Sequence[str], mapping: Sequence[Column]) -> Mapping[Column, tuple[str, ...]]:
    found: dict[Column, tuple[str, ...]] = {}
    for column, cell in zip(mapping, row, strict=False):
        if cell.strip() and column is not Column.IGNORE:
            found[column] = (*found.get(column, ()), cell.strip())
    return found


def _contact(
    cells: Mapping[Column, tuple[str, ...]], account_id: AccountId, contact_id: ContactId
) -> Contact:
    def one(column: Column) -> str:
        return cells.get(column, ("",))[0]

    given, family = one(Column.GIVEN_NAME), one(Column.FAMILY_NAME)
    if not given and not family:
        given, _, family = one(Column.FULL_NAME).rpartition(" ")
        if not given:
            given, family = family, ""
    return Contact(
        id=contact_id,
        account_id=account_id,
        given_name=given,
        second_name=one(Column.SECOND_NAME),
        family_name=family,
        company=one(Column.COMPANY),
        position=one(Column.POSITION),
        phones=(
            *(Phone(value, AddressKind.WORK) for value in cells.get(Column.PHONE, ())),
            *(Phone(value, AddressKind.MOBILE) for value in cells.get(Column.MOBILE, ())),
        ),
        emails=tuple(Email(value) for value in cells.get(Column.EMAIL, ())),
        address=PostalAddress(
            one(Column.STREET),
            one(Column.CITY),
            one(Column.REGION),
            one(Column.POSTAL_CODE),
            one(Column.COUNTRY),
        ),
        notes="\n".join(cells.get(Column.NOTES, ())),
    )


_WRITTEN = (
    ("Given name", Column.GIVEN_NAME),
    ("Middle name", Column.SECOND_NAME),
    ("Family name", Column.FAMILY_NAME),
    ("Company", Column.COMPANY),
    ("Position", Column.POSITION),
    ("Phone", Column.PHONE),
    ("Phone", Column.PHONE),
    ("Mobile", Column.MOBILE),
    ("E-mail", Column.EMAIL),
    ("E-mail", Column.EMAIL),
    ("Street", Column.STREET),
    ("City", Column.CITY),
    ("Region", Column.REGION),
    ("Postal code", Column.POSTAL_CODE),
    ("Country", Column.COUNTRY),
    ("Notes", Column.NOTES),
)


def write_csv(contacts: Iterable[Contact]) -> bytes:
    """The contacts as CSV, UTF-8 with a mark (spreadsheets need it), safe from formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading for heading, _ in _WRITTEN])
    for contact in contacts:
        left = {column: list(values) for column, values in _values(contact).items()}
        writer.writerow(
            [_guarded(left[column].pop(0) if left.get(column) else "") for _, column in _WRITTEN]
        )
    return out.getvalue().encode("utf-8-sig")


def _values(contact: Contact) -> dict[Column, tuple[str, ...]]:
    where = contact.address
    return {
        Column.GIVEN_NAME: (contact.given_name,),
        Column.SECOND_NAME: (contact.second_name,),
        Column.FAMILY_NAME: (contact.family_name,),
        Column.COMPANY: (contact.company,),
        Column.POSITION: (contact.position,),
        Column.PHONE: tuple(p.value for p in contact.phones if p.kind is not AddressKind.MOBILE),
        Column.MOBILE: tuple(p.value for p in contact.phones if p.kind is AddressKind.MOBILE),
        Column.EMAIL: tuple(email.value for email in contact.emails),
        Column.STREET: (where.street,),
        Column.CITY: (where.city,),
        Column.REGION: (where.region,),
        Column.POSTAL_CODE: (where.postal_code,),
        Column.COUNTRY: (where.country,),
        Column.NOTES: (contact.notes,),
    }


def _guarded(cell: str) -> str:
    """A spreadsheet must show a cell that looks like a formula, not run it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
