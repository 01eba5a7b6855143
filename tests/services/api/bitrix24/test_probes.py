"""Answers of probes: remembered, believed for a week, doubted when the portal changes."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.services.api.bitrix24.probes import (
    METHODS,
    NO,
    YES,
    ProbeAnswer,
    Probes,
    answers_from,
    answers_to,
)

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Memory:
    """A place that outlives a run."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    async def load(self) -> str:
        return self.text

    async def keep(self, text: str) -> None:
        self.text = text


class Asking:
    """Counts how often the portal is asked."""

    def __init__(self, answer: str = YES) -> None:
        self.answer = answer
        self.times = 0

    async def __call__(self) -> str:
        self.times += 1
        return self.answer


class Time:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def test_a_probe_is_asked_once_and_remembered_in_the_next_run():
    memory, asking = Memory(), Asking()
    await Probes(memory, Time()).ask("series parts", asking)

    again = Probes(memory, Time())

    assert await again.ask("series parts", asking) == YES
    assert await again.find("series parts") == YES
    assert asking.times == 1


async def test_after_a_week_it_is_asked_again():
    time, asking = Time(), Asking()
    probes = Probes(Memory(), time)
    await probes.ask("all-day", asking)

    time.now += timedelta(days=6, hours=23)
    assert await probes.find("all-day") == YES
    time.now += timedelta(hours=2)
    asking.answer = NO

    assert await probes.find("all-day") is None
    assert await probes.ask("all-day", asking) == NO


async def test_a_portal_that_knows_other_methods_now_is_asked_again():
    memory = Memory()
    old = Probes(memory, Time())
    old.recognise(["crm.activity.add"])
    await old.learn("back link", YES)

    new = Probes(memory, Time())
    assert await new.find("back link") == YES
    new.recognise(["crm.activity.add", "crm.activity.todo.add"])

    assert await new.find("back link") is None


async def test_what_is_contradicted_is_forgotten_for_good():
    memory = Memory()
    probes = Probes(memory, Time())
    await probes.learn("filter", YES)

    await probes.forget("filter")

    assert await Probes(memory, Time()).find("filter") is None


async def test_a_probe_that_fails_is_not_remembered():
    async def failing() -> str:
        raise OSError

    memory = Memory()
    probes = Probes(memory, Time())
    with pytest.raises(OSError):
        await probes.ask("one", failing)

    assert await probes.find("one") is None
    assert memory.text == ""


async def test_without_a_place_it_is_remembered_while_the_program_runs():
    probes = Probes()
    await probes.learn("one", NO)

    assert await probes.find("one") == NO


def test_answers_survive_being_written():
    answers = {"ä, «ü»": ProbeAnswer("a\nb", NOW, "mark")}

    assert answers_from(answers_to(answers)) == answers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"a": 1}',
        '{"a": ["x"]}',
        '{"a": ["x", "soon", ""]}',
        '{"a": ["x", "2026-11-20T09:00:00", ""]}',
        '{"a": [1, "2026-11-20T09:00:00+00:00", ""]}',
    ],
)
def test_what_cannot_be_read_is_asked_for_again(text):
    assert answers_from(text) == {}


def test_all_methods_fit_into_the_batch_of_the_check():
    other_commands = 10

    assert len(METHODS) == len(set(METHODS)) <= 50 - other_commands
    assert all(name == name.lower() for name in METHODS), "method.get wants lower case"
