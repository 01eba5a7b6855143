"""``python -m desktop``, and the installed ``parley``: starts Parley."""

import gc
import sys

gc.disable()  # nothing becomes garbage while modules are loaded; `main` turns it on again

import desktop.ui.binding  # noqa: E402, F401  # isort: skip  # the others load faster after it
from desktop import quick_classes  # noqa: E402

quick_classes.install()

from desktop.app.main import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
