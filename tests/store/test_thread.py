"""Work goes to its thread and its outcome comes back."""

import asyncio
import threading

import pytest

from desktop.store.thread import StoreThread


@pytest.fixture
def closed():
    return []


@pytest.fixture
def thread(closed):
    made: StoreThread[str] = StoreThread("test", closed.append)
    made.begin("subject")
    return made


async def test_work_runs_on_the_thread_and_its_result_comes_back(thread):
    name = await thread.call(lambda subject: (subject, threading.current_thread().name))

    assert name == ("subject", "test")
    await thread.close()


async def test_a_failure_comes_back_and_the_thread_goes_on(thread):
    with pytest.raises(ZeroDivisionError):
        await thread.call(lambda _subject: 1 / 0)

    assert await thread.call(len) == 7
    await thread.close()


async def test_work_is_done_in_order(thread):
    done = []

    await asyncio.gather(*(thread.call(lambda _s, n=n: done.append(n)) for n in range(20)))

    assert done == list(range(20))
    await thread.close()


async def test_what_was_cancelled_before_it_began_is_not_done(thread):
    gate, done = threading.Event(), []
    first = asyncio.ensure_future(thread.call(lambda _s: gate.wait(5)))
    second = asyncio.ensure_future(thread.call(lambda _s: done.append("second")))
    await asyncio.sleep(0)

    second.cancel()
    gate.set()
    await first
    await thread.close()

    assert done == []


async def test_closing_finishes_what_is_queued_then_closes_the_subject(thread, closed):
    done = []
    queued = thread.submit(lambda _s: done.append("queued"))

    await thread.close()

    assert queued.done()
    assert (done, closed) == (["queued"], ["subject"])


async def test_a_closed_thread_takes_no_work_and_may_be_closed_again(thread, closed):
    await thread.close()
    await thread.close()

    with pytest.raises(RuntimeError):
        await thread.call(len)
    assert closed == ["subject"]
