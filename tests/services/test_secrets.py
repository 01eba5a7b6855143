"""The keyring: a real one on a bus of the test's own, and the ways in which one fails."""

import asyncio
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.domain.errors import KeyringError, KeyringState
from desktop.services import secrets
from desktop.services.secret_entries import SERVICE
from desktop.services.secrets import (
    LONGEST_PART,
    KeyringThread,
    MemorySecretStore,
    SecretStore,
)

CANARY = "canary-5e1f0c77"


class Drawer:
    """A keyring in a dictionary, with Windows' limit; ``fails`` is raised by every call."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.fails: Exception | None = None
        self.writes_left = 10**6

    def get_password(self, service: str, username: str) -> str | None:
        self._maybe_fail()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._maybe_fail()
        assert len(password) <= 1_280, "Windows holds 1,280 characters"
        if not self.writes_left:
            raise OSError("the machine was switched off")
        self.writes_left -= 1
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._maybe_fail()
        if (service, username) not in self.entries:
            raise PasswordDeleteError("not there")
        del self.entries[service, username]

    def _maybe_fail(self) -> None:
        if self.fails is not None:
            raise self.fails


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def store(drawer: Drawer) -> SecretStore:
    return SecretStore(drawer, "profile-1")


async def test_a_secret_that_was_put_can_be_read_and_removed(store, drawer):
    await store.put("store-key", "ab" * 32)

    assert await store.get("store-key") == "ab" * 32
    await store.remove("store-key")
    assert await store.get("store-key") is None
    assert drawer.entries == {}


async def test_what_was_never_put_is_none_and_can_be_removed(store):
    assert await store.get("nothing") is None
    await store.remove("nothing")


async def test_entries_carry_our_service_and_the_profile(store, drawer):
    await store.put("store-key", "x")

    assert list(drawer.entries) == [(SERVICE, "profile-1/store-key")]


async def test_two_profiles_do_not_see_each_other(drawer):
    await SecretStore(drawer, "one").put("store-key", "first")
    await SecretStore(drawer, "two").put("store-key", "second")

    assert await SecretStore(drawer, "one").get("store-key") == "first"


@pytest.mark.parametrize("length", [0, 1, 959, 960, 961, 1_000, 1_960, 1_961, 25_000])
async def test_long_secrets_are_split_into_parts_that_windows_takes(store, drawer, length):
    secret = "".join(chr(0x410 + number % 64) for number in range(length))
    await store.put("long", secret)

    assert await store.get("long") == secret
    assert max(len(text) for text in drawer.entries.values()) <= LONGEST_PART


async def test_a_shorter_secret_leaves_no_parts_of_the_longer_one(store, drawer):
    await store.put("long", "x" * 5_000)
    await store.put("long", "short")

    assert await store.get("long") == "short"
    assert len(drawer.entries) == 1


@pytest.mark.parametrize("writes", range(4))
async def test_an_interrupted_write_leaves_the_old_secret(store, drawer, writes):
    await store.put("long", "a" * 3_500)
    drawer.writes_left = writes  # of the four that the new one takes

    with pytest.raises(KeyringError):
        await store.put("long", "b" * 3_500)

    assert await store.get("long") == "a" * 3_500


async def test_a_part_that_is_missing_is_an_empty_keyring_not_half_a_secret(store, drawer):
    await store.put("long", "a" * 3_500)
    del drawer.entries[SERVICE, "profile-1/long.1.2"]

    with pytest.raises(KeyringError) as caught:
        await store.get("long")
    assert caught.value.state is KeyringState.EMPTY


async def test_an_entry_that_is_not_ours_is_empty_too(store, drawer):
    drawer.entries[SERVICE, "profile-1/store-key"] = "somebody else's"

    with pytest.raises(KeyringError) as caught:
        await store.get("store-key")
    assert caught.value.state is KeyringState.EMPTY


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (KeyringLocked(CANARY), KeyringState.LOCKED),
        (OSError(CANARY), KeyringState.UNAVAILABLE),
        (EOFError(CANARY), KeyringState.UNAVAILABLE),
        (RuntimeError(CANARY), KeyringState.UNAVAILABLE),
    ],
)
async def test_a_failing_keyring_is_a_state_without_the_cause(store, drawer, caplog, error, state):
    drawer.fails = error
    caplog.set_level("DEBUG")

    for call in (store.get("a"), store.put("a", CANARY), store.remove("a")):
        with pytest.raises(KeyringError) as caught:
            await call
        assert caught.value.state is state
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
    assert CANARY not in caplog.text


async def test_a_question_that_nobody_answers_ends_and_does_not_hold_up_the_next_call():
    answered = threading.Event()
    thread = KeyringThread(limit_s=0.05)

    with pytest.raises(KeyringError) as caught:
        await thread.call(answered.wait)
    later = await KeyringThread.call(thread, lambda: "free")

    assert caught.value.state is KeyringState.UNAVAILABLE
    assert later == "free"
    answered.set()


async def test_calls_run_on_a_daemon_thread_one_after_another():
    thread = KeyringThread()
    names = await asyncio.gather(*(thread.call(threading.current_thread) for _ in range(3)))

    assert {one.daemon for one in names} == {True}
    assert len({one.ident for one in names}) == 1
    assert names[0] is not threading.main_thread()


async def test_memory_keeps_secrets_for_the_session_only():
    store = MemorySecretStore()
    await store.put("a", "b")

    assert await store.get("a") == "b"
    await store.remove("a")
    assert await store.get("a") is None
    assert await MemorySecretStore().get("a") is None


def test_only_known_keyrings_are_on_the_list():
    names = {f"{kind.__module__}.{kind.__name__}" for kind in secrets._ALLOWED}

    assert names <= {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }


# A real Secret Service, in a process with a bus of its own.

PLAIN_FILE = """
from keyring.backend import KeyringBackend
class PlainFile(KeyringBackend):
    priority = 100
    def get_password(self, service, username):
        return "from a file"
    def set_password(self, service, username, password):
        open({path!r}, "a").write(password)
    def delete_password(self, service, username):
        pass
