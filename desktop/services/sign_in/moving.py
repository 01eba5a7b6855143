"""PortalMoves: a portal answers that it lives elsewhere now; the user says whether that is so."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from desktop.domain.account import Account, AccountState, SignIn
from desktop.domain.errors import InvalidInputError, NotFoundError
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.links import host_of, in_cloud
from desktop.services.api.bitrix24.signing_in.portal_address import parse_portal
from desktop.services.api.port import RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.sign_in.account_secrets import Secrets, webhook_secret_name
from desktop.services.sign_in.engines import Engines
from desktop.services.sync.tasks import Tasks
from desktop.store.files import StoreFiles


@dataclass(frozen=True, slots=True)
class Move:
    """Where a portal was, and where it says that it is."""

    old: str
    new: str
    """Both without ``https://``."""
    leaves_cloud: bool
    """It was one of the vendor's own addresses, and the new one is none."""


def move_of(account: Account) -> Move | None:
    """The move that waits for the user's word; None where there is none."""
    if account.state is not AccountState.MOVED or not account.moved_to:
        return None
    try:
        new = parse_portal(account.moved_to)
    except InvalidInputError:
        return None
    leaves = in_cloud(account.address) and not in_cloud(new.portal)
    return Move(account.address.removeprefix("https://"), new.name, leaves)


class PortalMoves:
    """Carries a confirmed move out. Nothing goes to a new address before.

    ``at_new_home`` makes the client of an account as if it lived at its address already.
    """

    def __init__(
        self,
        files: StoreFiles,
        secrets: Secrets,
        at_new_home: Callable[[Account], Awaitable[RemoteAccount]],
        engines: Engines,
        feed: ChangeFeed,
    ) -> None:
        self._files = files
        self._secrets = secrets
        self._at_new_home = at_new_home
        self._engines = engines
        self._feed = feed
        self._tasks = Tasks()

    async def confirm(self, account_id: AccountId) -> Account:
        """Goes on at the new address, if the same user is known there.

        Raises `NotFoundError` where nothing waits for a word, `IdentityChangedError` where
        somebody else answers there, and what `RemoteAccount.check` raises; then all stays as it
        was. Once begun it is done to the end, whoever waits for it leaves.
        """
        return await asyncio.shield(self._tasks.start(self._confirm(account_id)))

    async def close(self) -> None:
        """Waits for what was begun."""
        await self._tasks.finish()

    async def _confirm(self, account_id: AccountId) -> Account:
        known = await self._files.own.read(lambda own: own.accounts.get(account_id))
        if known is None or move_of(known) is None:
            raise NotFoundError
        moved = _at(known, parse_portal(known.moved_to).portal)
        await self._engines.remove_account(account_id)  # it must not renew the same tokens
        try:
            await self._look_there(moved)
            await self._keep(known, moved)
        except BaseException:
            await self._engines.add_account(known)
            raise
        await self._engines.add_account(moved)
        self._feed.publish(Topic.ACCOUNTS, account_id=account_id)
        return moved

    async def _look_there(self, moved: Account) -> None:
        client = await self._at_new_home(moved)
        try:
            await client.check()
        finally:
            await client.aclose()

    async def _keep(self, known: Account, moved: Account) -> None:
        """The address and what is kept of it, the secret first: it names the portal, too."""
        name = webhook_secret_name(moved.id)
        secret = await self._secrets.get(name) if known.sign_in is SignIn.WEBHOOK else None
        if secret is not None:
            await self._secrets.put(name, parse_webhook(secret).at(moved.address).text)
        try:
            await self._files.own.write(lambda own: own.accounts.put(moved))
        except BaseException:
            if secret is not None:
                await self._secrets.put(name, secret)
            raise


def _at(account: Account, portal: str) -> Account:
    """The account at its new address; a title that names the old one names the new."""
    old, new = (host_of(address) for address in (account.address, portal))
    title = account.title.replace(old, new, 1) if account.title.startswith(old) else account.title
    return replace(account, address=portal, title=title, state=AccountState.ACTIVE, moved_to="")
