"""Exporting: which file, what goes into it, and a dialog that asks where to."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import AppError, StoreFullError
from desktop.services.interchange.service import InterchangeService
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.folders import documents_folder

UNFIT_FOR_NAMES = '<>:"/\\|?*'


class Export(Enum):
    """What can be written, by the ending of its file."""

    CALENDAR = "ics"
    CARDS = "vcf"
    TABLE = "csv"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


_TEXTS = {
    Export.CALENDAR: "Calendar (.ics)",
    Export.CARDS: "Contacts as vCards (.vcf)",
    Export.TABLE: "Contacts as a table (.csv)",
}


def export_text(export: Export) -> str:
    """The menu's words for an export."""
    return _tr(_TEXTS[export])


def export_failed_text(error: AppError) -> str:
    """Why nothing was written."""
    if isinstance(error, StoreFullError):
        return _tr(
            "The file could not be written: the disk is full, or you may not write there. "
            "Choose another place."
        )
    text = text_for(error)
    return f"{text.title}. {text.body}"


class Exporter(QObject):
    """Asks for a place and writes there. ``done`` gets the file, ``failed`` the error."""

    def __init__(
        self,
        interchange: InterchangeService,
        tasks: TaskRunner,
        parent: QWidget,
        *,
        done: Callable[[Path], object],
        failed: Callable[[AppError], object],
    ) -> None:
        super().__init__(parent)
        self._interchange = interchange
        self._tasks = tasks
        self._window = parent
        self._done = done
        self._failed = failed
        self._account: Account | None = None
        self._export = Export.CALENDAR

    def ask(self, account: Account, export: Export) -> None:
        """Open the dialog for the place."""
        self._account, self._export = account, export
        dialog = QFileDialog(self._window, _tr("Export"), documents_folder())
        dialog.setObjectName("exportFileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{export_text(export)} (*.{export.value})")
        dialog.setDefaultSuffix(export.value)
        dialog.selectFile(f"{file_name(account.title)}.{export.value}")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_chosen(self, name: str) -> None:
        if self._account is not None and name:
            self._tasks.start(
                self._write(self._account, self._export, Path(name)),
                owner=self,
                done=self._done,
                failed=self._failed,
            )

    async def _write(self, account: Account, export: Export, path: Path) -> Path:
        write = {
            Export.CALENDAR: self._interchange.export_ics,
            Export.CARDS: self._interchange.export_vcards,
            Export.TABLE: self._interchange.export_csv,
        }
        data = await write[export](account.id)
        await self._interchange.write_file(path, data)
        return path


def file_name(title: str) -> str:
    """``title`` as a file's name on every system."""
    kept = "".join(" " if c in UNFIT_FOR_NAMES or not c.isprintable() else c for c in title)
    return " ".join(kept.split()).strip(". ")[:80] or "Parley"
