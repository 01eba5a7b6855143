import os
import subprocess
import sys

import pytest

from setup import session
from setup.project import SetupError

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this session")

REMEMBER = """
import keyring
keyring.set_password("parley-tests", "name", "secret")
print(keyring.get_password("parley-tests", "name"), type(keyring.get_keyring()).__module__)
"""


@linux_only
def test_the_session_has_an_unlocked_secret_service_and_leaves_nothing(tmp_path):
    command = session.with_secrets([sys.executable, "-c", REMEMBER])
    answer = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=40,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert answer.stdout.split() == ["secret", "keyring.backends.SecretService"]
    assert list(tmp_path.iterdir()) == []


@linux_only
def test_the_session_ends_with_the_commands_exit_code():
    command = session.with_secrets([sys.executable, "-c", "raise SystemExit(7)"])
    assert subprocess.run(command, check=False, timeout=40, capture_output=True).returncode == 7


@linux_only
def test_a_missing_program_is_named(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda program: None)
    with pytest.raises(SetupError, match="dbus-run-session, gnome-keyring-daemon"):
        session.with_secrets(["true"])


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_need_no_session(monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    assert session.with_secrets(["python"]) == ["python"]
    assert session.with_screen(["python"]) == ["python"]
