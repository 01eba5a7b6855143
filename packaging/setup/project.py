"""Where things are, and how this script speaks."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
RUN_LOCK = PACKAGING / "requirements.lock"
DEV_LOCK = PACKAGING / "requirements-dev.lock"


class SetupError(Exception):
    """Why it cannot go on, in a sentence for the person at the terminal."""


def say(text: str) -> None:
    """Tell what happens; on stderr, so that stdout belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def call(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Run a program in the checkout and return its exit code; an interrupt is 130."""
    arguments = [str(part) for part in command]
    sys.stdout.flush()
    with subprocess.Popen(arguments, cwd=ROOT, env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            return 130  # leaving the block waits until the program, interrupted too, has ended


def without_screen(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a program whose windows are painted into memory."""
    return {**environment, "QT_QPA_PLATFORM": "offscreen"}
