"""The real program with a real keyring, and a real portal that can be asked what arrived."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from desktop.app import create
from desktop.services.api.trust import trusted_context
from desktop.services.sync.timing import Polling, Timing
from tests.journeys.person import Person
from tests.servers.fixtures import portal, portal_process
from tests.servers.portal import Portal

__all__ = ["portal", "portal_process"]

QUICK = Timing(
    looks_s=(0.1, 0.3),
    settle_s=1.0,
    delete_delay_s=0.3,
    proof_looks_s=(0.0, 0.2, 0.5),
    passing_first_s=0.1,
    passing_least_s=0.05,
    passing_most_s=0.5,
    audits_s=(3600.0,),
    resume_most_s=0.1,
)
"""The same life of an op, told in a second."""

BRISK = replace(Polling(), visible_s=0.5, contacts_s=1.0, horizon_s=2.0)


@pytest.fixture
def trusted(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal whose certificate this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(portal.ca_file))
    trusted_context.cache_clear()
    yield portal
    trusted_context.cache_clear()


class Stage:
    """Starts the program on a profile, and closes what it started."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self._people: list[Person] = []

    async def enter(self, *, offline: bool = False) -> Person:
        """The program, started and shown, and somebody before it."""
        application = create(self.profile, offline=offline, timing=QUICK, polling=BRISK)
        application.window.resize(1280, 800)
        application.window.show()
        await application.start()
        person = Person(application)
        self._people.append(person)
        return person

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


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Stage:
    """A profile to start the program on; use it with ``async with``."""
    return Stage(tmp_path / "profile")
