"""OwnFieldsPage: the choice of own fields with its service: asks the server, keeps the choice."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.crm import OwnField
from desktop.domain.errors import AppError
from desktop.domain.ids import AccountId
from desktop.services.dossiers import DossierService
from desktop.ui.contacts.own_fields_dialog import OwnFieldsDialog
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner


class OwnFieldsPage(QObject):
    """Opens the dialog for an account; each time a new one, with what the server says now."""

    def __init__(self, dossiers: DossierService, tasks: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._dossiers, self._tasks, self._window = dossiers, tasks, window
        self._dialog: OwnFieldsDialog | None = None
        self._account_id: AccountId | None = None

    def choose(self, account_id: AccountId) -> None:
        """Let the user choose the fields for the cards of an account."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        self._account_id = account_id
        dialog = OwnFieldsDialog(self._window)
        self._dialog = dialog
        dialog.chosen.connect(self._on_chosen)
        dialog.retried.connect(self._ask)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        self._ask()

    def dialog(self) -> OwnFieldsDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def _ask(self) -> None:
        if self._dialog is None or self._account_id is None:
            return
        self._dialog.show_waiting()
        self._tasks.start(
            self._read(self._account_id),
            owner=self._dialog,
            done=self._on_read,
            failed=self._on_failed,
        )

    async def _read(self, account_id: AccountId) -> tuple[tuple[OwnField, ...], tuple[str, ...]]:
        chosen = await self._dossiers.chosen_fields(account_id)
        return await self._dossiers.available_fields(account_id), chosen

    def _on_read(self, told: tuple[tuple[OwnField, ...], tuple[str, ...]]) -> None:
        if self._dialog is not None:
            self._dialog.show_fields(*told)

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            words = text_for(error)
            self._dialog.show_trouble(words.title, words.body)

    def _on_chosen(self, names: tuple[str, ...]) -> None:
        if self._account_id is not None:
            self._tasks.start(
                self._dossiers.choose_fields(self._account_id, names),
                owner=self,
                done=self._on_kept,
            )

    def _on_kept(self, _nothing: None) -> None:
        """The feed tells the cards."""

    def _on_finished(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
