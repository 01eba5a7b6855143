"""Remote systems: what is asked of all of them, and a client for each."""

import sys

# httpx looks for what its command line needs, and brings all of it along where it is installed.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
