"""The lock files: written by uv, read by pip, and free of any host."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from setup.project import DEV_LOCK, ROOT, RUN_LOCK, SetupError, say

UV = (
    "pip",
    "compile",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
)
OTHER_LOCKS = ("uv.lock", "pylock.toml")
"""Both name the registry and an address for every file."""

DATA = frozenset({"tzdata"})
"""Not code: users get the newest rules of the world's clocks, though a tool of the tests,
b24pysdk, holds the development lock back."""


def write(*, upgrade: bool = True) -> int:
    """Write both locks: what is shipped is what was tested, so the larger one decides."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("Writing the locks needs uv; install it with pip or your system.")
    newest = ["--upgrade"] if upgrade else []
    _compile(uv, DEV_LOCK, *newest, "--group", "dev")
    with tempfile.TemporaryDirectory() as folder:
        tested = Path(folder) / "tested.txt"
        tested.write_text(_constraints(), encoding="utf-8")
        _compile(uv, RUN_LOCK, *newest, "--constraint", str(tested))
    faults = hosts() + not_the_same()
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def hosts() -> list[str]:
    """Every line of a lock that names a host, and every lock that always does."""
    named = [
        f"{path.relative_to(ROOT)}:{number}: names a host"
        for path in (RUN_LOCK, DEV_LOCK)
        for number, line in enumerate(_lines(path), start=1)
        if ":/" + "/" in line
    ]
    return named + [f"{name}: names hosts" for name in OTHER_LOCKS if (ROOT / name).exists()]


def not_the_same() -> list[str]:
    """Every package that the development lock lacks or has in another version."""
    run, dev = pinned(RUN_LOCK), pinned(DEV_LOCK)
    return [
        f"{name} is {version} to run and {dev.get(name, 'absent')} to develop"
        for name, version in run.items()
        if dev.get(name) != version and name not in DATA
    ]


def pinned(path: Path) -> dict[str, str]:
    """Each package of a lock and its version."""
    pins = (re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line) for line in _lines(path))
    return {pin[1].lower(): pin[2] for pin in pins if pin}


def _constraints() -> str:
    pins = pinned(DEV_LOCK).items()
    return "".join(f"{name}=={version}\n" for name, version in pins if name not in DATA)


def _compile(uv: str, lock: Path, *options: str) -> None:
    command = [uv, *UV, *options, "pyproject.toml", "-o", str(lock.relative_to(ROOT))]
    say(f"Writing {lock.relative_to(ROOT)} …")
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetupError("uv could not find versions that fit; it says why above.")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
