"""The real process is killed between every pair of steps and at random: nothing lost, or twice."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.canary import files_with
from tests.journeys.deeds import add_alex
from tests.journeys.driver import slots
from tests.journeys.order import Driver
from tests.journeys.stage import MORNING
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.slow]

RANDOM_KILLS = 25
SEED = 20261116


@dataclass
class Lane:
    """One profile's histories: what each life has acknowledged."""

    driver: Driver
    portal: Portal
    prefix: str
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    kills: int = 0

    def live(self, name: str, kill_at: int) -> int | None:
        """A life that ends itself before a step; how many steps it took if it came to its end."""
        self.driver.start(name, kill_at=kill_at)
        said, code = self.driver.hear_to_the_end()
        self._note(name, said)
        settled = next((line for line in said if line.startswith("settled")), None)
        if settled is not None:
            return int(settled.split()[1])
        assert code == -signal.SIGKILL, f"{name} ended by itself: {self.driver.errors()}"
        self.kills += 1
        return None

    def live_and_die(self, name: str, after_s: float) -> None:
        """A life that is killed from outside, so long after it began to work."""
        child = self.driver.start(name)
        said = [self.driver.hear("ready")]
        time.sleep(after_s)
        with suppress(ProcessLookupError):  # it has come to its end already
            os.kill(child, signal.SIGKILL)
        rest, code = self.driver.hear_to_the_end()
        self._note(name, [*said, *rest])
        self.kills += code == -signal.SIGKILL

    def rest(self) -> None:
        """A last life in which everything comes to its end."""
        self.driver.start()
        said, code = self.driver.hear_to_the_end()
        assert (said, code) == (["ready"], 0), self.driver.errors()

    def _note(self, name: str, said: list[str]) -> None:
        told = [line.split() for line in said if line.startswith("saved")]
        for title in (name, f"{name}x"):
            self.acknowledged[title] = {verb for _saved, verb, about in told if about == title}

    def complaints(self) -> list[str]:
        """What is not as the screens have said."""
        found: dict[str, list[dict[str, Any]]] = {}
        for activity in self.portal.control.activities():
            found.setdefault(activity["SUBJECT"], []).append(activity)
        events = [event["name"] for event in self.portal.control.events()]
        wrong = []
        for title, said in self.acknowledged.items():
            rows = found.get(title, [])
            least, most = int("booked" in said), 1
            if title.endswith("x"):
                least, most = 0, int("deleted" not in said)
            if not least <= len(rows) <= most:
                wrong.append(f"{title}: {len(rows)} on the portal, though {sorted(said)}")
            if events.count(title) != len(rows):
                wrong.append(f"{title}: {events.count(title)} events for {len(rows)} meetings")
            starts = [datetime.fromisoformat(row["START_TIME"]) for row in rows]
            early, late, _other = slots(int(title[1:].rstrip("x")) // 2)
            right = {late.start} if "moved" in said else {late.start, early.start}
            if not title.endswith("x") and not set(starts) <= right:
                wrong.append(f"{title}: at {starts}, though {sorted(said)}")
        return wrong


@pytest.fixture
def lanes(trusted: Portal, tmp_path: Path) -> Iterator[list[Lane]]:
    """Two profiles, each signed in to a portal; searching for own meetings has been proved."""
    with Portal(tmp_path / "portal") as other:
        other.control.set_clock(MORNING.isoformat())
        other.control.set_limits(burst=0)
        with Driver(tmp_path / "one", trusted) as one, Driver(tmp_path / "two", other) as two:
            made = [Lane(one, trusted, "a"), Lane(two, other, "b")]
            for lane in made:
                add_alex(lane.portal)
                lane.driver.start(f"{lane.prefix}0", webhook=lane.portal.webhook_url)
            for lane in made:
                said, code = lane.driver.hear_to_the_end()
                assert code == 0, lane.driver.errors()
                lane._note(f"{lane.prefix}0", said)
            yield made
        for lane, folder in zip(made, ("one", "two"), strict=True):
            assert files_with(tmp_path / folder, lane.portal.control.identity()["secret"]) == []


def together(*works: Callable[[], None]) -> None:
    """Runs these at the same time; raises what the first of them raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for ended in [pool.submit(work) for work in works]:
            ended.result()


@pytest.mark.timeout(240)
def test_a_kill_before_every_step_loses_nothing_and_doubles_nothing(lanes: list[Lane]) -> None:
    def run(lane: Lane, first: int) -> None:
        step = first
        while (steps := lane.live(f"{lane.prefix}{step}", step)) is None:
            step += 2
        assert lane.kills >= steps // 2
        lane.rest()

    together(lambda: run(lanes[0], 1), lambda: run(lanes[1], 2))

    assert [lane.complaints() for lane in lanes] == [[], []]
    assert sum(lane.kills for lane in lanes) >= 25


@pytest.mark.timeout(240)
def test_random_kills_lose_nothing_and_double_nothing(lanes: list[Lane]) -> None:
    def run(lane: Lane, dice: random.Random) -> None:
        number = 0
        while lane.kills < (RANDOM_KILLS + 1) // 2:
            number += 2
            lane.live_and_die(f"{lane.prefix}{number}", dice.uniform(0.05, 1.5))
        lane.rest()

    together(
        *(lambda lane=lane: run(lane, random.Random(SEED + ord(lane.prefix))) for lane in lanes)
    )

    assert [lane.complaints() for lane in lanes] == [[], []]
    assert sum(lane.kills for lane in lanes) >= RANDOM_KILLS
