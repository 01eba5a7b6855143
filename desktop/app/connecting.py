"""Connecting: how an account gets its client, with its secret and what is known of people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.app.loading import load
from desktop.app.vault import Vault
from desktop.domain.account import Account, AccountKind
from desktop.domain.contact import Contact
from desktop.domain.errors import KeyringError, KeyringState, OfflineError
from desktop.domain.ids import AccountId, ContactId, RecordKind, RemoteId
from desktop.services.accounts import webhook_secret_name
from desktop.services.api.limits import PortalLimits
from desktop.services.api.local.account import LocalAccount
from desktop.services.api.no_network import NoNetworkAccount
from desktop.services.api.port import RemoteAccount
from desktop.services.settings import probes_name
from desktop.services.sync.names import address_in
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


class People:
    """What the store knows of contacts, for the clients."""

    def __init__(self, files: StoreFiles) -> None:
        self._files = files

    async def contact(self, contact_id: ContactId) -> Contact | None:
        """The contact as it is shown here, or None."""
        return await self._files.cache.read(lambda cache: cache.contacts.get(contact_id))

    async def remote_id(self, contact_id: ContactId) -> RemoteId | None:
        """Its id on its server, or None while it has none."""
        item = await self._files.own.read(lambda own: own.items.get(contact_id))
        if item is not None and item.remote_id is not None:
            return item.remote_id
        contact = await self.contact(contact_id)
        if contact is None:
            return None
        address = address_in(contact.account_id, contact_id)
        known = address is not None and address[0] is RecordKind.CONTACT
        return address[1] if known and address is not None else None


class PortalAnswers:
    """What the portal of an account answered to probes, kept until the account goes."""

    def __init__(self, files: StoreFiles, account_id: AccountId) -> None:
        self._files = files
        self._account_id = account_id

    async def load(self) -> str:
        """What was kept."""
        name = probes_name(self._account_id)
        return await self._files.own.read(lambda own: own.settings.get(name)) or ""

    async def keep(self, text: str) -> None:
        """Keeps it, unless the account is being tried or was removed meanwhile."""

        def write(own: OwnTables) -> None:
            if own.accounts.get(self._account_id) is not None:
                own.settings.put(probes_name(self._account_id), text)

        await self._files.own.write(write)


class Connecting:
    """Makes clients; loads what they are made of when the first one is wanted."""

    def __init__(
        self,
        files: StoreFiles,
        vault: Vault,
        clock: Callable[[], datetime],
        *,
        offline: bool = False,
        tempo: float = 1.0,
    ) -> None:
        self._vault = vault
        self._files = files
        self._people = People(files)
        self._limits = PortalLimits(tempo)
        self._clock = clock
        self._offline = offline

    async def connect(self, account: Account) -> RemoteAccount:
        """The client of an account that was added. Raises `KeyringError` without its secret."""
        if account.kind is AccountKind.LOCAL:
            return LocalAccount(account)
        if self._offline:
            return NoNetworkAccount(account)
        secret = await self._vault.get(webhook_secret_name(account.id))
        if secret is None:
            raise KeyringError(KeyringState.EMPTY)
        return await self.make(account, secret)

    async def make(self, account: Account, secret: str) -> RemoteAccount:
        """A client with a secret at hand. Raises `OfflineError` in a run without network."""
        if self._offline:
            raise OfflineError
        clients: Any = await load("desktop.app.clients")
        made: RemoteAccount = clients.bitrix24(
            account,
            secret,
            self._limits,
            self._people,
            self._clock,
            PortalAnswers(self._files, account.id),
        )
        return made
