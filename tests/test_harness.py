"""The tests' own foundation: a silent fault fails the test that caused it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FAULTY = """
import asyncio
import logging
import threading
import warnings

import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtWidgets import QLabel


async def test_passes():
    await asyncio.sleep(0.001)


async def test_really_runs():
    await asyncio.sleep(0)
    assert 1 == 2


async def test_leaks_a_task(request):
    request.node.leaked = asyncio.get_running_loop().create_task(asyncio.sleep(60))


async def test_drops_an_error():
    async def fail():
        raise ValueError("nobody looks")
    task = asyncio.get_running_loop().create_task(fail())
    await asyncio.wait([task])


def test_logs_a_warning():
    logging.getLogger("desktop.sync").warning("odd")


@pytest.mark.expects_log
def test_may_log_a_warning():
    logging.getLogger("desktop.sync").warning("odd")


def test_warns():
    warnings.warn("odd")


def test_makes_qt_complain(qapp):
    qWarning("odd")


async def test_fails_in_a_slot():
    def slot():
        raise ValueError("in a slot")
    QTimer.singleShot(0, slot)
    await asyncio.sleep(0.01)


def test_fails_on_a_thread():
    def fail():
        raise ValueError("on a thread")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.secrets
def test_would_write_a_secret():
    raise AssertionError("never runs here")


def test_shows_a_window(qapp, request):
    request.node.window = QLabel("what was seen")
    request.node.window.show()
    assert request.node.window.text() == ""
"""

OUTCOMES = {
    "test_passes": {"PASSED"},
    "test_really_runs": {"FAILED"},
    "test_leaks_a_task": {"ERROR", "PASSED"},
    "test_drops_an_error": {"ERROR", "PASSED"},
    "test_logs_a_warning": {"ERROR", "PASSED"},
    "test_may_log_a_warning": {"PASSED"},
    "test_warns": {"FAILED"},
    "test_makes_qt_complain": {"FAILED"},
    "test_fails_in_a_slot": {"FAILED"},
    "test_fails_on_a_thread": {"FAILED"},
    "test_shows_a_window": {"FAILED"},
}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> str:
    """What pytest says about tests with one fault each."""
    folder: Path = tmp_path_factory.mktemp("faulty")
    (folder / "test_faulty.py").write_text(FAULTY, encoding="utf-8")
    without_keyring = {k: v for k, v in os.environ.items() if k != "PARLEY_THROWAWAY_KEYRING"}
    arguments = ["-c", "pyproject.toml", "-p", "tests.conftest", "-rA", "--color=no", "--tb=short"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env=without_keyring | {"QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    ).stdout


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_fault_is_found_in_its_own_test(told, name):
    lines = [line.split() for line in told.splitlines() if line.startswith(("PASS", "FAIL", "ERR"))]
    outcomes = {words[0] for words in lines if words[1].endswith(f"::{name}")}
    assert outcomes == OUTCOMES[name], told


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's keyring is used")
def test_no_secret_is_written_to_a_real_keyring(told):
    assert "needs a throw-away keyring" in told


def test_a_failure_leaves_a_picture_of_the_window(told):
    pictures = [line for line in told.splitlines() if line.endswith(".png")]
    assert any("test_shows_a_window" in line and Path(line).exists() for line in pictures), told
