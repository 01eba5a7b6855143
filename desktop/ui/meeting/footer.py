"""The dialog's lower edge: what happens on saving, the buttons, and the question on leaving."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from desktop.ui.widgets.announce import announce
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.hinted_button import HintedButton
from desktop.ui.widgets.labels import PlainLabel, small_label


class Footer(QWidget):
    """Two faces: the buttons, or "Discard?" where something was typed."""

    save_clicked = Signal()
    cancel_clicked = Signal()
    delete_clicked = Signal()
    discard_clicked = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = small_label()
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.save = HintedButton(hint=self.tr("Ctrl ↵"))
        self.save.setObjectName("meetingSaveButton")
        self.cancel = QuietButton()
        self.cancel.setObjectName("meetingCancelButton")
        self.delete = QuietButton(self.tr("Delete"), icon_name="trash")
        self.delete.setObjectName("meetingDeleteButton")
        self._question = PlainLabel()
        self.discard = QuietButton(self.tr("Discard"))
        self.discard.setObjectName("meetingDiscardButton")
        self.discard.setProperty("kind", "danger")
        self.keep = QuietButton(self.tr("Keep editing"))
        self.keep.setObjectName("meetingKeepButton")
        self._faces = QStackedLayout(self)
        self._arrange()
        self._connect()

    def show_buttons(self, save: str, cancel: str, *, can_delete: bool) -> None:
        """Show the usual face; without ``save`` there is nothing to save."""
        self.save.setText(save)
        self.save.setAccessibleName(save)
        self.save.setVisible(bool(save))
        self.cancel.setText(cancel)
        self.delete.setVisible(can_delete)
        self._faces.setCurrentIndex(0)

    def ask(self, question: str) -> None:
        """Ask before something typed is lost."""
        self._question.setText(question)
        self._faces.setCurrentIndex(1)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, question)

    def stop_asking(self) -> None:
        """Back to the buttons."""
        self._faces.setCurrentIndex(0)

    @property
    def asking(self) -> bool:
        """Whether the question stands."""
        return self._faces.currentIndex() == 1

    def _on_keep(self) -> None:
        self.stop_asking()
        self.kept.emit()

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_clicked)
        self.cancel.clicked.connect(self.cancel_clicked)
        self.delete.clicked.connect(self.delete_clicked)
        self.discard.clicked.connect(self.discard_clicked)
        self.keep.clicked.connect(self._on_keep)

    def _arrange(self) -> None:
        for widgets in (
            (self.delete, self.note, self.cancel, self.save),
            (self._question, self.discard, self.keep),
        ):
            face = QWidget()
            row = QHBoxLayout(face)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget, 1 if isinstance(widget, PlainLabel) else 0)
            self._faces.addWidget(face)
