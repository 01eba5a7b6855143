"""A bus and a keyring for each process of a test run: several at once break one daemon.

``gnome-keyring-daemon`` ends in the middle of an answer when programs write to it side by side,
and now and then alone; the bus then starts another one, which nobody has unlocked.
"""

import os
import subprocess
import time
from pathlib import Path

WITH_SECRETS = Path(__file__).parents[1] / "packaging" / "linux" / "with-secrets.sh"
TELL_AND_STAY = "env -0; printf '\\0'; cat"
"""What is set within the session; it ends when nobody holds the other end of its input."""
IS_LOCKED = (
    "dbus-send --session --print-reply=literal --dest=org.freedesktop.secrets"
    " /org/freedesktop/secrets/aliases/default org.freedesktop.DBus.Properties.Get"
    " string:org.freedesktop.Secret.Collection string:Locked"
)
BEGIN_AGAIN = "gnome-keyring-daemon --replace --unlock --components=secrets"
PASSWORD = b"parley-tests"  # as in with-secrets.sh
LONGEST_S = 10.0
NAMES = ("DBUS_SESSION_BUS_ADDRESS", "XDG_")


def enter() -> subprocess.Popen[bytes]:
    """Move this process into a session of its own, which ends with it."""
    session = subprocess.Popen(
        ["sh", WITH_SECRETS, "sh", "-c", TELL_AND_STAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert session.stdout is not None
    told = b""
    while not told.endswith(b"\0\0"):
        part = os.read(session.stdout.fileno(), 65536)
        if not part:
            raise RuntimeError("no session with a keyring of its own could be started")
        told += part
    for line in told.decode().split("\0"):
        name, _, value = line.partition("=")
        if name.startswith(NAMES):
            os.environ[name] = value
    return session


def mend() -> None:
    """Unlock the session's keyring again where its daemon has ended."""
    deadline = time.monotonic() + LONGEST_S
    while not _is_open():
        if time.monotonic() > deadline:
            raise RuntimeError("the keyring of the tests cannot be unlocked")
        subprocess.run(BEGIN_AGAIN.split(), input=PASSWORD, capture_output=True, check=False)


def _is_open() -> bool:
    told = subprocess.run(IS_LOCKED.split(), capture_output=True, text=True, check=False)
    return told.stdout.split()[-1:] == ["false"]
