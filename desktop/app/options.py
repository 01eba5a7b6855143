"""The command line, read without Qt: what was asked for, or a clear word about what was wrong."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.late import platformdirs
from desktop.version import VERSION

LOG_LEVELS = ("debug", "info", "warning", "error")
PROFILE_VARIABLE = "PARLEY_PROFILE"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    profile: Path
    offline: bool = False
    minimized: bool = False
    log_level: str = "info"
    opened: tuple[str, ...] = ()
    """``parley://`` links and paths of files, as they were given: data, never options."""


def parse(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Options:
    """The options of a start; prints and raises ``SystemExit`` for --help and mistakes."""
    own, opened = _split(arguments)
    known = _parser().parse_args(own)
    return Options(
        profile=(known.profile or _default_profile(environment)).expanduser().absolute(),
        offline=known.offline,
        minimized=known.minimized,
        log_level=known.log_level,
        opened=(*known.paths, *opened),
    )


def _split(arguments: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Everything after ``--open`` came from somewhere else: it is never read as an option."""
    if "--open" not in arguments:
        return list(arguments), ()
    at = list(arguments).index("--open")
    return list(arguments[:at]), tuple(arguments[at + 1 :])


def _default_profile(environment: Mapping[str, str]) -> Path:
    named = environment.get(PROFILE_VARIABLE, "")
    if named:
        return Path(named)
    return Path(platformdirs.user_data_dir("Parley", appauthor=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="parley", description="Find the client, see the time, book the meeting."
    )
    parser.add_argument(
        "--profile",
        type=_folder,
        metavar="DIR",
        help=f"where your data lives (default: ${PROFILE_VARIABLE} or the system's data folder)",
    )
    parser.add_argument("--offline", action="store_true", help="do not use the network")
    parser.add_argument("--minimized", action="store_true", help="start without showing the window")
    parser.add_argument("--log-level", choices=LOG_LEVELS, default="info")
    parser.add_argument("--version", action="version", version=f"Parley {VERSION}")
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="FILE_OR_LINK",
        help="parley:// links, .ics and .vcf files to look at (also all that follows --open)",
    )
    return parser


def _folder(text: str) -> Path:
    path = Path(text)
    if not text.strip():
        raise argparse.ArgumentTypeError("the folder's name is empty; give the path of a folder")
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a file; give the path of a folder")
    return path
