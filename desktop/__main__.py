"""``python -m desktop``: starts Parley."""

import sys

from desktop.app.main import main

if __name__ == "__main__":
    sys.exit(main())
