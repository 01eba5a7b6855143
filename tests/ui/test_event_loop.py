import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.event_loop import AppLoop

DAY_S = 86_400.0


async def test_callbacks_run_in_the_order_they_were_asked_for():
    loop = asyncio.get_running_loop()
    seen: list[int] = []
    for number in range(100):
        loop.call_soon(seen.append, number)

    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert seen == list(range(100))


async def test_equal_deadlines_keep_their_order():
    loop = asyncio.get_running_loop()
    seen: list[int] = []
    when = loop.time() + 0.002
    for number in range(20):
        loop.call_at(when, seen.append, number)

    await asyncio.sleep(0.01)

    assert seen == list(range(20))


async def test_an_earlier_deadline_overtakes_a_later_one():
    loop = asyncio.get_running_loop()
    seen: list[str] = []
    late = loop.call_later(0.02, seen.append, "late")
    loop.call_later(0.002, seen.append, "early")

    while loop.time() < late.when():
        await asyncio.sleep(0.005)
    await asyncio.sleep(0)

    assert seen == ["early", "late"]


@pytest.mark.parametrize("delay_s", [0.0004, 0.003, 0.05])
async def test_a_sleep_is_never_short(delay_s):
    started = time.perf_counter()
    await asyncio.sleep(delay_s)
    assert time.perf_counter() - started >= delay_s


async def test_sleeps_are_precise():
    late_by = []
    for _ in range(15):
        started = time.perf_counter()
        await asyncio.sleep(0.004)
        late_by.append(time.perf_counter() - started - 0.004)

    # The best third, so that a busy machine does not decide.
    assert sorted(late_by)[5] < 0.003


async def test_a_timer_of_400_days_can_be_set_and_cancelled():
    loop = asyncio.get_running_loop()
    timer = loop.call_later(400 * DAY_S, sys.exit)

    await asyncio.sleep(0.002)

    assert timer.when() - loop.time() > 399 * DAY_S
    timer.cancel()


async def test_a_cancelled_timer_is_never_called():
    seen: list[str] = []
    timer = asyncio.get_running_loop().call_later(0.001, seen.append, "called")
    timer.cancel()

    await asyncio.sleep(0.01)

    assert seen == []


async def test_a_callback_cancelled_while_it_waits_is_never_called():
    loop = asyncio.get_running_loop()
    seen: list[str] = []
    handle = loop.call_soon(seen.append, "called")
    handle.cancel()

    await asyncio.sleep(0)

    assert seen == []


async def test_cancelled_timers_leave_nothing_behind(qapp, qloop: AppLoop):
    qt_timers = len(qapp.findChildren(QTimer))
    for _ in range(2_000):
        async with asyncio.timeout(60):
            pass

    assert len(qloop._deadlines) < 200
    assert len(qapp.findChildren(QTimer)) == qt_timers


async def test_a_timeout_ends_what_takes_too_long():
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.005):
            await asyncio.Event().wait()


async def test_wait_for_gives_the_result_that_comes_in_time():
    assert await asyncio.wait_for(asyncio.sleep(0.001, "result"), 5) == "result"


async def test_a_task_group_cancels_the_others_when_one_fails():
    ended = []

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("one fails")

    with pytest.raises(ExceptionGroup) as caught:
        async with asyncio.TaskGroup() as group:
            group.create_task(wait_for_ever())
            group.create_task(fail())

    assert caught.group_contains(ValueError, match="one fails")
    assert ended == ["cancelled"]


async def test_blocking_work_runs_on_another_thread():
    name = await asyncio.to_thread(lambda: threading.current_thread().name)
    assert name.startswith("work-")


async def test_an_error_on_a_thread_arrives_where_it_is_awaited():
    def fail() -> None:
        raise OSError("no such file")

    with pytest.raises(OSError, match="no such file"):
        await asyncio.to_thread(fail)


