"""ImportDialog: looks at a calendar or contacts file and takes over what the user wants."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError, Field, InvalidInputError
from desktop.domain.event import Calendar
from desktop.services.interchange.contacts_csv import Table
from desktop.services.interchange.ics_read import DamagedEntry
from desktop.services.interchange.service import (
    ContactsPreview,
    EventsPreview,
    Imported,
    InterchangeService,
)
from desktop.ui.error_texts import text_for
from desktop.ui.interchange.choices import ColumnMapping, DuplicatesChoice
from desktop.ui.interchange.texts import counts_text, damaged_text, imported_text
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label

WIDTH_PX, HEIGHT_PX = 640, 520


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
        self._done = False
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._title = title_label("")
        self._counts = PlainLabel(tone="muted", wrap=True)
        self._where = QComboBox()
        self._where.setAccessibleName(self.tr("Import into"))
        self._where.currentIndexChanged.connect(self._on_where_changed)
        self._mapping = ColumnMapping()
        self._mapping.mapping_changed.connect(self._on_mapping_changed)
        self._duplicates = DuplicatesChoice()
        self._damaged = QListWidget()
        self._damaged.setAccessibleName(self.tr("Damaged entries"))
        self._notice = NoticeBanner()
        self._notice.hide()
        self._import = PrimaryButton(self.tr("Import"))
        self._import.setObjectName("importButton")
        self._import.clicked.connect(self._on_import)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._arrange()

    def open_file(self, path: Path, calendars: Sequence[Calendar]) -> None:
        """Look at ``path``; ``calendars`` are those that can take events or contacts."""
        self._suffix = path.suffix.lower()
        self._title.setText(path.name)
        self._counts.setText(self.tr("Reading the file…"))
        self._import.setEnabled(False)
        for calendar in calendars:
            self._where.addItem(calendar.name, calendar)
        self.open()
        self._tasks.start(
            self._interchange.read_file(path),
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
        )

    def _on_read(self, data: bytes) -> None:
        self._data = data
        suffix = self._suffix
        if suffix in (".ics", ".ical", ".ifb"):
            self._look_at_events()
        elif suffix in (".vcf", ".vcard"):
            self._look_at_cards()
        elif suffix in (".csv", ".txt", ".tsv"):
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
        self._mapping.show()
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
        self._notice.hide()
        content = preview.content
        entries: Sequence[object] = (
            preview.content.events
            if isinstance(preview, EventsPreview)
            else preview.content.contacts
        )
        known = len(preview.known)
        self._counts.setText(counts_text(len(entries) - known, known, len(content.damaged)))
        self._duplicates.setVisible(known > 0)
        self._show_damaged(content.damaged)
        self._import.setEnabled(bool(entries))

    def _show_damaged(self, damaged: Sequence[DamagedEntry]) -> None:
        self._damaged.clear()
        self._damaged.addItems([damaged_text(entry) for entry in damaged])
        self._damaged.setVisible(bool(damaged))

    def _on_import(self) -> None:
        if self._done:
            self.accept()
            return
        if self._preview is None:
            return
        self._import.setEnabled(False)
        choice = self._duplicates.value()
        work = (
            self._interchange.import_events(self._preview, choice)
            if isinstance(self._preview, EventsPreview)
            else self._interchange.import_contacts(self._preview, choice)
        )
        self._tasks.start(work, owner=self, done=self._on_imported, failed=self._on_failed)

    def _on_imported(self, result: Imported) -> None:
        self._done = True
        self._notice.show_notice("success", imported_text(result))
        self._duplicates.hide()
        self._mapping.setEnabled(False)
        self._where.setEnabled(False)
        self._cancel.hide()
        self._import.setText(self.tr("Close"))
        self._import.setEnabled(True)
        self._import.setFocus()
        self.imported.emit(result)

    def _on_failed(self, error: AppError) -> None:
        text = text_for(error)
        self._notice.show_notice("error", f"{text.title}. {text.body}")
        self._counts.setText("")

    def _arrange(self) -> None:
        for part in (self._mapping, self._duplicates, self._damaged):
            part.hide()
        stays = self._where.sizePolicy()
        stays.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self._where.setSizePolicy(stays)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._counts)
        where = QHBoxLayout()
        where.addWidget(PlainLabel(self.tr("Into")))
        where.addWidget(self._where, 1)
        column.addLayout(where)
        column.addWidget(self._mapping, 2)
        column.addWidget(self._duplicates)
        column.addWidget(self._damaged, 1)
        column.addStretch()
        column.addWidget(self._notice)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._import, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(buttons)
