"""The set-up script is no package: its own folder leads to its modules."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "packaging"))
