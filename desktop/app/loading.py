"""Modules that are loaded after the first paint: the one place where a name becomes one."""

import asyncio
import importlib
from typing import Any


async def load(name: str) -> Any:
    """The module of this full name, read in a thread so that the window goes on painting.

    What it holds is not known to the types: give each thing that is taken from it its own.
    Raises `ImportError` where there is none.
    """
    return await asyncio.to_thread(importlib.import_module, name)
