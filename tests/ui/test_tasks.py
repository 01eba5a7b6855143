import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.domain.errors import AppError, OfflineError
from desktop.ui.tasks import TaskRunner


@pytest.fixture
def runner(qapp) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    delete(runner)


@pytest.fixture
def bugs(runner: TaskRunner) -> list[BaseException]:
    """What came out of the runner's signal."""
    seen: list[BaseException] = []
    runner.failed.connect(seen.append)
    return seen


async def settled(task: asyncio.Task[Any]) -> None:
    """Wait until ``task`` has ended and its outcome has been handed on."""
    await asyncio.wait([task])
    await asyncio.sleep(0)


async def answer(value: str) -> str:
    await asyncio.sleep(0)
    return value


async def fail(error: Exception) -> str:
    await asyncio.sleep(0)
    raise error


async def never() -> str:
    await asyncio.Event().wait()
    return "never"


async def test_a_result_reaches_done(runner, bugs):
    results: list[str] = []
    await settled(runner.start(answer("found"), done=results.append))
    assert (results, bugs) == (["found"], [])


async def test_an_expected_failure_reaches_failed(runner, bugs):
    failures: list[AppError] = []
    error = OfflineError()
    await settled(runner.start(fail(error), failed=failures.append))
    assert (failures, bugs) == ([error], [])


async def test_an_expected_failure_without_an_answer_goes_out_by_the_signal(runner, bugs):
    error = OfflineError()
    await settled(runner.start(fail(error)))
    assert bugs == [error]


async def test_a_bug_goes_out_by_the_signal_even_when_failures_are_answered(runner, bugs):
    failures: list[AppError] = []
    error = KeyError("bug")
    await settled(runner.start(fail(error), failed=failures.append))
    assert (failures, bugs) == ([], [error])


async def test_a_bug_in_done_goes_out_by_the_signal(runner, bugs):
    def show(result: str) -> None:
        raise LookupError(result)

    await settled(runner.start(answer("found"), done=show))

    assert [type(bug) for bug in bugs] == [LookupError]


async def test_a_newer_task_cancels_the_one_it_replaces(runner, bugs):
    results: list[str] = []
    old = runner.start(never(), done=results.append)
    new = runner.start(answer("new"), done=results.append, replaces=old)
    await settled(new)
    assert old.cancelled()
    assert (results, bugs) == (["new"], [])


async def test_a_finished_task_can_be_replaced(runner):
    results: list[str] = []
    old = runner.start(answer("old"), done=results.append)
    await settled(old)
    await settled(runner.start(answer("new"), done=results.append, replaces=old))
    assert results == ["old", "new"]


async def test_a_task_is_cancelled_when_its_owner_is_destroyed(runner, bugs):
    owner = QObject()
    results: list[str] = []
    task = runner.start(never(), owner=owner, done=results.append)
    await asyncio.sleep(0)

    delete(owner)
    await settled(task)

    assert task.cancelled()
    assert (results, bugs) == ([], [])


async def test_a_task_is_cancelled_when_its_owners_parent_is_destroyed(runner):
    parent = QObject()
    task = runner.start(never(), owner=QObject(parent))

    delete(parent)
    await settled(task)

    assert task.cancelled()


async def test_a_result_that_comes_as_the_owner_goes_is_dropped(runner, bugs):
    owner = QObject()
    results: list[str] = []

    async def finish() -> str:
        delete(owner)
        return "too late"

    await settled(runner.start(finish(), owner=owner, done=results.append))

    assert (results, bugs) == ([], [])


async def test_nothing_is_kept_of_a_task_that_has_ended(runner):
    owner = QObject()
    tasks = [runner.start(answer("found"), owner=owner) for _ in range(10)]
    for task in tasks:
        await settled(task)
    assert runner._running == set()
    assert owner.receivers("2destroyed()") <= 1  # PySide keeps one of its own
    delete(owner)


async def test_closing_cancels_and_awaits_what_runs(runner):
    ended: list[str] = []

    async def tidy_up() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.002)
            ended.append("tidied")

    runner.start(tidy_up())
    await asyncio.sleep(0)
    await runner.close()

    assert ended == ["tidied"]


async def test_nothing_starts_after_closing(runner):
    started: list[str] = []

    async def start() -> None:
        started.append("started")

    await runner.close()
    task = runner.start(start())
    await settled(task)

    assert task.cancelled()
    assert started == []


async def test_a_task_may_close_its_own_runner(runner):
    other = runner.start(never())
    closing = runner.start(runner.close())
    await settled(closing)
    assert other.cancelled()
    assert not closing.cancelled()


async def test_the_runner_may_go_before_its_tasks(qapp):
    runner = TaskRunner()
    task = runner.start(fail(KeyError("nobody listens")))
    delete(runner)
    await settled(task)
    assert isinstance(task.exception(), KeyError)
    gc.collect()
