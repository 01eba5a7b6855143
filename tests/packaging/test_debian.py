import sys

import pytest

from setup import debian
from setup.project import SetupError


@pytest.fixture
def bare_debian(monkeypatch) -> list[tuple[str, ...]]:
    """A Debian on which nothing is installed; the commands that were to be run."""
    ran: list[tuple[str, ...]] = []

    def run_apt(*arguments: str) -> int:
        ran.append(arguments)
        return 0

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(debian, "_has", lambda *programs: True)
    monkeypatch.setattr(debian, "installed", lambda wanted: set())
    monkeypatch.setattr(debian, "_quietly", lambda *command: 100)
    monkeypatch.setattr(debian, "_apt", run_apt)
    return ran


def test_an_alternative_will_do():
    wanted = ["libglib2.0-0t64|libglib2.0-0", "xvfb", "dbus"]
    assert debian.missing(wanted, {"libglib2.0-0", "dbus"}) == ["xvfb"]


def test_root_installs_what_is_missing_from_a_fresh_list(bare_debian, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    debian.ensure(["xvfb", "libglib2.0-0t64|libglib2.0-0"])

    update, install = bare_debian
    assert update[0] == "update"
    assert install[-2:] == ("xvfb", "libglib2.0-0")
    assert "--no-install-recommends" in install


def test_anyone_else_is_told_the_command(bare_debian, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SetupError, match=r"sudo apt-get install -y .* dbus xvfb$"):
        debian.ensure(["dbus", "xvfb"])
    assert bare_debian == []


def test_a_python_without_venv_gets_its_package(bare_debian, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "find_spec", lambda name: None)
    with pytest.raises(SetupError, match="python3-venv"):
        debian.ensure(["dbus"])


def test_what_is_there_is_left_alone(bare_debian, monkeypatch):
    monkeypatch.setattr(debian, "installed", set)
    debian.ensure(["dbus"])
    assert bare_debian == []


def test_other_systems_are_left_alone(bare_debian, monkeypatch):
    monkeypatch.setattr(debian, "_has", lambda *programs: False)
    debian.ensure(["dbus"])
    assert bare_debian == []


def test_a_failed_installation_is_said(bare_debian, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(debian, "_apt", lambda *arguments: 100)
    with pytest.raises(SetupError, match="could not be installed: dbus"):
        debian.ensure(["dbus"])


def test_what_runs_is_part_of_what_tests():
    assert set(debian.RUN) < set(debian.TEST)
