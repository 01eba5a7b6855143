"""Holds the request log of an emulated portal against the table."""

from collections.abc import Iterator, Mapping
from typing import Any

from .calendar import CALENDAR
from .crm import CRM, Shape
from .system import SYSTEM

METHODS: dict[str, Shape] = {**CRM, **CALENDAR, **SYSTEM}
MOST_COMMANDS = 50
_CREDENTIALS = frozenset({"auth"})


def complaints(entry: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one entry of the log; nothing where it is as the reference says."""
    if entry["door"] != "portal" or entry["method"].startswith("oauth."):
        return
    if not entry["params"] and entry["outcome"] in ("moved", "dropped", "arrived"):
        return  # sent on, or lost, unread
    if entry["verb"] != "POST":
        yield f"{entry['method']}: sent by {entry['verb']}"
    if not str(entry["content_type"]).startswith("application/json"):
        yield f"{entry['method']}: sent as {entry['content_type']}"
    yield from wrong_parameters(entry["method"], entry["params"], typed=True)
    if len(entry["commands"]) > MOST_COMMANDS:
        yield f"batch: {len(entry['commands'])} commands"
    for command in entry["commands"]:
        method = command["method"]
        if method == "batch":
            yield "batch: inside a batch"
        told = wrong_parameters(method, command["params"], typed=False)
        yield from (f"in a batch, {one}" for one in told)


def wrong_parameters(method: str, params: Mapping[str, Any], *, typed: bool) -> Iterator[str]:
    """Names, kinds and required parameters of one call."""
    shape = METHODS.get(method)
    if shape is None:
        yield f"{method}: not in the table"
        return
    known = {name.removesuffix("*"): kind for name, kind in shape.items()}
    required = [name[:-1] for name in shape if name.endswith("*")]
    yield from (f"{method}: lacks {name}" for name in required if name not in params)
    for name, value in params.items():
        kind = known.get(name)
        if name in _CREDENTIALS:
            continue
        if kind is None:
            yield f"{method}: has the unknown parameter {name}"
        elif not _is_reference(value, typed):
            yield from (f"{method}: {name} {wrong}" for wrong in kind(value, typed))


def _is_reference(value: Any, typed: bool) -> bool:
    return not typed and isinstance(value, str) and value.startswith("$result[")
