"""Connecting: how an account gets its client, with its secret and what is known of people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from desktop.app.loading import load
from desktop.app.vault import Vault
from desktop.domain.account import Account, AccountKind, SignIn
from desktop.domain.contact import Contact
from desktop.domain.errors import (
    IdentityChangedError,
    KeyringError,
    KeyringState,
    OfflineError,
)
from desktop.domain.ids import AccountId, ContactId, RecordKind, RemoteId
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.signing_in.oauth_answer import PortalAnswer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation, TokenPair
from desktop.services.api.bitrix24.signing_in.portal_address import endpoint_address
from desktop.services.api.bitrix24.signing_in.tokens import MemoryTokens, TokenKeeping
from desktop.services.api.limits import PortalLimits
from desktop.services.api.local.account import LocalAccount
from desktop.services.api.no_network import NoNetworkAccount
from desktop.services.api.port import RemoteAccount
from desktop.services.settings import probes_name
from desktop.services.sign_in.account_secrets import AccountTokens, app_key_of, webhook_secret_name
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
        sign_in_server: str,
    ) -> None:
        self._vault = vault
        self._files = files
        self._people = People(files)
        self._limits = PortalLimits(tempo)
        self._clock = clock
        self._offline = offline
        self._sign_in_server = sign_in_server

    async def connect(self, account: Account) -> RemoteAccount:
        """The client of an account that was added. Raises `KeyringError` without its secret."""
        if account.kind is AccountKind.LOCAL:
            return LocalAccount(account)
        if self._offline:
            return NoNetworkAccount(account)
        if account.sign_in is SignIn.OAUTH:
            return await self._client(account, await self._kept_access(account))
        secret = await self._vault.get(webhook_secret_name(account.id))
        if secret is None:
            raise KeyringError(KeyringState.EMPTY)
        return await self.make(account, secret)

    async def make(self, account: Account, secret: str) -> RemoteAccount:
        """A client with a webhook at hand. Raises `OfflineError` in a run without network."""
        clients = await self._loaded()
        return await self._client(account, clients.webhook_access(secret))

    async def exchange(self, key: AppKey, answer: PortalAnswer) -> TokenPair:
        """The token pair for a code. Raises what `SignInServer.exchange` raises."""
        clients = await self._loaded()
        server = clients.sign_in_server(self._sign_in_server)
        try:
            address = server.server_for(answer.server_domain)
            pair: TokenPair = await server.exchange(key, answer.code, address)
        finally:
            await server.aclose()
        return pair

    async def try_app(self, account: Account, key: AppKey, pair: TokenPair) -> RemoteAccount:
        """The client of an application that is being tried: nothing is kept."""
        tokens = MemoryTokens()
        await tokens.keep(1, Generation(1, pair).to_text())
        return await self._client(account, await self._access(account, key, tokens))

    async def at_new_home(self, account: Account) -> RemoteAccount:
        """The client of an account whose portal has moved to the address that it has now.

        An application asks the sign-in server first whether this is so: the new address gets no
        token before. Raises `IdentityChangedError` where it is not.
        """
        if account.sign_in is SignIn.OAUTH:
            await self._loaded()
            access = await self._kept_access(account)
            try:
                home = endpoint_address(await access.check_home())
                if home is None or home.portal != account.address:
                    raise IdentityChangedError
            except BaseException:
                await access.aclose()
                raise
            return await self._client(account, access)
        secret = await self._vault.get(webhook_secret_name(account.id))
        if secret is None:
            raise KeyringError(KeyringState.EMPTY)
        return await self.make(account, parse_webhook(secret).at(account.address).text)

    async def _kept_access(self, account: Account) -> Any:
        key = await app_key_of(self._vault, account.id)
        if key is None:
            raise KeyringError(KeyringState.EMPTY)
        return await self._access(account, key, AccountTokens(self._vault, account.id))

    async def _access(self, account: Account, key: AppKey, tokens: TokenKeeping) -> Any:
        clients = await self._loaded()
        access = clients.app_access(account, key, tokens, self._sign_in_server, self._clock)
        await access.open()
        return access

    async def _client(self, account: Account, access: Any) -> RemoteAccount:
        clients = await self._loaded()
        ground = clients.Ground(self._limits, self._people, self._clock)
        answers = PortalAnswers(self._files, account.id)
        made: RemoteAccount = clients.bitrix24(account, access, ground, answers)
        return made

    async def _loaded(self) -> Any:
        if self._offline:
            raise OfflineError
        return await load("desktop.app.clients")
