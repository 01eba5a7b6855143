"""``check``: each tool once, all of them even when one fails."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from setup import locks
from setup.project import PACKAGING, ROOT, RUN_LOCK, call, say


def run(python: Path) -> int:
    """Run every check with the tools of an environment; 1 when one of them failed."""
    tool = python.parent
    commands: dict[str, list[str | Path]] = {
        "lint": [tool / "ruff", "check", "."],
        "format": [tool / "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "layers": [tool / "lint-imports"],
        "dependencies": [tool / "deptry", "."],
        "licences": [python, PACKAGING / "setup" / "licences.py", RUN_LOCK],
    }
    failed = [name for name, command in commands.items() if not _passes(name, command)]
    failed += [name for name, faults in _own().items() if not _has_none(name, faults)]
    say(f"Failed: {', '.join(failed)}" if failed else "Every check passed.")
    return 1 if failed else 0


def _own() -> dict[str, Callable[[], list[str]]]:
    return {
        "locks name no host": locks.hosts,
        "locks agree": locks.not_the_same,
        "no file is too long": too_long,
    }


LONGEST_MODULE = 400


def too_long() -> list[str]:
    """Every module of the program that has grown beyond one idea."""
    sizes = {
        path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "desktop").rglob("*.py")
    }
    return [f"{path}: {size} lines" for path, size in sizes.items() if size > LONGEST_MODULE]


def _passes(name: str, command: list[str | Path]) -> bool:
    say(f"— {name}")
    started = time.monotonic()
    code = call(command, {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"})
    say(f"  {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return code == 0


def _has_none(name: str, faults: Callable[[], list[str]]) -> bool:
    found = faults()
    say(f"— {name}\n  {'FAILED' if found else 'passed'}")
    for fault in found:
        say(f"  {fault}")
    return not found
