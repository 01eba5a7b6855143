"""AccountCard: one account, how it is, what it can do, and what can be done with it."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.domain.account import Account, AccountKind, AccountState
from desktop.domain.event import Recording
from desktop.domain.sync import AccountSync
from desktop.services.sign_in.moving import move_of
from desktop.ui import theme
from desktop.ui.accounts.account_texts import abilities_text, icon_name, state_text, where_text
from desktop.ui.accounts.customs_box import CustomsBox
from desktop.ui.accounts.exports import Export, export_text
from desktop.ui.accounts.recording_choice import RecordingChoice
from desktop.ui.contrast import readable
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel, small_label

MARK_PX = 24
BAR_PX = 4


class AccountCard(QWidget):
    """Shows an account; each button is a wish about it."""

    sign_in_requested = Signal(object)  # Account
    move_requested = Signal(object, object)  # Account, Move
    import_requested = Signal(object)  # Account
    export_requested = Signal(object, object)  # Account, Export
    removal_requested = Signal(object)  # Account
    recording_chosen = Signal(object, object)  # Account, Recording
    customs_use_requested = Signal(object)  # Account
    customs_keep_requested = Signal(object)  # Account

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self._move = move_of(account)
        self.setAccessibleName(account.title)
        self._title = PlainLabel(account.title)
        self._title.setFont(theme.scaled(self._title.font(), 1.05, bold=True))
        self._state = small_label(wrap=True)
        self._recording = (
            None if account.kind is not AccountKind.BITRIX24 else RecordingChoice(account, self)
        )
        self.customs = CustomsBox(self)
        self._buttons = QWidget()
        self._arrange()
        self._fill_buttons()

    def show_sync(self, sync: AccountSync | None, now: datetime) -> None:
        """Say how it is doing."""
        text, tone = state_text(self.account, sync, now)
        self._state.set_tone(tone)
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def take(self, account: Account) -> None:
        """Show the same account with another choice made for it."""
        self.account = account
        if self._recording is not None:
            self._recording.show_account(account)

    def _on_customs_use(self) -> None:
        self.customs_use_requested.emit(self.account)

    def _on_customs_keep(self) -> None:
        self.customs_keep_requested.emit(self.account)

    def _on_recording(self, recording: Recording) -> None:
        self.recording_chosen.emit(self.account, recording)

    def _fill_buttons(self) -> None:
        row = FlowLayout(self._buttons)
        if self.account.kind is AccountKind.LOCAL:
            row.addWidget(self._button(self.tr("Import…"), "importFileButton", self._on_import))
            row.addWidget(self._export_button())
        else:
            if self._move is not None:
                move = self._button(self.tr("New address…"), "movedButton", self._on_move)
                move.setProperty("kind", "primary")
                row.addWidget(move)
            again = self._button(self.tr("Sign in again…"), "signInButton", self._on_sign_in)
            if self.account.state is AccountState.SIGN_IN:
                again.setProperty("kind", "primary")
            row.addWidget(again)
        remove = self._button(self.tr("Remove…"), "removeAccountButton", self._on_remove)
        remove.setProperty("kind", "danger")
        row.addWidget(remove)

    def _export_button(self) -> QuietButton:
        button = QuietButton(self.tr("Export…"))
        button.setObjectName("exportButton")
        menu = QMenu(button)
        for export in Export:
            action = menu.addAction(export_text(export))
            action.setData(export)
        menu.triggered.connect(self._on_export)
        button.setMenu(menu)
        return button

    def _button(self, text: str, name: str, pressed: object) -> QuietButton:
        button = QuietButton(text)
        button.setObjectName(name)
        button.setAccessibleDescription(self.account.title)
        button.clicked.connect(pressed)
        return button

    def _on_sign_in(self) -> None:
        self.sign_in_requested.emit(self.account)

    def _on_move(self) -> None:
        self.move_requested.emit(self.account, self._move)

    def _on_import(self) -> None:
        self.import_requested.emit(self.account)

    def _on_export(self, action: QAction) -> None:
        self.export_requested.emit(self.account, action.data())

    def _on_remove(self) -> None:
        self.removal_requested.emit(self.account)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        mark = IconMark(icon_name(self.account), "accent_text", MARK_PX)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        words.addWidget(self._title)
        words.addWidget(PlainLabel(where_text(self.account), tone="muted"))
        words.addWidget(self._state)
        if self.account.kind is not AccountKind.LOCAL:
            words.addWidget(small_label(abilities_text(self.account), wrap=True))
        if self._recording is not None:
            self._recording.picked.connect(self._on_recording)
            words.addWidget(self._recording)
        self.customs.use_requested.connect(self._on_customs_use)
        self.customs.keep_requested.connect(self._on_customs_keep)
        words.addWidget(self.customs)
        words.addSpacing(4)
        words.addWidget(self._buttons)

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = theme.current().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colors.line)
        painter.setBrush(colors.window)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_PX + 2, theme.RADIUS_PX + 2)
        color = QColor(self.account.color)
        if color.isValid():
            self._paint_bar(painter, box, color)
        painter.end()

    def _paint_bar(self, painter: QPainter, box: QRectF, color: QColor) -> None:
        """What tells the account from others, at the side where one begins to read."""
        bar = box.adjusted(0, 12, 0, -12)
        bar.setWidth(BAR_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(box.right())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(readable(color, theme.current().colors.window, 3.0))
        painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
