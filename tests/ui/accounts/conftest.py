"""A real profile behind the pages of accounts, and a portal that answers as it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.services.interchange import formats
from desktop.services.interchange.content import Formats
from desktop.services.interchange.service import InterchangeService
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from tests.builders import Clock
from tests.services.house import House, Portal, open_house


@dataclass
class Rooms:
    """The house, and what pages need beside it."""

    house: House
    portal: Portal
    tasks: TaskRunner
    feed: FeedSignals
    interchange: InterchangeService


async def all_formats() -> Formats:
    """The formats that the program loads late."""
    return formats


class Doorman:
    """Opens the profile of a test and closes what its pages left running."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def open(self, portal: Portal | None = None) -> AsyncIterator[Rooms]:
        portal = portal or Portal()
        clock = Clock()
        async with open_house(self._folder, clock, portal) as house:
            tasks = TaskRunner()
            feed = FeedSignals(house.feed)
            interchange = InterchangeService(house.files, house.recorder, clock, all_formats)
            try:
                yield Rooms(house, portal, tasks, feed, interchange)
            finally:
                await tasks.close()
                feed.close()


@pytest.fixture
def doorman(qapp: QApplication, tmp_path: Path) -> Doorman:
    """Opens a profile in a folder of the test."""
    return Doorman(tmp_path / "profile")
