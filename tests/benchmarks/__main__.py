"""Measures P1 to P13 and some budgets; ``python3 packaging/run.py bench`` calls it.

Every benchmark runs in a process of its own and brings its reference along. The exit code is 1
where a figure is beyond its limit.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import PySide6

from tests.benchmarks import table
from tests.benchmarks.figures import Figure, heard, say

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
LONGEST_S = 900

BENCHMARKS = {
    "bench_start": ("P1", "P2", "P12", "P13", "gap"),
    "bench_search": ("P3",),
    "bench_use": ("P4", "card", "dialog", "save"),
    "bench_week_query": ("P5",),
    "bench_paint": ("P6", "P7"),
    "bench_first_sync": ("P8", "P9", "P10", "P11"),
    "bench_large_sync": ("large",),
}
"""Which module measures what."""

IDS = tuple(
    sorted(
        (one for ids in BENCHMARKS.values() for one in ids),
        key=lambda one: (not one.startswith("P"), int(one[1:]) if one[1:].isdigit() else 0, one),
    )
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, perhaps write; 1 where a limit is missed or a benchmark failed."""
    options = _parser().parse_args(arguments)
    wanted = options.only or IDS
    figures: list[Figure] = []
    failed: list[str] = []
    for module, ids in BENCHMARKS.items():
        if not set(ids) & set(wanted):
            continue
        measured = _run(module, [one for one in ids if one in wanted])
        if measured is None:
            failed.append(module)
        else:
            figures += [figure for figure in measured if figure.id in wanted]
    figures.sort(key=lambda figure: IDS.index(figure.id))
    where = _where()
    print(f"{where}\n\n{table.plain(figures)}")
    if options.json is not None:
        _write(options.json, where, figures)
    if options.update_readme:
        table.update(README, table.markdown(figures, where))
    for module in failed:
        say(f"{module} failed")
    return 0 if not failed and all(figure.passed for figure in figures) else 1


def _run(module: str, wanted: Sequence[str]) -> list[Figure] | None:
    """A benchmark in a fresh process, so that none inherits another's memory."""
    say(f"{module}: {', '.join(wanted)} …")
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *wanted]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=installed(),
        stdout=subprocess.PIPE,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    return None if done.returncode else heard(done.stdout)


def installed() -> dict[str, str]:
    """The environment of an installed program: modules are compiled once, not at each start."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def _where() -> str:
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"{os.environ.get('QT_QPA_PLATFORM', 'offscreen')}, {datetime.now(UTC):%Y-%m-%d}{_load()}"
    )


def _load() -> str:
    """How busy the machine was with it and with everything else; times are the worse for it."""
    return f", load {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""


def _write(path: Path, where: str, figures: Sequence[Figure]) -> None:
    told = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
    path.write_text(json.dumps({"where": where, "figures": told}, indent=2) + "\n", "utf-8")


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [one for one in ids if one not in IDS]
    if unknown or not ids:
        raise argparse.ArgumentTypeError(f"choose from {', '.join(IDS)}")
    return ids


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="packaging/run.py bench", description=__doc__)
    parser.add_argument("--only", type=_ids, metavar="P3,P5", help="only these figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--update-readme", action="store_true", help="put the figures into README.md"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
