"""Runs the program: options, the loop, last-resort error hooks, the exit code."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop.app import create, logs
from desktop.app.application import Application
from desktop.app.collector import Collector
from desktop.app.display import display_problem
from desktop.app.loading import load_now
from desktop.app.opening import Opening
from desktop.app.options import parse
from desktop.late import asyncio
from desktop.services.platform.memory import keep_one_pool
from desktop.ui import qt_messages
from desktop.ui.qt_program import make_application

NO_DISPLAY_CODE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Starts Parley and returns its exit code when the window has closed."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parse(given)
    problem = display_problem(os.environ)
    if problem is not None:
        sys.stderr.write(problem + "\n")
        return NO_DISPLAY_CODE
    logs.configure(options.profile / "logs", options.log_level.upper())
    qt_messages.install()
    keep_one_pool()
    opening = Opening(options.profile)
    app = make_application(["parley"])
    make = partial(
        create,
        options.profile,
        offline=options.offline,
        minimized=options.minimized,
        opened=options.opened,
    )
    application = make(opening=opening)
    logs.install_hooks(application.tell_of_bug)
    try:
        window = application.window
        application.show_first(window.showMinimized if options.minimized else window.show)
        event_loop: Any = load_now("desktop.ui.event_loop")
        with asyncio.Runner(loop_factory=lambda: event_loop.AppLoop(app)) as runner:
            runner.get_loop().set_exception_handler(logs.on_loop_error)
            return runner.run(_run(application, make))
    finally:
        logs.remove_hooks()
        logs.close()


async def _run(application: Application, make: Callable[[], Application]) -> int:
    """Until the window is closed for good; ``make`` gives the next one where it is not."""
    await _run_once(application)
    while application.wants_again:
        application = make()
        logs.remove_hooks()
        logs.install_hooks(application.tell_of_bug)
        application.show_first(application.window.show)
        await _run_once(application)
    return 0


async def _run_once(application: Application) -> None:
    if os.name == "posix":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, application.ended.set)
    try:
        await application.start()
        Collector(application.is_syncing, application.release_memory, application.window)
        await application.ended.wait()
    finally:
        await application.close()
