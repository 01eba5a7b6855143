"""Vault: the profile's secrets, and the key of its files, once the keyring has been asked."""

import asyncio
import secrets as random
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.app.loading import load
from desktop.app.profile import profile_id
from desktop.app.quick_key import KEY_NAME, quick_secret
from desktop.domain.errors import KeyringError, KeyringState, StoreFullError
from desktop.store.database import KEY_BYTES
from desktop.store.failures import named_system_failures
from desktop.store.names import OWN_NAME
from desktop.store.set_aside import set_files_aside


class Vault:
    """Secrets in the OS keyring; in memory, until the program ends, where there is none.

    The keyring's library, with all that it needs to encrypt, is loaded for the first secret that
    is written, or that no short question gives.
    """

    def __init__(self) -> None:
        self._profile: Path | None = None
        self._secrets: Any = None
        self.session_only = False
        """Nothing outlives the program."""

    def use(self, profile: Path) -> None:
        """The key is known already; the profile's other secrets are asked for when wanted."""
        self._profile = profile

    async def open(self, profile: Path) -> bytes:
        """The key of the profile's files, made at the first start.

        Raises `StoreError` where the profile's folder cannot be used, and `KeyringError`:
        EMPTY says that the keyring works but has not got the key of files that exist.
        """
        secrets = await _store_of(profile)
        known = await secrets.get(KEY_NAME)
        if known is None:
            if (profile / OWN_NAME).exists():
                raise KeyringError(KeyringState.EMPTY)
            known = random.token_hex(KEY_BYTES)
            await secrets.put(KEY_NAME, known)
        self._secrets = secrets
        try:
            return bytes.fromhex(known)
        except ValueError:
            raise KeyringError(KeyringState.EMPTY) from None

    async def start_anew(self, profile: Path, now: datetime) -> Path | None:
        """Sets the files aside whose key is lost, and makes a key for new ones.

        Gives the folder they are in, if there were any. What is open goes on as it is: the new
        key counts from the next start. Raises `KeyringError`, `ProfileInUseError` and
        `StoreFullError` where the files cannot be moved.
        """
        secrets = await _store_of(profile)
        try:
            place = await asyncio.to_thread(set_files_aside, profile, now)
        except OSError as error:
            raise StoreFullError from error
        await secrets.put(KEY_NAME, random.token_hex(KEY_BYTES))
        return place

    async def open_for_session(self) -> bytes:
        """A key that nobody keeps; from now on secrets are kept in memory only."""
        self._secrets = (await load("desktop.services.secrets")).MemorySecretStore()
        self.session_only = True
        return random.token_bytes(KEY_BYTES)

    async def get(self, name: str) -> str | None:
        """The secret, or None. Raises `KeyringError`."""
        if self._secrets is None and self._profile is not None:
            known = await asyncio.to_thread(quick_secret, self._profile, name)
            if known is not None:
                return known
        secret: str | None = await (await self._opened()).get(name)
        return secret

    async def put(self, name: str, secret: str) -> None:
        """Keeps a secret. Raises `KeyringError`."""
        await (await self._opened()).put(name, secret)

    async def remove(self, name: str) -> None:
        """Forgets a secret. Raises `KeyringError`."""
        await (await self._opened()).remove(name)

    async def _opened(self) -> Any:
        if self._secrets is None:
            if self._profile is None:
                raise KeyringError(KeyringState.UNAVAILABLE)
            self._secrets = await _store_of(self._profile)
        return self._secrets


async def _store_of(profile: Path) -> Any:
    secrets: Any = await load("desktop.services.secrets")
    with named_system_failures():
        name = profile_id(profile)
    return await secrets.SecretStore.open(name)