"""


class Desk:
    """Runs a script as a fresh process, with or without a Secret Service."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = folder / "plain.txt"
        modules = folder / "modules"
        modules.mkdir()
        (modules / "plainfile.py").write_text(PLAIN_FILE.format(path=str(self.written)))
        info = modules / "plainfile-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plainfile\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[keyring.backends]\nplainfile = plainfile\n")
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        root = Path(secrets.__file__).parents[2]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONPATH": f"{root}{os.pathsep}{modules}",
        }

    def run(self, script: str, *, service: bool, locked: bool = False, **environment: str) -> str:
        """What the script printed. ``locked``: the keyring exists and needs a password."""
        python = [sys.executable, "-c", textwrap.dedent(script)]
        command = python
        if service:
            unlock = (
                "printf %s pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
            )
            if locked:
                unlock += "; dbus-send --session --print-reply --dest=org.freedesktop.secrets "
                unlock += "/org/freedesktop/secrets org.freedesktop.Secret.Service.Lock "
                unlock += "array:objpath:/org/freedesktop/secrets/collection/login >/dev/null"
            start = f'{unlock}; exec "$@"'
            command = ["dbus-run-session", "--", "sh", "-c", start, "sh", *python]
        done = subprocess.run(
            command,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


STORE = """
    import asyncio
    from desktop.domain.errors import KeyringError
    from desktop.services.secrets import SecretStore
    async def main():
        try:
            store = await SecretStore.open("profile-1")
            {body}
        except KeyringError as error:
            print(error.state.value)
    asyncio.run(main())
"""
WRITE = STORE.format(
    body='await store.put("a", "s" * 3000); print((await store.get("a")).count("s"))'
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")):
        pytest.skip("needs dbus and gnome-keyring")
    return Desk(tmp_path)


@pytest.mark.secrets
@pytest.mark.slow
def test_a_real_keyring_keeps_a_secret_in_parts(desk):
    assert desk.run(WRITE, service=True) == "3000"


@pytest.mark.secrets
@pytest.mark.slow
def test_without_a_bus_there_is_no_usable_keyring(desk):
    assert desk.run(WRITE, service=False) == "absent"


@pytest.mark.secrets
@pytest.mark.slow
def test_a_locked_keyring_without_a_prompt_is_locked(desk):
    assert desk.run(WRITE, service=True, locked=True) == "locked"


@pytest.mark.secrets
@pytest.mark.slow
def test_a_bus_that_leads_nowhere_is_no_usable_keyring(desk):
    nowhere = f"unix:path={desk.folder}/no-such-socket"

    assert desk.run(WRITE, service=False, DBUS_SESSION_BUS_ADDRESS=nowhere) == "absent"


@pytest.mark.secrets
@pytest.mark.slow
@pytest.mark.parametrize("chosen_by", ["plug-in", "environment", "configuration"])
def test_a_plain_file_backend_is_never_used(desk, chosen_by):
    environment = {}
    if chosen_by == "environment":
        environment = {"PYTHON_KEYRING_BACKEND": "plainfile.PlainFile"}
    if chosen_by == "configuration":
        folder = desk.folder / "config" / "python_keyring"
        folder.mkdir(parents=True)
        (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=plainfile.PlainFile\n")
    lured = desk.run(
        "import keyring; print(type(keyring.get_keyring()).__name__)", service=False, **environment
    )
    assert lured == "PlainFile", "the library itself would take it"

    assert desk.run(WRITE, service=False, **environment) == "absent"
    assert not desk.written.exists()


@pytest.mark.secrets
@pytest.mark.slow
def test_the_environment_cannot_choose_another_collection(desk):
    other = {"KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/none"}

    assert desk.run(WRITE, service=True, **other) == "3000"


DYING = """
    import asyncio, os, re, subprocess
    from desktop.domain.errors import KeyringError
    from desktop.services.secrets import SecretStore
    ASK = "dbus-send --session --print-reply --dest=org.freedesktop.DBus / ".split()
    ASK += ["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"]
    async def main():
        store = await SecretStore.open("profile-1")
        await store.put("a", "b")
        told = subprocess.run(ASK, capture_output=True, text=True, check=True).stdout
        os.kill(int(re.search("uint32 ([0-9]+)", told)[1]), 9)
        try:
            print(await store.get("a"))
        except KeyringError as error:
            print(error.state.value)
    asyncio.run(main())
"""


@pytest.mark.secrets
@pytest.mark.slow
def test_a_service_that_dies_is_a_state_too(desk):
    # The bus may start another one, which nobody has unlocked.
    assert desk.run(DYING, service=True) in ("unavailable", "locked")
