"""MoveSheet: a portal says that it lives elsewhere now; nothing goes there before a yes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import AppError, IdentityChangedError
from desktop.services.accounts import AccountService
from desktop.services.sign_in.moving import Move
from desktop.ui import theme
from desktop.ui.accounts.refused_texts import refused_text
from desktop.ui.error_texts import ErrorText
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.labels import PlainLabel, title_label
from desktop.ui.widgets.measure import roomy
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 480


class MoveSheet(QDialog):
    """Shows both addresses whole, and warns where the new one is none of Bitrix24's."""

    moved = Signal(object)  # Account

    def __init__(
        self,
        account: Account,
        move: Move,
        accounts: AccountService,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("moveSheet")
        self.setWindowTitle(self.tr("New address"))
        self._account = account
        self._accounts = accounts
        self._tasks = tasks
        self._warning = MessageBox("moveWarning")
        self._message = MessageBox("moveMessage")
        self._cancel = QuietButton(self.tr("Not now"))
        self._cancel.clicked.connect(self.reject)
        self._go = QuietButton(self.tr("Yes, it is our portal"))
        self._go.setObjectName("confirmMoveButton")
        self._go.setProperty("kind", "danger" if move.leaves_cloud else "primary")
        self._go.clicked.connect(self._on_go)
        self._arrange(move)
        if move.leaves_cloud:
            self._warning.say(
                "warning",
                self.tr(
                    "The new address is none of Bitrix24's own. Ask your administrator before you "
                    "go on: whoever owns it would get your key."
                ),
            )

    def ask(self) -> None:
        """Open, with the caret where nothing happens."""
        self.open()
        self._fit()
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go(self) -> None:
        self._go.setEnabled(False)
        self._message.say_working(self.tr("Asking there who you are…"))
        self._fit()
        self._tasks.start(
            self._accounts.moves.confirm(self._account.id),
            owner=self,
            done=self._on_moved,
            failed=self._on_failed,
        )

    def _on_moved(self, account: Account) -> None:
        self.moved.emit(account)
        self.accept()

    def _on_failed(self, error: AppError) -> None:
        self._message.say_error(self._text_for(error))
        self._go.setEnabled(True)
        self._fit()

    def _text_for(self, error: AppError) -> ErrorText:
        if isinstance(error, IdentityChangedError):
            return ErrorText(
                self.tr("Somebody else answers at the new address"),
                self.tr("Nothing was changed. Ask your administrator where the portal is."),
            )
        return refused_text(error)

    def _fit(self) -> None:
        """Take the height that the words need, so that none is cut."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _arrange(self, move: Move) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title_label(self.tr("Has your portal moved?")))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "It answers that it lives at another address now. Nothing was sent there, and "
                    "your changes wait here until you say yes."
                ),
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        lines = ((self.tr("Until now"), move.old), (self.tr("From now on"), move.new))
        for row, (name, address) in enumerate(lines):
            shown = PlainLabel(address, wrap=True)
            shown.setFont(theme.scaled(shown.font(), bold=True))
            grid.addWidget(PlainLabel(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        column.addWidget(self._warning)
        column.addWidget(self._message)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        column.addLayout(buttons)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._go)
        self.resize(roomy(self, WIDTH_PX, self.sizeHint().height()))
