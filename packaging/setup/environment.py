"""The virtual environment: made once, made anew when a lock or the Python changes."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

from setup.project import DEV_LOCK, ROOT, RUN_LOCK, SetupError, say

STAMP = "parley-environment.json"
LONGEST_WAIT_S = 900
"""Another run that is setting up gets this long."""


def ensure(*, development: bool = False) -> Path:
    """Return the Python of an environment that holds what the lock says.

    The development lock contains the other one, so an environment made for the tests starts
    the program too.

    Raises:
        SetupError: it could not be made.
    """
    folder = environment_folder()
    wanted = stamp_of(development=development)
    if not is_current(folder, wanted):
        with _alone():
            if not is_current(folder, wanted):  # nobody made it while this one waited
                _make(folder, DEV_LOCK if development else RUN_LOCK, wanted)
    return python_of(folder)


def environment_folder() -> Path:
    """``.venv`` of this checkout, or ``PARLEY_VENV``."""
    named = os.environ.get("PARLEY_VENV")
    return Path(named).absolute() if named else ROOT / ".venv"


def python_of(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def stamp_of(*, development: bool) -> dict[str, str]:
    """What an environment has to say about itself: the locks that it was filled from."""
    stamp = {"root": str(ROOT), RUN_LOCK.name: _digest(RUN_LOCK)}
    if development:
        stamp[DEV_LOCK.name] = _digest(DEV_LOCK)
    return stamp


def is_current(folder: Path, wanted: dict[str, str]) -> bool:
    """True when the environment is complete, of these locks, and its Python still runs."""
    stamp = _read_stamp(folder)
    if stamp is None or not wanted.items() <= stamp.items():
        return False
    return _version(python_of(folder)) == stamp.get("python")


def _make(folder: Path, lock: Path, stamp: dict[str, str]) -> None:
    if folder.exists() and _read_stamp(folder) is None and any(folder.iterdir()):
        raise SetupError(
            f"{folder} was not made by this script and is left alone. "
            "Remove it, or name another folder in PARLEY_VENV."
        )
    say(f"Setting up {folder}; this takes a minute the first time…")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    # From here on the folder is known as ours, even when this is interrupted.
    _write_stamp(folder, {})
    try:
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError as error:
        raise SetupError(
            "Python could not make a virtual environment. On Debian: "
            "sudo apt-get install -y python3-venv"
        ) from error
    python = python_of(folder)
    if _install(python, lock) != 0:
        raise SetupError("The dependencies could not be installed; pip says why above.")
    _write_stamp(folder, {**stamp, "python": _version(python)})


def _install(python: Path, lock: Path) -> int:
    """Install exactly what the lock names; where from is pip's own configuration's business."""
    command = [python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    options = ["--disable-pip-version-check", "--no-input", "-qq", "-r", lock]
    return subprocess.run(
        [str(part) for part in command + options],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    ).returncode


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _version(python: Path) -> str:
    """The full version of an interpreter, or nothing when it does not run any more."""
    question = "import platform; print(platform.python_version(), platform.machine())"
    with contextlib.suppress(OSError):
        answer = subprocess.run(
            [str(python), "-I", "-S", "-c", question],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        return answer.stdout.strip()
    return ""


def _read_stamp(folder: Path) -> dict[str, str] | None:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def _write_stamp(folder: Path, stamp: dict[str, str]) -> None:
    new = folder / f"{STAMP}.new"
    new.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    new.replace(folder / STAMP)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time set up; the system gives the lock back if it dies."""
    path = ROOT / "build" / "environment.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("a+b") as file:
        deadline = time.monotonic() + LONGEST_WAIT_S
        while not _try_to_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise SetupError("Another run is still setting up; try again when it has ended.")
            time.sleep(0.2)
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _try_to_lock(descriptor: int) -> bool:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
