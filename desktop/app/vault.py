"""Vault: the profile's secrets, and the key of its files, once the keyring has been asked."""

import asyncio
import secrets as random
from datetime import datetime
from pathlib import Path

from desktop.app.profile import profile_id
from desktop.domain.errors import KeyringError, KeyringState, StoreFullError
from desktop.services.secrets import MemorySecretStore, SecretStore
from desktop.store.database import KEY_BYTES
from desktop.store.set_aside import set_files_aside

KEY_NAME = "store-key"
STORE_NAME = "store.db"


class Vault:
    """Secrets in the OS keyring; in memory, until the program ends, where there is none."""

    def __init__(self) -> None:
        self._secrets: SecretStore | MemorySecretStore | None = None

    @property
    def session_only(self) -> bool:
        """Nothing outlives the program."""
        return isinstance(self._secrets, MemorySecretStore)

    async def open(self, profile: Path) -> bytes:
        """The key of the profile's files, made at the first start. Raises `KeyringError`.

        EMPTY says that the keyring works but has not got the key of files that exist.
        """
        secrets = await SecretStore.open(profile_id(profile))
        known = await secrets.get(KEY_NAME)
        if known is None:
            if (profile / STORE_NAME).exists():
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
        secrets = await SecretStore.open(profile_id(profile))
        try:
            place = await asyncio.to_thread(set_files_aside, profile, now)
        except OSError as error:
            raise StoreFullError from error
        await secrets.put(KEY_NAME, random.token_hex(KEY_BYTES))
        return place

    def open_for_session(self) -> bytes:
        """A key that nobody keeps; from now on secrets are kept in memory only."""
        self._secrets = MemorySecretStore()
        return random.token_bytes(KEY_BYTES)

    async def get(self, name: str) -> str | None:
        """The secret, or None. Raises `KeyringError`."""
        return await self._opened().get(name)

    async def put(self, name: str, secret: str) -> None:
        """Keeps a secret. Raises `KeyringError`."""
        await self._opened().put(name, secret)

    async def remove(self, name: str) -> None:
        """Forgets a secret. Raises `KeyringError`."""
        await self._opened().remove(name)

    def _opened(self) -> SecretStore | MemorySecretStore:
        if self._secrets is None:
            raise KeyringError(KeyringState.UNAVAILABLE)
        return self._secrets
