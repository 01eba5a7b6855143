"""``from desktop.late import asyncio``: a library that is loaded when it is first used.

Asyncio alone takes a tenth of the time in which the first week is painted, and no week needs it.
For the types these are the modules themselves: ``late.pyi`` says so.
"""

import importlib
from typing import Any


class _Late:
    """Stands for a module until something is asked of it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        found = getattr(importlib.import_module(self._name), wanted)
        setattr(self, wanted, found)
        return found


asyncio = _Late("asyncio")
platformdirs = _Late("platformdirs")
