"""Modules that are loaded after the first paint: the one place where a name becomes one.

What they hold is not known to the types: give each thing that is taken from them its own.
"""

import importlib
from typing import Any

from desktop.late import asyncio


async def load(name: str) -> Any:
    """The module of this full name, read in a thread so that the window goes on painting.

    Raises `ImportError` where there is none.
    """
    return await asyncio.to_thread(importlib.import_module, name)


def load_now(name: str) -> Any:
    """The same on this thread, for what is needed before there are others."""
    return importlib.import_module(name)
