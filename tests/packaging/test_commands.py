import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from setup import commands, debian, environment
from setup.project import ROOT, SetupError

RUN = ROOT / "packaging" / "run.py"


@pytest.fixture
def called(monkeypatch) -> list[list[str]]:
    """The command lines that would have been run, on a system that is set up."""
    lines: list[list[str]] = []

    def call(command: Sequence[str | Path], _environment: Mapping[str, str] | None = None) -> int:
        lines.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(debian, "ensure", lambda packages: None)
    monkeypatch.setattr(environment, "ensure", lambda **_: Path("python"))
    monkeypatch.setattr(commands, "call", call)
    monkeypatch.setattr(commands, "with_secrets", lambda command: ["secrets", *command])
    monkeypatch.setattr(commands, "with_screen", lambda command: ["screen", *command])
    return lines


def test_help_names_every_command():
    said = subprocess.run(
        [sys.executable, RUN, "--help"], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert all(word in said for word in ("test", "check", "bench", "screenshots", "lock"))


def test_arguments_reach_the_program(called, monkeypatch):
    started: list[Any] = []
    monkeypatch.setattr(os, "execve", lambda *arguments: started.append(arguments))
    commands.run(["--profile", "a folder"], None)
    line = (started[0][1] if started else called[0])[1:] if os.name != "nt" else called[0][1:]
    assert line == ["-P", "-m", "desktop", "--profile", "a folder"]


def test_arguments_reach_pytest(called):
    assert commands.run(["test", "-k", "slots"], None) == 0
    assert called == [["secrets", "python", "-m", "pytest", "-k", "slots"]]


def test_all_tests_run_with_a_keyring(called, monkeypatch):
    monkeypatch.setattr(commands, "_any_test_needs_a_screen", lambda: False)
    commands.run(["test"], None)
    (line,) = called
    assert line[:4] == ["secrets", "python", "-m", "pytest"]
    assert line[-2:] == ["-m", "not xcb"]


def test_tests_for_a_screen_get_one(called, monkeypatch):
    monkeypatch.setattr(commands, "_any_test_needs_a_screen", lambda: True)
    commands.run(["test"], None)
    assert called[0] == ["secrets", "screen", "python", "-m", "pytest", "-m", "xcb"]
    assert len(called) == 2


def test_a_failure_in_either_half_of_the_tests_is_one(called, monkeypatch):
    monkeypatch.setattr(commands, "_any_test_needs_a_screen", lambda: True)
    codes = iter([1, 0])
    monkeypatch.setattr(commands, "call", lambda *_: next(codes))
    assert commands.run(["test"], None) == 1


def test_what_cannot_go_on_is_said_in_a_sentence(monkeypatch, capsys):
    def refuse(_packages: object) -> None:
        raise SetupError("Some system packages are missing.")

    monkeypatch.setattr(debian, "ensure", refuse)
    assert commands.run([], None) == 1
    assert capsys.readouterr().err == "Some system packages are missing.\n"
