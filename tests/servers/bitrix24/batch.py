"""``batch``: up to 50 commands in one request, later ones built on earlier ones' results."""

import math
import re
from collections.abc import Callable
from typing import Any, Final

from .errors import RestError, system_error
from .params import parse_query
from .values import Row, or_empty_list, to_flag, to_text
from .world import Page

LENGTH: Final = 50

_REFERENCE: Final = re.compile(r"\$(result|total|next|error|time)(\[[^ ]*)")
_STEP: Final = re.compile(r"[\[\]]+")

Run = Callable[[str, Row], tuple[object, Row | None]]
"""Carries out one command: method and parameters in, result and ``time`` out."""


def commands(params: Row) -> list[tuple[str, str]]:
    """The ids and command lines of a batch; an array's ids are its positions."""
    sent = params.get("cmd")
    if isinstance(sent, list):
        return [(str(at), to_text(line)) for at, line in enumerate(sent)]
    if isinstance(sent, dict):
        return [(str(name), to_text(line)) for name, line in sent.items()]
    return []


def method_of(line: str) -> str:
    """The method's name in a command line."""
    return line.partition("?")[0].strip().strip("/").lower().removesuffix(".json")


def run_batch(params: Row, run: Run, share: float = 1.0) -> Row:
    """The five maps of a batch's answer; only a ``share`` of the commands is carried out."""
    done: dict[str, Row] = {"result": {}, "error": {}, "total": {}, "next": {}, "time": {}}
    halt = to_flag(params.get("halt"))
    asked = commands(params)
    for at, (name, line) in enumerate(asked[: math.ceil(len(asked) * share)]):
        try:
            if at >= LENGTH:
                raise system_error("ERROR_BATCH_LENGTH_EXCEEDED")
            method = method_of(line)
            if method == "batch":
                raise system_error("ERROR_BATCH_METHOD_NOT_ALLOWED")
            sent = resolved(parse_query(line.partition("?")[2]), done)
            _keep(done, name, *run(method, sent))
        except RestError as error:
            text = "" if error.code == "insufficient_scope" else error.text
            done["error"][name] = {"error": error.code, "error_description": text}
            if halt:
                break
    return {
        "result": or_empty_list(done["result"]),
        "result_error": or_empty_list(done["error"]),
        "result_total": or_empty_list(done["total"]),
        "result_next": or_empty_list(done["next"]),
        "result_time": or_empty_list(done["time"]),
    }


def _keep(done: dict[str, Row], name: str, result: object, time: Row | None) -> None:
    page = result if isinstance(result, Page) else Page(result)
    done["result"][name] = page.rows
    if page.total is not None:
        done["total"][name] = page.total
    if page.next is not None:
        done["next"][name] = page.next
    if time is not None:
        done["time"][name] = time


def resolved(value: Any, done: dict[str, Row]) -> Any:
    """``value`` with references to earlier commands replaced."""
    if isinstance(value, dict):
        return {key: resolved(child, done) for key, child in value.items()}
    if isinstance(value, list):
        return [resolved(child, done) for child in value]
    if not isinstance(value, str) or "$" not in value:
        return value
    whole = _REFERENCE.fullmatch(value)
    if whole is not None:
        return _look_up(whole, done)
    return _REFERENCE.sub(lambda match: to_text(_look_up(match, done)), value)


def _look_up(match: re.Match[str], done: dict[str, Row]) -> Any:
    """The deepest part of the path that exists.

    A path that leads nowhere is not replaced by nothing but by the nearest structure: the list of
    rows, or the map of all results.
    """
    found: Any = done[match[1]]
    for step in filter(None, _STEP.split(match[2])):
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            break
    return found
