"""FileOpening: files that are chosen, dropped on the window or given at the start are looked at."""

from datetime import tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.account import Account, AccountKind
from desktop.domain.event import Calendar
from desktop.services.accounts import AccountService
from desktop.services.interchange.service import InterchangeService
from desktop.services.schedule import ScheduleService
from desktop.ui.interchange.import_dialog import ImportDialog
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.folders import documents_folder

SUFFIXES = (".ics", ".ical", ".vcf", ".vcard", ".csv", ".tsv")


class FileOpening(QObject):
    """Opens the preview of a file over ``window``; nothing is imported without a click."""

    account_requested = Signal()  # there is no calendar on this computer to import into

    def __init__(
        self,
        interchange: InterchangeService,
        schedule: ScheduleService,
        accounts: AccountService,
        tasks: TaskRunner,
        zone: tzinfo,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._interchange = interchange
        self._schedule = schedule
        self._accounts = accounts
        self._tasks = tasks
        self._zone = zone
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._window, self.tr("Import"), documents_folder())
        dialog.setObjectName("importFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters(
            [f"{self.tr('Calendars and contacts')} ({patterns})", f"{self.tr('All files')} (*)"]
        )
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at(self, path: Path) -> None:
        """Show what a file would bring."""
        self._tasks.start(self._places(), owner=self, done=partial(self._open, path))

    async def _places(self) -> tuple[Calendar, ...]:
        accounts: tuple[Account, ...] = await self._accounts.all()
        own = {one.id for one in accounts if one.kind is AccountKind.LOCAL}
        calendars = await self._schedule.calendars()
        return tuple(one for one in calendars if one.account_id in own and one.writable)

    def _open(self, path: Path, calendars: tuple[Calendar, ...]) -> None:
        if not calendars:
            self.account_requested.emit()
            return
        dialog = ImportDialog(self._interchange, self._tasks, self._zone, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_file(path, calendars)

    def _on_chosen(self, name: str) -> None:
        self.look_at(Path(name))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if _files_in(event):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            for path in _files_in(event)[:1]:
                event.acceptProposedAction()
                self.look_at(path)
                return True
        return super().eventFilter(watched, event)


def _files_in(event: QDropEvent) -> list[Path]:
    """The files of a drag that can be looked at."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.lower() in SUFFIXES]
