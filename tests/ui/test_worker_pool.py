import threading
import time
from concurrent.futures import CancelledError

import pytest

from desktop.ui.worker_pool import WorkerPool


def test_a_call_gives_its_result():
    pool = WorkerPool(2, name="pool")
    assert pool.submit(pow, 2, exp=5).result(5) == 32
    pool.shutdown()


def test_an_error_belongs_to_the_future():
    pool = WorkerPool(2, name="pool")
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(5)
    pool.shutdown()


def test_no_more_threads_start_than_the_pool_may_have():
    pool = WorkerPool(2, name="pool")
    together = threading.Barrier(2)

    def meet() -> str:
        together.wait(5)
        return threading.current_thread().name

    names = {future.result(5) for future in [pool.submit(meet) for _ in range(8)]}

    assert names == {"pool-1", "pool-2"}
    pool.shutdown()


def test_an_idle_thread_is_used_again():
    pool = WorkerPool(4, name="pool")
    names = set()
    for _ in range(5):
        names.add(pool.submit(lambda: threading.current_thread().name).result(5))
        while not pool._idle._value:  # the thread says so a moment after its result
            time.sleep(0)
    assert names == {"pool-1"}
    pool.shutdown()


def test_shutting_down_cancels_what_has_not_begun():
    pool = WorkerPool(1, name="pool")
    begun, go_on = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        go_on.wait(5)
        return "finished"

    running = pool.submit(work)
    waiting = pool.submit(work)
    begun.wait(5)
    pool.shutdown(wait=False, cancel_futures=True)
    go_on.set()

    assert running.result(5) == "finished"
    with pytest.raises(CancelledError):
        waiting.result(5)


def test_shutting_down_is_patient_only_for_so_long():
    pool = WorkerPool(1, name="pool", patience_s=0.05)
    go_on = threading.Event()
    pool.submit(go_on.wait, 30)

    started = time.monotonic()
    pool.shutdown()

    assert time.monotonic() - started < 5
    go_on.set()


def test_a_pool_that_was_shut_down_takes_no_work():
    pool = WorkerPool(1, name="pool")
    pool.shutdown()
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(print)
