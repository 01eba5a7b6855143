import json
import logging
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.app import logs

SECRET = "k3y5ecretvalue0x"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave logging and the hooks as they were found."""
    root = logging.getLogger()
    level = root.level
    quiet = {name: logging.getLogger(name).level for name in logs.QUIET_LOGGERS}
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    logs.close()
    root.setLevel(level)
    for name, old in quiet.items():
        logging.getLogger(name).setLevel(old)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def lines_of(folder: Path) -> list[dict[str, Any]]:
    text = (folder / logs.FILE_NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_says_when_where_and_what(tmp_path):
    logs.configure(tmp_path)
    logging.getLogger("parley.sync").info("pulled %d contacts", 50, extra={"account": 3})

    (line,) = lines_of(tmp_path)
    assert line["time"].endswith("+00:00")
    assert {k: v for k, v in line.items() if k != "time"} == {
        "level": "INFO",
        "logger": "parley.sync",
        "message": "pulled 50 contacts",
        "account": 3,
    }


@pytest.mark.expects_log
def test_no_part_of_a_line_shows_a_secret(tmp_path, capsys):
    logs.configure(tmp_path)
    try:
        raise ValueError(f"auth={SECRET}")
    except ValueError:
        logging.getLogger("parley").exception(
            "/rest/1/%s/ failed",
            SECRET,
            extra={"url": f"/rest/1/{SECRET}/profile"},
            stack_info=True,
        )

    logs.close()
    assert "ValueError" in lines_of(tmp_path)[0]["traceback"]
    assert SECRET not in (tmp_path / logs.FILE_NAME).read_text(encoding="utf-8")
    terminal = capsys.readouterr().err
    assert "failed" in terminal
    assert SECRET not in terminal


def test_what_breaks_a_line_stays_inside_it(tmp_path):
    logs.configure(tmp_path)
    logging.getLogger("parley").info("one\ntwo\u2028three")
    assert len((tmp_path / logs.FILE_NAME).read_text(encoding="utf-8").split("\n")) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_reads_the_log(tmp_path):
    folder = tmp_path / "logs"
    logs.configure(folder)
    assert stat.S_IMODE((folder / logs.FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_log_that_others_could_read_is_closed_to_them(tmp_path):
    file = tmp_path / logs.FILE_NAME
    file.touch(mode=0o644)
    logs.configure(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_files_do_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    logs.configure(tmp_path)
    for number in range(400):
        logging.getLogger("parley").info("line %d", number)

    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + logs.KEPT_FILES
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert lines_of(tmp_path)[-1]["message"] == "line 399"


@pytest.mark.parametrize("name", ["httpx", "httpcore", "asyncio", "icalendar"])
def test_libraries_stay_quiet_at_every_level(tmp_path, name):
    logs.configure(tmp_path, "DEBUG")
    logging.getLogger(f"{name}.part").info("/rest/1/secret")
    logging.getLogger("parley").debug("ours")
    assert [line["message"] for line in lines_of(tmp_path)] == ["ours"]


def test_configuring_again_moves_the_log(tmp_path):
    logs.configure(tmp_path / "one")
    logs.configure(tmp_path / "two")
    logging.getLogger("parley").info("here")
    assert lines_of(tmp_path / "one") == []
    assert len(lines_of(tmp_path / "two")) == 1


@pytest.mark.expects_log
def test_a_folder_that_cannot_be_made_is_said_and_survived(tmp_path, capsys):
    (tmp_path / "file").touch()
    logs.configure(tmp_path / "file" / "logs")
    assert "no log file" in capsys.readouterr().err


def test_a_program_without_a_terminal_logs_to_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    logs.configure(tmp_path)
    logging.getLogger("parley").info("no terminal")
    assert lines_of(tmp_path)[0]["message"] == "no terminal"


@pytest.mark.expects_log
def test_what_nobody_caught_is_logged_and_told(caplog):
    told: list[BaseException] = []
    logs.install_hooks(told.append)
    error = LookupError("bug")
    sys.excepthook(LookupError, error, None)

    assert told == [error]
    assert caplog.records[-1].levelno == logging.CRITICAL
    assert caplog.records[-1].exc_info == (LookupError, error, None)


def test_an_interrupt_is_no_bug(capsys, caplog):
    told: list[BaseException] = []
    logs.install_hooks(told.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (told, caplog.records) == ([], [])


@pytest.mark.expects_log
def test_a_threads_error_is_logged_with_its_name(caplog):
    logs.install_hooks()

    def fail() -> None:
        raise LookupError("bug")

    thread = threading.Thread(target=fail, name="store-writer")
    thread.start()
    thread.join()

    assert "store-writer" in caplog.text
    assert "LookupError" in caplog.text


@pytest.mark.expects_log
def test_an_error_in_a_destructor_is_logged(caplog):
    logs.install_hooks()

    class Fragile:
        def __del__(self) -> None:
            raise LookupError("bug")

    Fragile()

    assert "LookupError" in caplog.text


@pytest.mark.expects_log
def test_an_error_in_the_loop_is_logged_with_its_traceback(caplog):
    logs.on_loop_error(None, {"message": "task failed", "exception": LookupError("bug")})
    logs.on_loop_error(None, {})
    assert [record.getMessage() for record in caplog.records] == [
        "task failed",
        "an error in the event loop",
    ]
    assert "LookupError" in caplog.text


def test_a_socket_that_windows_ended_is_not_worth_a_line(caplog):
    class CancelledSocketError(OSError):
        winerror = 995

    logs.on_loop_error(None, {"message": "cancelled", "exception": CancelledSocketError()})
    assert caplog.records == []


def test_the_hooks_can_be_given_back():
    logs.install_hooks()
    logs.remove_hooks()
    assert sys.excepthook is sys.__excepthook__
