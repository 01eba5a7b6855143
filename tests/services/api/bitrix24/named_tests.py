"""How the tables name the tests that show something: ``file::test``."""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_TESTS = _HERE.parents[2]
API = "services/api/"
SYNC = "services/sync/"


@dataclass(frozen=True, slots=True)
class Trap:
    """What could go wrong, and where it is shown that it does not."""

    about: str
    shown_by: tuple[str, ...]


def trap(about: str, *shown_by: str) -> Trap:
    """One line of the table."""
    return Trap(about, shown_by)


def b24(module: str, *tests: str) -> tuple[str, ...]:
    """Tests of this folder, in whichever room they are."""
    (file,) = _HERE.rglob(f"test_{module}.py")
    return at(file.relative_to(_TESTS).as_posix(), *tests)


def at(file: str, *tests: str) -> tuple[str, ...]:
    """Tests of any file of the suite."""
    return tuple(f"{file}::test_{test}" for test in tests)
