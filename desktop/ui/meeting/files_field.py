"""The files of a meeting: chips to take away, and a button that adds one."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.domain.attachment import LONGEST_NAME, MOST_BYTES, Attachment, fitting
from desktop.domain.meeting import MeetingDraft
from desktop.ui.meeting.field_note import FieldNote
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.folders import documents_folder


class FilesField(QWidget):
    """Shows the draft's files; says which ones the user wants now."""

    files_changed = Signal(object)  # tuple[Attachment, ...]

    def __init__(
        self,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        folder: Callable[[], str] = documents_folder,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meetingFiles")
        self.setAccessibleName(self.tr("Files"))
        self._tasks = tasks
        self._folder = folder
        self._files: tuple[Attachment, ...] = ()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap_px=6)
        self.add = LinkButton(self.tr("Add a file…"))
        self.add.setObjectName("meetingAddFile")
        self.add.clicked.connect(self.ask)
        self.note = FieldNote()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._chips, self.add, self.note):
            column.addWidget(part)

    def show_draft(self, draft: MeetingDraft, *, kept: bool) -> None:
        """Show its files; ``kept``: the way in which it is recorded has room for them."""
        self.setVisible(kept or bool(draft.files))
        self.add.setVisible(kept)
        if draft.files != self._files:
            self._files = draft.files
            self._fill()
        if draft.files and not kept:
            self.note.show_problem(
                self.tr("Only a meeting or call of a contact keeps files: these are not sent.")
            )
        else:
            self.note.clear()

    def ask(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self, self.tr("Add a file"), self._folder())
        dialog.setObjectName("meetingFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, names: list[str]) -> None:
        """Read these files, in a thread, and add those that fit."""
        self._tasks.start(asyncio.to_thread(_read, names), owner=self, done=self._on_read)

    def _on_chosen(self, names: list[str]) -> None:
        self.take(names)

    def _on_read(self, found: list[Attachment | None]) -> None:
        files, left_out = self._files, 0
        for one in found:
            if one is not None and fitting(files, one):
                files = (*files, one)
            else:
                left_out += 1
        if files != self._files:
            self.files_changed.emit(files)
        if left_out:
            self.note.show_problem(
                self.tr(
                    "{n} could not be added: files have {size} MB together at most, and none is"
                    " empty."
                ).format(n=left_out, size=MOST_BYTES // 1024 // 1024)
            )

    def _on_removed(self) -> None:
        gone = self.sender()
        chips = [self._flow.itemAt(place) for place in range(self._flow.count())]
        files = tuple(
            file
            for file, item in zip(self._files, chips, strict=True)
            if item is not None and item.widget() is not gone
        )
        self.files_changed.emit(files)

    def _fill(self) -> None:
        self._flow.clear()
        for file in self._files:
            chip = Chip(file.name or self.tr("File"), self._chips, removable=bool(file.content))
            chip.remove_requested.connect(self._on_removed)
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._files))


def _read(names: list[str]) -> list[Attachment | None]:
    """The files of these names; None for what cannot be read, is empty or too large by itself."""
    return [_read_one(Path(name)) for name in names]


def _read_one(path: Path) -> Attachment | None:
    try:
        if not 0 < path.stat().st_size <= MOST_BYTES:
            return None
        return Attachment(path.name[-LONGEST_NAME:], path.read_bytes())
    except OSError:
        return None
