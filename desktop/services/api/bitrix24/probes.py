"""What this portal does where the vendor's documentation is silent: asked once, and remembered.

A method's being there is asked by ``method.get`` at every check. A behaviour is probed by whoever
needs it, with ``await state.probes.ask("name", asking)``; the answer is believed for a week, until
the portal is updated, or until something contradicts it (`Probes.forget`).
"""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Protocol

BELIEVED = timedelta(days=7)
LONGEST_ANSWER = 2_000

METHODS = (
    "crm.contact.list",
    "crm.contact.add",
    "crm.contact.update",
    "crm.activity.add",
    "crm.activity.todo.add",
    "crm.activity.configurable.add",
    "crm.item.list",
    "calendar.event.get",
    "calendar.event.add",
    "user.get",
    "crm.deal.list",
    "crm.timeline.comment.add",
)
"""Whose availability every check asks for; each costs one command of its only batch."""

YES, NO = "yes", "no"

LOOPBACK = "loopback redirect"
"""Whether the portal leads the browser back to this computer, as the old documentation says."""


class ProbeKeeping(Protocol):
    """Where the answers outlive the program: one text per account."""

    async def load(self) -> str:
        """What was kept; empty where nothing was."""
        ...

    async def keep(self, text: str) -> None:
        """Keeps it in place of the former one."""
        ...


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """What a probe found, when, and on which `portal_mark`."""

    answer: str
    at: datetime
    portal: str = ""


def portal_mark(available: Iterable[str]) -> str:
    """Stands for a portal's version, which it never tells: a mark of the methods that it knows."""
    return sha256("\n".join(sorted(available)).encode()).hexdigest()[:16]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Probes:
    """The remembered answers of one account's portal. Without ``keeping`` for this run only."""

    def __init__(
        self, keeping: ProbeKeeping | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._keeping = keeping
        self._clock = clock
        self._answers: dict[str, ProbeAnswer] | None = None
        self._mark = ""

    async def find(self, name: str) -> str | None:
        """The answer, or None where there is none that can be believed."""
        known = (await self._loaded()).get(name)
        if known is None or not self._believed(known):
            return None
        return known.answer

    async def ask(self, name: str, asking: Callable[[], Awaitable[str]]) -> str:
        """The remembered answer, else what ``asking`` finds out; its errors pass, unremembered."""
        known = await self.find(name)
        if known is not None:
            return known
        answer = await asking()
        await self.learn(name, answer)
        return answer

    async def learn(self, name: str, answer: str) -> None:
        """Remembers what was found out, also on the way of ordinary work."""
        answers = await self._loaded()
        known = answers.get(name)
        if known is not None and known.answer == answer and self._believed(known):
            return
        answers[name] = ProbeAnswer(answer[:LONGEST_ANSWER], self._clock(), self._mark)
        await self._keep(answers)

    async def forget(self, name: str) -> None:
        """Something contradicts the answer: it is asked for again."""
        answers = await self._loaded()
        if answers.pop(name, None) is not None:
            await self._keep(answers)

    def recognise(self, available: Iterable[str]) -> None:
        """Tells which methods the portal knows now: a portal that was updated is asked again."""
        self._mark = portal_mark(available)

    def _believed(self, known: ProbeAnswer) -> bool:
        age = self._clock() - known.at
        same = not self._mark or not known.portal or known.portal == self._mark
        return same and -BELIEVED < age < BELIEVED

    async def _loaded(self) -> dict[str, ProbeAnswer]:
        if self._answers is None:
            text = "" if self._keeping is None else await self._keeping.load()
            if self._answers is None:  # somebody else may have been faster
                self._answers = answers_from(text)
        return self._answers

    async def _keep(self, answers: dict[str, ProbeAnswer]) -> None:
        if self._keeping is not None:
            await self._keeping.keep(answers_to(answers))


def answers_to(answers: dict[str, ProbeAnswer]) -> str:
    """The answers as one text."""
    return json.dumps(
        {name: [one.answer, one.at.isoformat(), one.portal] for name, one in answers.items()},
        ensure_ascii=False,
    )


def answers_from(text: str) -> dict[str, ProbeAnswer]:
    """The answers that `answers_to` wrote; whatever cannot be read is asked for again."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    found = {}
    for name, one in told.items() if isinstance(told, dict) else ():
        try:
            answer, at, portal = one
            moment = datetime.fromisoformat(at)
        except (ValueError, TypeError):
            continue
        if isinstance(answer, str) and isinstance(portal, str) and moment.tzinfo is not None:
            found[name] = ProbeAnswer(answer, moment, portal)
    return found
