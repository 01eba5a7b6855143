"""The dialog that makes and edits a contact."""

import asyncio

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.account import Account
from desktop.domain.contact import Contact
from desktop.domain.errors import AppError
from desktop.domain.ids import ContactId
from desktop.services.contacts import ContactService
from desktop.ui.contacts.editor_form import ContactForm
from desktop.ui.error_texts import text_for
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.buttons import QuietButton
from desktop.ui.widgets.hinted_button import HintedButton
from desktop.ui.widgets.labels import separator, title_label

LOOK_MS = 400
"""This long after the last key duplicates are looked for."""

SIZE_PX = (560, 640)


class ContactEditor(QDialog):
    """Not modal in the loop's eyes: ``open()`` it and listen to ``saved``."""

    saved = Signal(object)  # ContactId
    contact_opened = Signal(object)  # ContactId of a likely duplicate

    def __init__(
        self,
        contact: Contact,
        accounts: tuple[Account, ...],
        contacts: ContactService,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        new: bool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("contactEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New contact") if new else self.tr("Edit contact"))
        self.resize(*SIZE_PX)
        self._contacts, self._tasks, self._new = contacts, tasks, new
        self._look: asyncio.Task[tuple[Contact, ...]] | None = None
        self._twin: ContactId | None = None
        self._checked = self._leaving = self._saving = False
        self.form = ContactForm(contact, accounts)
        self._before = self.form.contact()
        self._notice = NoticeBanner()
        self._save = HintedButton(self.tr("Save"), hint="Ctrl+↵")
        self._cancel = QuietButton(self.tr("Cancel"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._arrange()
        self._connect()

    def notice(self) -> NoticeBanner:
        """The banner over the form."""
        return self._notice

    def save(self) -> None:
        """Keep what is typed, or go to the first field that is wrong."""
        self._checked = True
        wrong = self.form.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._saving:
            return
        self._saving = True
        self._tasks.start(
            self._contacts.save(self.form.contact(), new=self._new),
            owner=self,
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(title_label(self.windowTitle(), 1.3))
        column.addWidget(self._notice)
        self._notice.hide()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("surface", "window")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.addWidget(self.form)
        inner.addStretch(1)
        area.setWidget(body)
        column.addWidget(area, 1)
        column.addWidget(separator())
        buttons = QHBoxLayout()
        column.addLayout(buttons)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)

    def _connect(self) -> None:
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self.reject)
        self.form.edited.connect(self._on_edited)
        self._timer.timeout.connect(self._on_look_due)
        self._notice.acted.connect(self._on_notice_acted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def _on_edited(self) -> None:
        if self._leaving:
            self._leaving = False
            self._notice.hide()
        if self._checked:
            self.form.check()
        self._timer.start()

    def _on_look_due(self) -> None:
        self._look = self._tasks.start(
            self._contacts.likely_duplicates(self.form.contact()),
            owner=self,
            done=self._on_duplicates_found,
            replaces=self._look,
        )

    def _on_duplicates_found(self, found: tuple[Contact, ...]) -> None:
        if self._leaving:
            return
        self._twin = found[0].id if found else None
        if not found:
            self._notice.hide()
            return
        twin = found[0]
        who = f"{twin.name} ({twin.company})" if twin.company else twin.name
        self._notice.show_notice(
            "info",
            self.tr("{contact} may be the same person.").format(contact=who),
            self.tr("Open"),
        )

    def _on_notice_acted(self) -> None:
        if self._leaving:
            super().reject()
        elif self._twin is not None:
            self.contact_opened.emit(self._twin)

    def _on_saved(self, contact_id: ContactId) -> None:
        self.saved.emit(contact_id)
        self.accept()

    def _on_failed(self, error: AppError) -> None:
        self._saving = False
        self._notice.show_notice("error", text_for(error).line)

    # Qt overrides

    def reject(self) -> None:
        """Close; what was typed is not thrown away without a word."""
        if self._leaving or self.form.contact() == self._before:
            super().reject()
            return
        self._leaving = True
        self._notice.show_notice(
            "warning", self.tr("Your changes are not saved."), self.tr("Discard changes")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._leaving:
            self._leaving = False
            self._notice.hide()
            return
        super().keyPressEvent(event)
