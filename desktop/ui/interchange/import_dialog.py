"""ImportDialog: looks at a calendar or contacts file and takes over what the user wants."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from desktop.domain.errors import AppError, Field, InvalidInputError
from desktop.domain.event import Calendar
from desktop.domain.ids import AccountId
from desktop.services.interchange.contacts_csv import Table
from desktop.services.interchange.service import (
    ContactsPreview,
    EventsPreview,
    Imported,
    InterchangeService,
)
from desktop.ui.calendar_names import name_of
from desktop.ui.interchange.choices import ColumnMapping, DuplicatesChoice
from desktop.ui.interchange.import_form import ImportForm
from desktop.ui.interchange.texts import failed_text, found_facts, imported_facts
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton

CALENDAR_ENDINGS = (".ics", ".ical", ".ifb")
CARD_ENDINGS = (".vcf", ".vcard")
TABLE_ENDINGS = (".csv", ".txt", ".tsv")


class ImportDialog(QDialog):
    """One file: what it would bring is shown first, nothing is taken over without a click."""

    imported = Signal(object)  # Imported

    def __init__(
        self,
        interchange: InterchangeService,
        tasks: TaskRunner,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._interchange = interchange
        self._tasks = tasks
        self._zone = zone
        self._data = b""
        self._suffix = ""
        self._looking: asyncio.Task[Any] | None = None
        self._table: Table | None = None
        self._preview: EventsPreview | ContactsPreview | None = None
        self._importing = False
        self._done = False
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import"))
        self._where = QComboBox()
        self._where.setObjectName("importInto")
        self._where.setAccessibleName(self.tr("Import into"))
        self._where.currentIndexChanged.connect(self._on_where_changed)
        self._mapping = ColumnMapping()
        self._mapping.mapping_changed.connect(self._on_mapping_changed)
        self._duplicates = DuplicatesChoice()
        self._import = PrimaryButton(self.tr("Import"))
        self._import.setObjectName("importButton")
        self._import.clicked.connect(self._on_import)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._form = ImportForm(self, self._where, self._mapping, self._duplicates)
        self._form.add_buttons(self._cancel, self._import)

    def open_file(
        self,
        path: Path,
        calendars: Sequence[Calendar],
        titles: Mapping[AccountId, str] | None = None,
    ) -> None:
        """Look at ``path``; ``calendars`` are those that can take events or contacts.

        ``titles`` names their accounts: contacts go into an account, not into a calendar.
        """
        self._suffix = path.suffix.lower()
        self._form.show_title(path.name)
        self._import.setEnabled(False)
        self._offer(calendars, titles or {})
        self.open()
        if not calendars:
            self._form.say_error(
                self.tr("There is no calendar on this computer yet. Add an account first.")
            )
            return
        self._form.say_working(self.tr("Reading the file…"))
        self._tasks.start(
            self._interchange.read_file(path),
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
        )

    def _offer(self, calendars: Sequence[Calendar], titles: Mapping[AccountId, str]) -> None:
        offered: set[AccountId] = set()
        for calendar in calendars:
            if self._suffix in CALENDAR_ENDINGS:
                self._where.addItem(name_of(calendar), calendar)
            elif calendar.account_id not in offered:
                self._where.addItem(titles.get(calendar.account_id, name_of(calendar)), calendar)
            offered.add(calendar.account_id)

    def _on_read(self, data: bytes) -> None:
        self._data = data
        if self._suffix in CALENDAR_ENDINGS:
            self._look_at_events()
        elif self._suffix in CARD_ENDINGS:
            self._look_at_cards()
        elif self._suffix in TABLE_ENDINGS:
            self._tasks.start(
                self._interchange.read_csv(data),
                owner=self,
                done=self._on_table,
                failed=self._on_failed,
            )
        else:
            self._on_failed(InvalidInputError(Field.FILE, "unknown kind"))

    def _calendar(self) -> Calendar | None:
        calendar: Calendar | None = self._where.currentData()
        return calendar

    def _look_at_events(self) -> None:
        calendar = self._calendar()
        if calendar is not None:
            self._look(self._interchange.preview_ics(self._data, calendar, self._zone))

    def _look_at_cards(self) -> None:
        calendar = self._calendar()
        if calendar is not None:
            self._look(self._interchange.preview_vcards(self._data, calendar.account_id))

    def _look(self, work: Coroutine[Any, Any, EventsPreview | ContactsPreview]) -> None:
        self._looking = self._tasks.start(
            work,
            owner=self,
            done=self._on_preview,
            failed=self._on_failed,
            replaces=self._looking,  # only the newest choice matters
        )

    def _on_table(self, table: Table) -> None:
        self._table = table
        self._mapping.show_table(table)
        self._on_mapping_changed()

    def _on_mapping_changed(self) -> None:
        calendar = self._calendar()
        if calendar is not None and self._table is not None:
            mapping = self._mapping.mapping()
            self._look(self._interchange.preview_csv(self._table, mapping, calendar.account_id))

    def _on_where_changed(self, _index: int) -> None:
        if isinstance(self._preview, EventsPreview):
            self._look_at_events()
        elif self._table is not None:
            self._on_mapping_changed()
        elif self._preview is not None:
            self._look_at_cards()

    def _on_preview(self, preview: EventsPreview | ContactsPreview) -> None:
        self._preview = preview
        content = preview.content
        events = isinstance(preview, EventsPreview)
        entries: Sequence[object] = (
            preview.content.events
            if isinstance(preview, EventsPreview)
            else preview.content.contacts
        )
        known = len(preview.known)
        fresh = len(entries) - known
        self._form.show_found(
            found_facts(fresh, known, len(content.damaged), events=events),
            content.damaged,
            known=known > 0,
            table=self._table is not None,
        )
        self._import.setEnabled(bool(entries))
        if entries and self._cancel.hasFocus():
            self._import.setFocus()

    def _on_import(self) -> None:
        if self._done:
            self.accept()
            return
        if self._preview is None:
            return
        self._set_importing(True)
        self._form.say_working(self.tr("Taking the entries over…"))
        choice = self._duplicates.value()
        work = (
            self._interchange.import_events(self._preview, choice)
            if isinstance(self._preview, EventsPreview)
            else self._interchange.import_contacts(self._preview, choice)
        )
        self._tasks.start(work, owner=self, done=self._on_imported, failed=self._on_failed)

    def _set_importing(self, importing: bool) -> None:
        self._importing = importing
        self._import.setEnabled(not importing)
        self._cancel.setEnabled(not importing)

    def _on_imported(self, result: Imported) -> None:
        self._set_importing(False)
        self._done = True
        self._form.show_done(imported_facts(result))
        self._cancel.hide()
        self._import.setText(self.tr("Close"))
        self._import.setFocus()
        self.imported.emit(result)

    def _on_failed(self, error: AppError) -> None:
        # What was shown before may be imported again; a file that cannot be read may not.
        self._set_importing(False)
        self._import.setEnabled(self._preview is not None)
        self._form.say_error(failed_text(error))

    # Qt overrides

    def reject(self) -> None:
        if not self._importing:  # half an import would be worse than a moment's wait
            super().reject()
