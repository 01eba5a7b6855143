"""Makes the pictures; ``python3 packaging/run.py screenshots`` calls it.

The real program, the emulated portal, a week that somebody invented, a fixed moment. Those that
the README shows go to ``resources/screenshots``, all others to ``build/screenshots``.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.screenshots.story import ZONE

ROOT = Path(__file__).resolve().parents[2]
ALL = ROOT / "build" / "screenshots"
KEPT = ROOT / "resources" / "screenshots"
KEEP = (
    "main-light.png",
    "main-dark.png",
    "meeting-light.png",
    "meeting-dark.png",
    "client-light.png",
    "colleagues-dark.png",
)
SCALES = ("1", "2")
SCENES = ("first_run", "a_week", "the_crm")


def main(arguments: Sequence[str] | None = None) -> int:
    """Each scale in a process of its own: Qt reads it once."""
    parser = argparse.ArgumentParser(prog="packaging/run.py screenshots", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, help="only this one")
    parser.add_argument("--only", choices=SCENES, help="only these scenes")
    options = parser.parse_args(arguments)
    for scale in (options.scale,) if options.scale else SCALES:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "TZ": ZONE,
            "LC_ALL": "C.UTF-8",
        }
        command = [sys.executable, "-m", "tests.screenshots.session", str(ALL)]
        command += ["" if scale == "1" else f"@{scale}x", options.only or ""]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if code:
            return code
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in KEEP:
        if (ALL / name).exists():
            _keep(ALL / name, KEPT / name)
    print(f"{len(list(ALL.glob('*.png')))} pictures in {ALL.relative_to(ROOT)}")
    return 0


def _keep(made: Path, kept: Path) -> None:
    kept.write_bytes(made.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
