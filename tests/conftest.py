"""What every test stands on: one QApplication, the program's own loop, and no silent fault."""

import asyncio
import gc
import inspect
import logging
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.event_loop import AppLoop, make_application
from tests import own_session
from tests.servers.portal import Portal

LONGEST_ASYNC_TEST_S = 20.0
PICTURES = Path(__file__).parents[1] / "build" / "failures"
NOISY = ("asyncio",)  # says how slow a callback was, in debug mode
THROWAWAY = "PARLEY_THROWAWAY_KEYRING"

if THROWAWAY in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
    SESSION = own_session.enter()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one QApplication of this process, set up as the program sets it up."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else make_application(["parley-tests"])


@pytest.fixture
def qloop(qapp: QApplication) -> Iterator[AppLoop]:
    """The program's event loop. A task that outlives the test, or an error nobody saw, fails it."""
    loop = AppLoop(qapp)
    unseen: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: unseen.append(context))
    asyncio.set_event_loop(loop)
    yield loop
    left = [task for task in asyncio.all_tasks(loop) if not task.done()]
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    gc.collect()  # a dropped task complains about its error only when it is collected
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    asyncio.set_event_loop(None)
    assert not unseen, f"errors that nobody handled: {unseen}"
    assert not left, f"tasks that outlived the test: {left}"


@pytest.fixture(autouse=True)
def _hands_off() -> Iterator[None]:
    """Let go of the mouse buttons that a test still holds: they are the same for all tests."""
    yield
    if QApplication.instance() is not None:
        held = QGuiApplication.mouseButtons()
        for button in Qt.MouseButton:
            if button in held and button.value.bit_count() == 1:
                QTest.mouseRelease(QWidget(), button)


@pytest.fixture(autouse=True)
def _open_keyring(request: pytest.FixtureRequest) -> None:
    """No test meets a keyring whose daemon has ended in an earlier one."""
    if THROWAWAY in os.environ and request.node.get_closest_marker("secrets") is not None:
        own_session.mend()


@pytest.fixture(autouse=True)
def _sound_requests() -> Iterator[None]:
    """Fail a test in which the program asked a portal for something that its reference lacks."""
    yield
    wrong = sorted(set(Portal.misshapen))
    Portal.misshapen.clear()
    assert not wrong, f"requests that the reference does not know: {wrong}"


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or an error, unless it is marked ``expects_log``."""
    yield
    if request.node.get_closest_marker("expects_log") is not None:
        return
    loud = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name not in NOISY
    ]
    assert not loud, f"unexpected log lines: {loud}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every async test its loop; leave out what this run has no surroundings for."""
    for item in items:
        for marker, reason in _lacking():
            if item.get_closest_marker(marker) is not None:
                item.add_marker(pytest.mark.skip(reason=reason))
        is_async = inspect.iscoroutinefunction(getattr(item, "obj", None))
        if is_async and isinstance(item, pytest.Function) and "qloop" not in item.fixturenames:
            item.fixturenames.append("qloop")


def pytest_collection_finish() -> None:
    """Keep what was just loaded out of each later collection of garbage: it is here to stay."""
    gc.collect()
    gc.freeze()


def _lacking() -> Iterator[tuple[str, str]]:
    """Each marker whose tests cannot run, or must not, and why."""
    if sys.platform == "linux" and THROWAWAY not in os.environ:
        yield "secrets", "needs a throw-away keyring: python3 packaging/run.py test"
    if os.environ["QT_QPA_PLATFORM"] != "xcb":
        yield "xcb", "needs an X server and QT_QPA_PLATFORM=xcb"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run ``async def test_…`` on the program's loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    loop: AppLoop = pyfuncitem.funcargs["qloop"]  # type: ignore[assignment]
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names if name in pyfuncitem.funcargs}
    limit = pyfuncitem.get_closest_marker("timeout")
    longest_s = LONGEST_ASYNC_TEST_S if limit is None else float(limit.args[0]) - 2
    loop.run_until_complete(asyncio.wait_for(pyfuncitem.obj(**arguments), longest_s))
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of every window that was open when a test failed."""
    report = yield
    if report.when == "call" and report.failed and QApplication.instance() is not None:
        for number, path in enumerate(_pictures(item.name)):
            report.sections.append((f"window {number}", str(path)))
    return report


def _pictures(name: str) -> Iterator[Path]:
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    for number, widget in enumerate(QApplication.topLevelWidgets()):
        if widget.isVisible():
            PICTURES.mkdir(parents=True, exist_ok=True)
            path = PICTURES / f"{safe[:120]}-{number}.png"
            widget.grab().save(str(path))
            yield path
