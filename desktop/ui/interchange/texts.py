"""Sentences of imports: what a file holds, what is damaged in it, what was taken over."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import AppError, InvalidInputError
from desktop.services.interchange.contacts_csv import Column
from desktop.services.interchange.content import DamagedEntry
from desktop.services.interchange.service import Imported
from desktop.ui.error_texts import text_for
from desktop.ui.input_texts import input_text
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.facts_label import Fact


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


def found_facts(fresh: int, known: int, damaged: int, *, events: bool) -> tuple[Fact, ...]:
    """What an import would find, counted apart."""
    new = _events_text(fresh) if events else _contacts_text(fresh)
    facts = [Fact(_tr("{what} to add").format(what=new), "plus", "success")]
    if known:
        facts.append(Fact(_tr("{n} already there").format(n=number(known)), "check"))
    if damaged:
        text = _tr("{n} damaged, left out").format(n=number(damaged))
        facts.append(Fact(text, "warning", "warning"))
    return tuple(facts)


def imported_facts(result: Imported) -> tuple[Fact, ...]:
    """What an import did, counted apart."""
    facts = [Fact(_tr("{n} added").format(n=number(result.added)), bold=True)]
    if result.updated:
        facts.append(Fact(_tr("{n} updated").format(n=number(result.updated))))
    if result.skipped:
        facts.append(Fact(_tr("{n} skipped").format(n=number(result.skipped))))
    if result.damaged:
        text = _tr("{n} damaged, left out").format(n=number(len(result.damaged)))
        facts.append(Fact(text))
    return tuple(facts)


def failed_text(error: AppError) -> str:
    """Why a file cannot be taken over, and what to do."""
    if isinstance(error, InvalidInputError):
        return input_text(error)
    text = text_for(error)
    return f"{text.title}. {text.body}"


def _events_text(count: int) -> str:
    return _tr("1 event") if count == 1 else _tr("{n} events").format(n=number(count))


def _contacts_text(count: int) -> str:
    return _tr("1 contact") if count == 1 else _tr("{n} contacts").format(n=number(count))
