"""The commands of packaging/run.py."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from setup import checks, debian, environment, locks
from setup.project import ROOT, SetupError, call, say, without_screen
from setup.session import with_screen, with_secrets

NOTHING_COLLECTED = 5
"""Pytest's exit code when no test was chosen."""

SIDE_BY_SIDE = ("-n", "logical", "--maxprocesses", "4", "--dist", "worksteal")
"""All tests are shared among the processors; beyond four, starting the processes takes longer."""


def run(arguments: Sequence[str], usage: str | None) -> int:
    """Carry out a command line and return the exit code."""
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "test": test,
        "check": check,
        "bench": bench,
        "screenshots": screenshots,
        "lock": lock,
    }
    if list(arguments) in (["--help"], ["-h"]):
        print((usage or "").strip())
        return 0
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        return start(arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def start(arguments: Sequence[str]) -> int:
    """Set up and become Parley; the program itself says when there is no display."""
    debian.ensure(debian.RUN)
    python = environment.ensure()
    command = [str(python), "-P", "-m", "desktop", *arguments]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    if os.name != "nt":  # signals then reach the program itself
        os.execve(python, command, variables)  # noqa: S606 - no shell is wanted
    return call(command, variables)


def test(arguments: Sequence[str]) -> int:
    """All tests, or what pytest's arguments choose; those for a real screen come first."""
    python = _for_developers()
    if arguments:
        return call(with_secrets(_pytest(python, *arguments)), without_screen())
    on_screen = 0
    if _any_test_needs_a_screen():
        say("Tests on a virtual screen:")
        command = with_secrets(with_screen(_pytest(python, "-m", "xcb")))
        on_screen = call(command, {**os.environ, "QT_QPA_PLATFORM": "xcb"})
        say("All other tests:")
    command = with_secrets(_pytest(python, *SIDE_BY_SIDE, "-m", "not xcb"))
    off_screen = call(command, without_screen())
    return off_screen or (0 if on_screen == NOTHING_COLLECTED else on_screen)


def check(arguments: Sequence[str]) -> int:
    """Everything that can be said without running the program."""
    _no_more(arguments)
    return checks.run(_for_developers())


def bench(arguments: Sequence[str]) -> int:
    """Measure; the references are taken in the same run."""
    return _module("tests.benchmarks", arguments)


def screenshots(arguments: Sequence[str]) -> int:
    """Make the pictures of the guide and the README, in a font that is the same everywhere."""
    debian.ensure(debian.PICTURES)
    return _module("tests.screenshots", arguments)


def lock(arguments: Sequence[str]) -> int:
    """Write both locks from pyproject.toml."""
    _no_more(arguments)
    return locks.write()


def _module(name: str, arguments: Sequence[str]) -> int:
    python = _for_developers()
    return call(with_secrets([python, "-m", name, *arguments]), without_screen())


def _for_developers() -> Path:
    debian.ensure(debian.TEST)
    return environment.ensure(development=True)


def _pytest(python: Path, *arguments: str) -> list[str | Path]:
    return [python, "-m", "pytest", *arguments]


def _any_test_needs_a_screen() -> bool:
    return sys.platform.startswith("linux") and any(
        "pytest.mark.xcb" in file.read_text(encoding="utf-8")
        for file in (ROOT / "tests").rglob("test_*.py")
    )


def _no_more(arguments: Sequence[str]) -> None:
    if arguments:
        raise SetupError(f"This command takes no arguments: {' '.join(arguments)}")
