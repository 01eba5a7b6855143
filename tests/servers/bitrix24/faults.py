"""Faults on demand: which requests they meet, and how often."""

from fnmatch import fnmatchcase
from typing import Literal

import msgspec

from .errors import RestError, system_error

Kind = Literal[
    "drop_before",
    "drop_after",
    "delay_before",
    "delay_after",
    "hold_before",
    "hold_after",
    "late",
    "cut",
    "part",
    "status",
    "error",
    "twice",
    "redirect",
]


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One planned misbehaviour.

    ``drop_before`` / ``drop_after``: the connection ends before or after the request was carried
    out; with ``reset`` by a TCP reset. ``delay_*`` / ``hold_*``: it waits ``seconds``, or until
    released, before or after. ``late``: dropped at once, carried out ``seconds`` later (0: when
    released). ``cut``: the body ends after ``keep`` of its length. ``part``: of a batch's commands
    only the first ``keep`` is carried out, the others are in none of its maps. ``status``: that
    status with ``body``; ``error``: the system error ``code``; both without carrying the request
    out unless ``executed``. For a command inside a batch ``error`` fails this command alone.
    ``twice``: carried out two times, the first answer is sent. ``redirect``: 302 to ``location``.
    """

    kind: Kind
    method: str = "*"
    """A pattern such as ``crm.activity.*``. A batch also matches by the commands inside it."""
    times: int = 1
    """How many requests it meets; -1: all."""
    skip: int = 0
    """How many matching requests pass before."""
    contains: str = ""
    """Text that the request's body must contain."""
    seconds: float = 0.0
    executed: bool = False
    reset: bool = False
    status: int | None = None
    code: str = ""
    text: str | None = None
    body: str = "<!DOCTYPE html><html><body><h1>Service unavailable</h1></body></html>"
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = {}
    keep: float = 0.5
    location: str = ""
    number: int = 0
    """Set by the portal."""

    def refusal_of(self, method: str) -> RestError | None:
        """The error for a command inside a batch, None for commands that are not meant."""
        return self.error() if fnmatchcase(method, self.method) else None

    def error(self) -> RestError:
        """The system error that this fault answers with."""
        return system_error(self.code, self.text, self.status)

    @property
    def meets_batches(self) -> bool:
        """Whether a batch fails as a whole and not by its commands."""
        return fnmatchcase("batch", self.method)


class FaultPlan:
    """The faults that wait for their requests, in the order in which they were set."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._made = 0
        self.met: list[int] = []
        """Numbers of the faults that struck, one entry each time."""

    def add(self, fault: Fault) -> int:
        """Plan a fault; its number."""
        self._made += 1
        fault.number = self._made
        self._waiting.append(fault)
        return fault.number

    def clear(self, number: int | None = None) -> None:
        """Forget one planned fault, or all."""
        self._waiting = [f for f in self._waiting if number is not None and f.number != number]

    def take(self, names: list[str], body: str) -> Fault | None:
        """The first planned fault for a request that calls these methods."""
        for fault in self._waiting:
            if fault.contains not in body or not any(fnmatchcase(n, fault.method) for n in names):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.times > 0:
                fault.times -= 1
                if fault.times == 0:
                    self.clear(fault.number)
            self.met.append(fault.number)
            return fault
        return None

    def pending(self) -> list[int]:
        """Numbers of the faults that have not struck as often as planned."""
        return [fault.number for fault in self._waiting]
