"""Opens the contact editor: for somebody new, or for somebody known."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.account import Account, AccountKind
from desktop.domain.contact import Contact
from desktop.domain.ids import ContactId, new_uid
from desktop.services.contacts import ContactService
from desktop.ui.contacts.editor import ContactEditor
from desktop.ui.tasks import TaskRunner

AccountsSource = Callable[[], Coroutine[Any, Any, tuple[Account, ...]]]


class ContactEditing(QObject):
    """One editor at a time over ``window``."""

    contact_saved = Signal(object)  # ContactId
    contact_opened = Signal(object)  # ContactId of a likely duplicate
    account_requested = Signal()  # there is no account that could keep a new contact

    def __init__(
        self,
        contacts: ContactService,
        accounts: AccountsSource,
        tasks: TaskRunner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._contacts, self._accounts, self._tasks = contacts, accounts, tasks
        self._window = window
        self._name = ""

    def create(self, name: str = "") -> None:
        """Open an empty editor; ``name`` is what was searched for."""
        self._name = name.strip()
        self._tasks.start(self._accounts(), owner=self, done=self._on_accounts_read)

    def edit(self, contact_id: ContactId) -> None:
        """Open the editor with a contact."""
        self._tasks.start(self._contacts.get(contact_id), owner=self, done=self._on_contact_read)

    def _on_accounts_read(self, accounts: tuple[Account, ...]) -> None:
        able = tuple(a for a in accounts if a.capabilities.create_contacts)
        if not able:
            self.account_requested.emit()
            return
        # Somebody new is kept where they can be kept for good: not among the samples.
        home = min(able, key=lambda a: (a.sample, a.kind is AccountKind.LOCAL))
        given, _, family = self._name.partition(" ")
        contact = Contact(
            ContactId(new_uid()), home.id, given_name=given, family_name=family.strip()
        )
        self._open(contact, able, new=True)

    def _on_contact_read(self, contact: Contact) -> None:
        self._open(contact, (), new=False)

    def _open(self, contact: Contact, accounts: tuple[Account, ...], *, new: bool) -> None:
        editor = ContactEditor(
            contact, accounts, self._contacts, self._tasks, self._window, new=new
        )
        editor.saved.connect(self.contact_saved)
        editor.contact_opened.connect(self.contact_opened)
        editor.open()
        editor.form.setFocus()