async def test_threads_can_hand_coroutines_to_the_loop(qloop: AppLoop):
    async def name_of_thread() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    def from_outside() -> str:
        return asyncio.run_coroutine_threadsafe(name_of_thread(), qloop).result(10)

    assert await asyncio.to_thread(from_outside) == threading.current_thread().name


async def test_bytes_come_back_over_tcp():
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"there and back\n")
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()

    assert answer == b"there and back\n"


async def test_a_program_can_be_run_and_read():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print(6 * 7)", stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert (process.returncode, output.strip()) == (0, b"42")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
async def test_a_signal_of_the_system_is_answered_in_the_loop():
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, told.set)
    os.kill(os.getpid(), signal.SIGUSR1)

    await asyncio.wait_for(told.wait(), 5)

    assert loop.remove_signal_handler(signal.SIGUSR1)


async def test_tasks_go_on_while_a_window_waits_in_a_loop_of_its_own():
    steps: list[str] = []
    ended = asyncio.Event()

    async def other() -> None:
        for _ in range(3):
            await asyncio.sleep(0.001)
            steps.append("other")
        nested.quit()

    def open_nested() -> None:
        nested.exec()
        steps.append("nested ended")
        ended.set()

    nested = QEventLoop()
    QTimer.singleShot(0, open_nested)
    task = asyncio.get_running_loop().create_task(other())
    await asyncio.wait_for(ended.wait(), 5)
    await task

    assert steps == ["other", "other", "other", "nested ended"]


async def test_a_nested_qt_loop_pauses_other_tasks_and_loses_none():
    steps: list[str] = []

    async def other() -> None:
        for _ in range(3):
            steps.append("other")
            await asyncio.sleep(0.001)

    task = asyncio.get_running_loop().create_task(other())
    nested = QEventLoop()
    QTimer.singleShot(20, nested.quit)
    nested.exec()
    steps.append("nested ended")
    await task

    assert steps == ["nested ended", "other", "other", "other"]


async def test_qt_gets_its_turn_while_tasks_never_rest(qtbot):
    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()

    ending = time.perf_counter() + 0.3
    while time.perf_counter() < ending:
        await asyncio.sleep(0)
    timer.stop()

    assert len(ticks) > 5


async def test_an_abandoned_async_generator_is_closed():
    closed = asyncio.Event()

    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            closed.set()

    generator = numbers()
    assert await anext(generator) == 1
    del generator
    gc.collect()

    await asyncio.wait_for(closed.wait(), 5)


def test_an_exit_asked_for_in_a_callback_leaves_the_loop(qloop: AppLoop):
    def leave() -> None:
        raise SystemExit(3)

    qloop.call_soon(leave)
    with pytest.raises(SystemExit) as caught:
        qloop.run_forever()
    assert caught.value.code == 3


def test_a_closed_loop_takes_no_more_calls(qapp):
    loop = AppLoop(qapp)
    loop.close()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon(print)


def test_closing_does_not_wait_for_a_thread_that_never_answers(qapp):
    loop = AppLoop(qapp)
    answer = threading.Event()
    asked = threading.Event()

    def wait_for_the_answer() -> bool:
        asked.set()
        return answer.wait(30)

    async def ask() -> None:
        loop.run_in_executor(None, wait_for_the_answer)
        await asyncio.to_thread(asked.wait, 10)

    loop.run_until_complete(ask())
    started = time.perf_counter()
    loop.close()
    answer.set()

    assert time.perf_counter() - started < 2


def test_the_application_has_parleys_names(qapp):
    assert qapp.applicationName() == "Parley"
    assert qapp.desktopFileName() == "io.parley.Desktop"
    assert not qapp.quitOnLastWindowClosed()


def test_a_new_application_has_the_style_that_themes_build_on():
    program = (
        "from desktop.ui.event_loop import make_application;"
        "print(make_application(['parley']).style().objectName())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert answer.stdout.strip().lower() == "fusion"


def test_asked_to_quit_the_application_closes_its_windows_and_goes_on(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    assert QCoreApplication.sendEvent(qapp, QEvent(QEvent.Type.Quit))

    assert not window.isVisible()
