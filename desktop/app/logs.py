"""Where the log goes, and what it never shows.

One file of JSON lines that only the user can read; the same masks for every handler, so no
line reaches a disk or a terminal unmasked.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.app.masks import masked

FILE_NAME = "parley.log"
FILE_BYTES = 1_000_000
KEPT_FILES = 4

QUIET_LOGGERS = (
    "asyncio",
    "httpcore",
    "httpx",  # its lines carry addresses, and a webhook's address is its password
    "icalendar",
    "jeepney",
    "keyring",
    "qasync",
    "secretstorage",
)

ENDED_SOCKETS = frozenset({995, 10054})
"""Windows' numbers for "cancelled" and "reset", which a cancelled request leaves behind."""

logger = logging.getLogger(__name__)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, thread, extras, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.threadName not in (None, "MainThread"):
            line["thread"] = record.threadName
        line |= {
            name: _plain(value) for name, value in vars(record).items() if name not in _STANDARD
        }
        if record.exc_info:
            line["traceback"] = masked(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = masked(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


class MaskedText(logging.Formatter):
    """A line for a terminal, masked."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class PrivateFile(RotatingFileHandler):
    """A rotating file that nobody but its owner reads."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        if hasattr(os, "fchmod"):  # an older file has kept its mode, and Windows has none
            os.fchmod(descriptor, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding, errors=self.errors)


def configure(folder: Path, level: int | str = logging.INFO) -> None:
    """Log to ``parley.log`` in ``folder``, and warnings to the terminal too, if there is one.

    May be called again; the handlers of the time before are closed. A folder that cannot be
    written leaves only the terminal: the program works without a log.
    """
    close()
    root = logging.getLogger()
    root.setLevel(level)
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    if sys.stderr is not None:  # a program without a terminal on Windows has none
        _add(logging.StreamHandler(sys.stderr), MaskedText("%(levelname)s %(message)s"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = PrivateFile(
            folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError as error:
        logger.warning("no log file: %s", error.strerror)
        return
    _add(file, JsonLines(), level=logging.NOTSET)


def close() -> None:
    """Close the handlers that ``configure`` has added."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler.formatter, JsonLines | MaskedText):
            root.removeHandler(handler)
            handler.close()


def install_hooks(on_bug: Callable[[BaseException], object] | None = None) -> None:
    """Log whatever nobody caught, in any thread, instead of printing it.

    ``on_bug`` gets an error of the main thread after it is in the log; the window tells it.
    """

    def on_main_thread(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("an error that nobody caught", exc_info=(kind, error, trace))
        if on_bug is not None:
            on_bug(error)

    sys.excepthook = on_main_thread
    threading.excepthook = _on_thread
    sys.unraisablehook = _on_unraisable


def remove_hooks() -> None:
    """Give Python its own hooks back."""
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    sys.unraisablehook = sys.__unraisablehook__


def on_loop_error(_loop: Any, context: Mapping[str, Any]) -> None:
    """Log what reached asyncio's loop; for ``loop.set_exception_handler``."""
    error = context.get("exception")
    message = context.get("message", "an error in the event loop")
    if isinstance(error, OSError) and getattr(error, "winerror", None) in ENDED_SOCKETS:
        logger.debug("%s", message)
        return
    trace = None if error is None else (type(error), error, error.__traceback__)
    logger.error("%s", message, exc_info=trace)


def _on_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or issubclass(args.exc_type, SystemExit):
        return
    name = args.thread.name if args.thread else "a thread"
    logger.critical(
        "%s ended with an error", name, exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
    )


def _on_unraisable(args: "sys.UnraisableHookArgs") -> None:
    trace = None
    if args.exc_value is not None:
        trace = (args.exc_type, args.exc_value, args.exc_traceback)
    logger.error("%s", args.err_msg or "an error where none can be raised", exc_info=trace)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | bool | None) else masked(str(value))


def _add(
    handler: logging.Handler, formatter: logging.Formatter, level: int = logging.WARNING
) -> None:
    handler.setLevel(level)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
