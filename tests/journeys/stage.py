"""Where journeys are played: the real program on a profile, on a Monday morning."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from desktop.app import Application, create
from desktop.app.settings import SIGN_IN_SERVER, local_zone
from desktop.domain.timespan import TimeSpan
from desktop.services.sync.timing import Polling, Timing
from tests.builders import MONDAY, make_span
from tests.journeys.person import Person

QUICK = Timing(
    looks_s=(0.1, 0.3),
    settle_s=0.6,
    delete_delay_s=0.5,
    proof_looks_s=(0.0, 0.2, 0.5),
    passing_first_s=0.1,
    passing_least_s=0.05,
    passing_most_s=0.4,
    throttle_most_s=0.5,
    retry_after_most_s=1.0,
    method_pause_s=0.5,
    method_pause_most_s=1.0,
    stopped_probe_s=0.5,
    audits_s=(0.4,),
    resume_most_s=0.1,
)
"""The same life of an op, told in a second."""

BRISK = replace(Polling(), visible_s=0.8, contacts_s=1.0, horizon_s=2.0, restart_s=0.2, tick_s=1.0)
TEMPO = 60.0
ZONE: ZoneInfo = local_zone()
MORNING = make_span(MONDAY, hours=(9, 10), zone=ZONE).start
"""When journeys begin: Monday at nine, at the place where the tests run."""


def journey_clock() -> Callable[[], datetime]:
    """A clock that says `MORNING` now, and goes on from there."""
    began = time.monotonic()

    def now() -> datetime:
        return MORNING.astimezone(UTC) + timedelta(seconds=time.monotonic() - began)

    return now


def hours(day: date, start: float, end: float) -> TimeSpan:
    """A stretch of a day, on the clock of the place where the tests run."""
    return make_span(day, hours=(start, end), zone=ZONE)


class Stage:
    """Starts the program on a profile, and closes what it started."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.sign_in_server = SIGN_IN_SERVER
        self._people: list[Person] = []

    async def enter(
        self, *, offline: bool = False, timing: Timing = QUICK, polling: Polling = BRISK
    ) -> Person:
        """The program, started and shown, and somebody before it."""
        application = self.build(offline=offline, timing=timing, polling=polling)
        application.window.resize(1280, 800)
        application.window.show()
        application.window.activateWindow()
        await application.start()
        person = Person(application)
        self._people.append(person)
        await person.until(application.window.isActiveWindow, "the window to be in front")
        return person

    def build(
        self, *, offline: bool = False, timing: Timing = QUICK, polling: Polling = BRISK
    ) -> Application:
        """The program, not started."""
        return create(
            self.profile,
            offline=offline,
            sign_in_server=self.sign_in_server,
            timing=timing,
            polling=polling,
            tempo=TEMPO,
            clock=journey_clock(),
        )

    async def leave(self, person: Person) -> None:
        """Closes the program as closing its window does."""
        self._people.remove(person)
        person.application.window.close()
        await person.application.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        for person in tuple(self._people):
            await self.leave(person)
