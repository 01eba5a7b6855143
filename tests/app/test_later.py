"""Stand-ins: what is asked early is answered later, and nothing is lost."""

import asyncio

import pytest

from desktop.app.later import LaterHistory, LaterWindow
from desktop.domain.errors import ProfileInUseError
from desktop.domain.timespan import TimeSpan
from desktop.services.steps import StepCode, UndoStep
from tests.builders import TUESDAY, make_span


class Book:
    """A history that keeps what it is told."""

    def __init__(self) -> None:
        self.steps: list[UndoStep] = []

    async def perform(self, code, summary, changes, also=None) -> UndoStep:
        self.steps.append(UndoStep(code, summary, tuple(changes)))
        return self.steps[-1]


async def test_what_is_done_early_is_done_when_the_history_is_there():
    later, book = LaterHistory(), Book()
    early = asyncio.ensure_future(later.perform(StepCode.BOOKED, "Demo", ()))
    await asyncio.sleep(0)
    assert not early.done()

    later.use(book)

    assert (await early).summary == "Demo"
    assert (await later.perform(StepCode.MOVED, "Demo", ())).code is StepCode.MOVED
    assert [step.code for step in book.steps] == [StepCode.BOOKED, StepCode.MOVED]


async def test_where_there_will_be_none_it_says_why():
    later = LaterHistory()
    later.fail(ProfileInUseError())

    with pytest.raises(ProfileInUseError):
        await later.perform(StepCode.BOOKED, "Demo", ())


def test_the_newest_wish_is_told_as_soon_as_somebody_listens():
    heard: list[TimeSpan] = []
    later = LaterWindow()
    later(make_span())
    later(make_span(TUESDAY))

    later.use(heard.append)
    later(make_span())

    assert heard == [make_span(TUESDAY), make_span()]
