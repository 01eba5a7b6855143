"""Sentences of imports: what a file holds, what is damaged in it, what was taken over."""

from PySide6.QtCore import QCoreApplication

from desktop.services.interchange.contacts_csv import Column
from desktop.services.interchange.ics_read import DamagedEntry
from desktop.services.interchange.service import Imported


def _tr(text: str) -> str:
    return QCoreApplication.translate("Interchange", text)


_PROBLEMS = {
    "no start": "it has no readable start",
    "no end": "its end cannot be read",
    "bad rule": "its recurrence rule cannot be read",
    "unsupported rule": "it repeats in a way that Parley cannot keep",
    "several rules": "it has more than one recurrence rule",
    "ends before it starts": "it ends before it starts",
    "not closed": "it breaks off in the middle",
    "unreadable": "it cannot be read",
    "no name": "it names nobody",
    "twice": "it stands in the file twice, the later one counts",
}

_COLUMNS = {
    Column.IGNORE: "Leave out",
    Column.FULL_NAME: "Full name",
    Column.GIVEN_NAME: "Given name",
    Column.SECOND_NAME: "Middle name",
    Column.FAMILY_NAME: "Family name",
    Column.COMPANY: "Company",
    Column.POSITION: "Position",
    Column.PHONE: "Phone",
    Column.MOBILE: "Mobile",
    Column.EMAIL: "E-mail",
    Column.STREET: "Street",
    Column.CITY: "City",
    Column.REGION: "Region",
    Column.POSTAL_CODE: "Postal code",
    Column.COUNTRY: "Country",
    Column.NOTES: "Notes",
}


def column_text(column: Column) -> str:
    """What a column of a table holds."""
    return _tr(_COLUMNS[column])


def damaged_text(entry: DamagedEntry) -> str:
    """One damaged entry: which, and why it is left out."""
    problem = _tr(_PROBLEMS.get(entry.problem, "it cannot be read"))
    title = entry.title or _tr("An entry without a title")
    return _tr("{title}: {problem}").format(title=title, problem=problem)


def counts_text(fresh: int, known: int, damaged: int) -> str:
    """What an import would find, counted apart."""
    parts = [_tr("{n} new").format(n=fresh)]
    if known:
        parts.append(_tr("{n} already there").format(n=known))
    if damaged:
        parts.append(_tr("{n} damaged, left out").format(n=damaged))
    return " · ".join(parts)


def imported_text(result: Imported) -> str:
    """What an import did."""
    parts = [_tr("{n} added").format(n=result.added)]
    if result.updated:
        parts.append(_tr("{n} updated").format(n=result.updated))
    if result.skipped:
        parts.append(_tr("{n} skipped").format(n=result.skipped))
    if result.damaged:
        parts.append(_tr("{n} damaged, left out").format(n=len(result.damaged)))
    return " · ".join(parts)
