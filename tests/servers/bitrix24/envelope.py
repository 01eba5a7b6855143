"""The answer's outer form: ``result`` or ``error``, ``total``, ``next`` and ``time``."""

import msgspec

from .clock import iso
from .errors import RestError
from .values import Row
from .world import Page, World

encode = msgspec.json.Encoder().encode


def time_object(world: World, started: float, operating: tuple[float, int]) -> Row | None:
    """The ``time`` object, or None on a portal that sends none.

    ``operating``: seconds the method used up in ten minutes, and when the oldest are forgotten.
    """
    shape = world.settings.time_shape
    if shape == "absent":
        return None
    finished = max(world.clock.now(), started)
    spent = round(finished - started, 6)
    told: Row = {
        "start": started,
        "finish": finished,
        "duration": spent,
        "processing": spent,
        "date_start": iso(started, world.zone),
        "date_finish": iso(finished, world.zone),
    }
    if shape == "bare":
        return told
    operating_s, reset_at = operating
    told["operating_reset_at"] = reset_at if shape == "full" else iso(reset_at, world.zone)
    told["operating"] = round(operating_s, 6)
    return told


def answer(result: object, time: Row | None) -> Row:
    """A success as it goes over the wire."""
    page = result if isinstance(result, Page) else Page(result)
    body: Row = {"result": page.rows}
    if page.next is not None:
        body["next"] = page.next
    if page.total is not None:
        body["total"] = page.total
    if time is not None:
        body["time"] = time
    return body


def refusal(error: RestError) -> Row:
    """An error as it goes over the wire."""
    return {"error": error.code, "error_description": error.text}
