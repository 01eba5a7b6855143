"""Secrets in the operating system's keyring, and nowhere else."""

import asyncio
import contextlib
import logging
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from desktop.domain.errors import KeyringError, KeyringState
from desktop.services.secret_entries import SERVICE, heading, read_heading, user_name

# The one keyring of this system and nothing else of the library: no backend is searched for.
if sys.platform == "darwin":
    from keyring.backends.macOS import Keyring as KeychainKeyring

    _ALLOWED: tuple[type[KeyringBackend], ...] = (KeychainKeyring,)
if sys.platform == "win32":
    from keyring.backends.Windows import WinVaultKeyring

    _ALLOWED = (WinVaultKeyring,)
if sys.platform not in ("darwin", "win32"):
    from keyring.backends.kwallet import DBusKeyring
    from keyring.backends.SecretService import Keyring as SecretServiceKeyring

    _ALLOWED = (SecretServiceKeyring, DBusKeyring)

LONGEST_PART = 1_000
LIMIT_S = 60.0

T = TypeVar("T")

_HEAD_ROOM = 40
_MOST_PARTS = 1_000

_log = logging.getLogger(__name__)


class Backend(Protocol):
    """What we use of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret of an entry, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Writes or replaces an entry."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Removes an entry; raises where there is none."""
        ...


class KeyringThread:
    """Runs the keyring's calls one after another on a daemon thread.

    A question to the user that nobody answers holds up this thread and nothing else: the call
    ends after ``limit_s`` as unavailable, and later ones get a thread of their own.
    """

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] | None = None

    async def call(self, work: Callable[[], T]) -> T:
        """The work's result; its error becomes a `KeyringError`, without cause and text."""
        jobs = self._running()
        outcome: Future[T] = Future()
        jobs.put((work, outcome))
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.wrap_future(outcome), self._limit_s)
        if self._jobs is jobs:
            self._jobs = None
        raise KeyringError(KeyringState.UNAVAILABLE)

    def _running(self) -> queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]]:
        if self._jobs is None:
            self._jobs = queue.SimpleQueue()
            threading.Thread(target=_serve, args=(self._jobs,), name="keyring", daemon=True).start()
        return self._jobs


class SecretStore:
    """The secrets of one profile. Every call may raise `KeyringError`.

    A secret is one entry, or several where it is longer than the shortest limit of any system;
    the generation in the first one tells which parts belong to it, so that a write that was
    interrupted leaves the old secret readable.
    """

    def __init__(self, backend: Backend, profile_id: str, *, limit_s: float = LIMIT_S) -> None:
        self._backend = backend
        self._profile = profile_id
        self._thread = KeyringThread(limit_s)

    @classmethod
    async def open(cls, profile_id: str) -> "SecretStore":
        """With the first usable backend of this system's allow-list; ABSENT where there is none.

        Neither environment, configuration nor installed plug-ins have a say. Whether it is locked
        shows at the first call.
        """
        backend = await KeyringThread().call(_first_usable)
        if backend is None:
            raise KeyringError(KeyringState.ABSENT)
        return cls(backend, profile_id)

    @property
    def backend_name(self) -> str:
        """Which kind of keyring it is, to be named when it changes."""
        return type(self._backend).__module__.rpartition(".")[2]

    async def get(self, name: str) -> str | None:
        """The secret, or None where there is none. A damaged one raises `KeyringError` (EMPTY)."""
        return await self._thread.call(lambda: self._read(name))

    async def put(self, name: str, secret: str) -> None:
        """Stores or replaces a secret; it can be read as soon as this returns."""
        await self._thread.call(lambda: self._write(name, secret))

    async def remove(self, name: str) -> None:
        """Removes a secret; one that is not there is no error."""
        await self._thread.call(lambda: self._erase(name))

    def _read(self, name: str) -> str | None:
        head = self._get(name)
        if head is None:
            return None
        generation, count, text = _opened(head)
        for number in range(1, count):
            part = self._get(_part(name, generation, number))
            if part is None:
                raise KeyringError(KeyringState.EMPTY)
            text += part
        return text

    def _write(self, name: str, secret: str) -> None:
        old = self._get(name)
        before, old_count = _told(old)
        generation = before + 1
        parts = _cut(secret)
        if len(parts) > _MOST_PARTS:
            raise KeyringError(KeyringState.UNAVAILABLE)
        for number, part in enumerate(parts[1:], 1):
            self._set(_part(name, generation, number), part)
        self._set(name, heading(generation, len(parts), parts[0]))
        if self._read(name) != secret:
            raise KeyringError(KeyringState.UNAVAILABLE)
        for number in range(1, old_count):
            self._delete(_part(name, before, number))

    def _erase(self, name: str) -> None:
        generation, count = _told(self._get(name))
        self._delete(name)
        for number in range(1, count):
            self._delete(_part(name, generation, number))

    def _get(self, name: str) -> str | None:
        return self._backend.get_password(SERVICE, user_name(self._profile, name))

    def _set(self, name: str, text: str) -> None:
        self._backend.set_password(SERVICE, user_name(self._profile, name), text)

    def _delete(self, name: str) -> None:
        with contextlib.suppress(PasswordDeleteError):
            self._backend.delete_password(SERVICE, user_name(self._profile, name))


class MemorySecretStore:
    """Secrets for as long as the program runs: the session-only mode."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        """The secret, or None."""
        return self._secrets.get(name)

    async def put(self, name: str, secret: str) -> None:
        """Keeps a secret."""
        self._secrets[name] = secret

    async def remove(self, name: str) -> None:
        """Forgets a secret."""
        self._secrets.pop(name, None)


def _first_usable() -> Backend | None:
    """The first backend of the allow-list that works here."""
    for kind in _ALLOWED:
        if kind.viable:
            # KEYRING_PROPERTY_… in the environment would choose another place to write to.
            chosen = type(kind.__name__, (kind,), {"set_properties_from_env": lambda _self: None})
            chosen.__module__ = kind.__module__
            backend: Backend = chosen()
            return backend
    return None


def _serve(jobs: "queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]]") -> None:
    while True:
        work, outcome = jobs.get()
        if not outcome.set_running_or_notify_cancel():
            continue
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 (backends raise what their systems raise)
            # Only the state: a backend's error may carry what was to be stored.
            outcome.set_exception(KeyringError(_state_of(error)))
        else:
            outcome.set_result(result)


def _state_of(error: BaseException) -> KeyringState:
    if isinstance(error, KeyringError):
        return error.state
    _log.info("the keyring failed: %s", type(error).__name__)
    if isinstance(error, KeyringLocked):
        return KeyringState.LOCKED
    if isinstance(error, NoKeyringError):
        return KeyringState.ABSENT
    return KeyringState.UNAVAILABLE


def _opened(head: str) -> tuple[int, int, str]:
    known = read_heading(head)
    if known is None:
        raise KeyringError(KeyringState.EMPTY)
    return known


def _told(head: str | None) -> tuple[int, int]:
    """Generation and number of parts; of nothing, and of what cannot be read, 0 and 0."""
    known = None if head is None else read_heading(head)
    return (0, 0) if known is None else known[:2]


def _part(name: str, generation: int, number: int) -> str:
    return f"{name}.{generation}.{number}"


def _cut(secret: str) -> list[str]:
    """Parts that no system refuses: the first one leaves room for the heading."""
    first = LONGEST_PART - _HEAD_ROOM
    rest = secret[first:]
    return [secret[:first]] + [
        rest[start : start + LONGEST_PART] for start in range(0, len(rest), LONGEST_PART)
    ]
