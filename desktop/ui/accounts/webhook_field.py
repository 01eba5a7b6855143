"""WebhookField: an address that is a password; shown as it is only while it is being typed."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from desktop.ui import theme
from desktop.ui.widgets.text_line import draw_line

TEXT_MARGIN_PX = 10
LONGEST = 4096


class WebhookField(QLineEdit):
    """`conceal` shows the address without its secret, until somebody types or asks for it."""

    left = Signal()
    concealed_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("webhookUrlField")
        self.setPlaceholderText("https://company.bitrix24.com/rest/7/…/")
        self.setMaxLength(LONGEST)
        # Neither a dictionary of the keyboard nor its suggestions may learn a password.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUrlCharactersOnly
        )
        self._masked = ""
        self.textEdited.connect(self._on_edited)

    def conceal(self, masked: str) -> None:
        """Show ``masked`` instead; what was typed can neither be read nor copied."""
        self._masked = masked
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleDescription(masked)
        self.concealed_changed.emit(True)
        self.update()

    def reveal(self) -> None:
        """Show what was typed."""
        self._masked = ""
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        self.setAccessibleDescription("")
        self.concealed_changed.emit(False)
        self.update()

    def shown_text(self) -> str:
        """What a person looking at the field reads."""
        return self._masked or self.text()

    def _on_edited(self, _text: str) -> None:
        if self._masked:
            self.reveal()

    # Qt overrides

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._masked:
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(theme.current().colors.text)
        box = QRect(self.rect()).adjusted(TEXT_MARGIN_PX, 0, -TEXT_MARGIN_PX, 0)
        draw_line(painter, box, self._masked, self.layoutDirection())
        painter.end()
