"""How a program of the tests is started: with a keyring, with a screen, or with neither."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from setup.project import PACKAGING, SetupError

XVFB = ("xvfb-run", "-a", "-s", "-screen 0 1280x800x24")


def with_secrets(command: Sequence[str | Path]) -> list[str | Path]:
    """The command inside a session with a throw-away keyring; elsewhere the system's own.

    Raises:
        SetupError: this Linux lacks the programs.
    """
    if not sys.platform.startswith("linux"):
        return list(command)
    _need("dbus-run-session", "gnome-keyring-daemon")
    return ["sh", PACKAGING / "linux" / "with-secrets.sh", *command]


def with_screen(command: Sequence[str | Path]) -> list[str | Path]:
    """The command on an X server of its own, on Linux."""
    if not sys.platform.startswith("linux"):
        return list(command)
    _need("xvfb-run", "xauth")
    return [*XVFB, *command]


def _need(*programs: str) -> None:
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        raise SetupError(f"The tests need these programs of the system: {', '.join(absent)}")
