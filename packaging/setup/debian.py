"""The system libraries on Debian and its relatives."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Sequence
from importlib.util import find_spec

from setup.project import SetupError, say

# "a|b" is one library under the names of two releases.
TO_DRAW = (
    "fonts-dejavu-core",
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libx11-6",
    "libxkbcommon0",
)
TO_SHOW = (
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-glx0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
TO_TEST = ("dbus", "gnome-keyring", "xauth", "xvfb")

TO_PICTURE = ("fonts-inter",)

RUN = TO_DRAW + TO_SHOW
TEST = RUN + TO_TEST
PICTURES = TEST + TO_PICTURE
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=600")


def ensure(packages: Collection[str]) -> None:
    """Install what is missing, or say by which command an administrator does.

    Elsewhere than on Debian and its relatives this does nothing.

    Raises:
        SetupError: something is missing and could not be installed.
    """
    if not sys.platform.startswith("linux") or not _has("dpkg-query", "apt-get"):
        return
    wanted = list(packages)
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        wanted.append("python3-venv")
    absent = missing(wanted, installed(wanted))
    if not absent:
        return
    if os.geteuid() != 0:
        raise SetupError(
            "Some system packages are missing. Install them and start again:\n"
            f"    sudo apt-get install -y --no-install-recommends {' '.join(_names(absent))}"
        )
    _install(absent)


def missing(wanted: Sequence[str], present: Collection[str]) -> list[str]:
    """Those of ``wanted`` of which no alternative is present."""
    return [name for name in wanted if not any(part in present for part in name.split("|"))]


def installed(wanted: Sequence[str]) -> set[str]:
    """Which of these packages, alternatives included, dpkg has unpacked and set up."""
    names = [part for name in wanted for part in name.split("|")]
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # "no packages found" is an answer here
        text=True,
        check=False,
    )
    return {
        name
        for name, _, status in (line.partition(" ") for line in answer.stdout.splitlines())
        if status == "installed"
    }


def _install(absent: Sequence[str]) -> None:
    say(f"Installing {len(absent)} system packages…")
    _apt("update", "-qq")  # a stale list of packages may still do
    names = _names(absent)
    if _apt("install", "-y", "-qq", "--no-install-recommends", *names) != 0:
        raise SetupError(f"These system packages could not be installed: {' '.join(names)}")


def _names(absent: Sequence[str]) -> list[str]:
    """The name that this release knows, of each."""
    return [_known(name.split("|")) for name in absent]


def _known(alternatives: Sequence[str]) -> str:
    for name in alternatives[:-1]:
        if _quietly("apt-cache", "show", name) == 0:
            return name
    return alternatives[-1]


def _apt(*arguments: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        [*APT, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    ).returncode


def _quietly(*command: str) -> int:
    return subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode


def _has(*programs: str) -> bool:
    return all(shutil.which(program) for program in programs)
