"""RemovalSheet: what goes with an account, before it goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import AppError
from desktop.services.accounts import AccountService, RemovalPreview
from desktop.ui import theme
from desktop.ui.accounts.account_texts import going_text, waiting_text
from desktop.ui.accounts.exports import Export, export_text
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import LinkButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label
from desktop.ui.widgets.measure import roomy
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 480


class RemovalSheet(QDialog):
    """Names the waiting changes first, then counts what goes; nothing goes without the button."""

    removed = Signal(object)  # Account
    export_requested = Signal(object, object)  # Account, Export

    def __init__(
        self,
        account: Account,
        accounts: AccountService,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("removalSheet")
        self.setWindowTitle(self.tr("Remove account"))
        self._account = account
        self._accounts = accounts
        self._tasks = tasks
        self._waiting = MessageBox("removalWaiting")
        self._going = PlainLabel(self.tr("Counting what would go…"), wrap=True)
        self._going.setObjectName("removalGoing")
        self._exports = QWidget()
        self._message = MessageBox("removalMessage")
        self._cancel = QuietButton(self.tr("Keep it"))
        self._cancel.clicked.connect(self.reject)
        self._remove = QuietButton(self.tr("Remove"))
        self._remove.setObjectName("confirmRemovalButton")
        self._remove.setProperty("kind", "danger")
        self._remove.setEnabled(False)
        self._remove.clicked.connect(self._on_remove)
        self._arrange()

    def ask(self) -> None:
        """Count what would go, and show it."""
        self._tasks.start(
            self._accounts.removal_preview(self._account.id),
            owner=self,
            done=self._on_preview,
            failed=self._on_failed,
        )
        self.open()
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_preview(self, preview: RemovalPreview) -> None:
        waiting = waiting_text(preview)
        if waiting:
            self._waiting.say("warning", waiting)
        self._going.setText(going_text(preview, self._account))
        worth_keeping = preview.own and not self._account.sample
        self._exports.setVisible(worth_keeping and bool(preview.contacts or preview.events))
        self._remove.setEnabled(True)
        self._fit()

    def _on_remove(self) -> None:
        self._remove.setEnabled(False)
        self._message.say_working(self.tr("Removing…"))
        self._tasks.start(
            self._accounts.remove(self._account.id),
            owner=self,
            done=self._on_removed,
            failed=self._on_failed,
        )

    def _on_removed(self, _nothing: None) -> None:
        self.removed.emit(self._account)
        self.accept()

    def _on_failed(self, error: AppError) -> None:
        self._message.say_error(text_for(error))
        self._remove.setEnabled(True)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the words need, so that none is cut."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _on_calendar(self) -> None:
        self.export_requested.emit(self._account, Export.CALENDAR)

    def _on_cards(self) -> None:
        self.export_requested.emit(self._account, Export.CARDS)

    def _arrange(self) -> None:
        self._fill_exports()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.tr("Remove this account?")))
        name = PlainLabel(self._account.title, wrap=True)
        name.setFont(theme.scaled(name.font(), bold=True))
        column.addWidget(name)
        column.addWidget(self._waiting)
        column.addWidget(self._going)
        column.addWidget(self._exports)
        column.addWidget(self._message)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self._remove)
        self.resize(roomy(self, WIDTH_PX, self.sizeHint().height()))

    def _fill_exports(self) -> None:
        row = QVBoxLayout(self._exports)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(PlainLabel(self.tr("Export it first:"), tone="muted"))
        for export, pressed in (
            (Export.CALENDAR, self._on_calendar),
            (Export.CARDS, self._on_cards),
        ):
            link = LinkButton(export_text(export))
            link.clicked.connect(pressed)
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        self._exports.hide()
