"""Whole histories of lost answers, late commits, copies, refusals and kills, in virtual time."""

import os

import pytest

from tests.services.sync.model_world import World

HISTORIES = int(os.environ.get("PARLEY_HISTORIES", "300"))
PARTS = 10


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.timeout(3600)
def test_nothing_is_lost_and_nothing_happens_twice(part: int) -> None:
    for seed in range(part, HISTORIES, PARTS):
        world = World(seed)
        try:
            world.live()
        except BaseException:
            print(f"seed {seed}")
            raise
