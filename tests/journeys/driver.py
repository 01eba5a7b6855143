"""The real program in a process of its own, that books, changes and deletes until it is killed.

``python -m tests.journeys.driver PROFILE`` reads one order per line from its input::

    {"name": "k12", "kill_at": 7}

and carries it out in a child process, which says on its output what the screen has
acknowledged, a line each: ``ready`` (nothing waits from before), ``saved booked k12``, ``saved
moved k12``, ``saved deleted k12x``, ``settled 31`` (nothing waits, and so many steps were counted).
``kill_at`` is the step before which the child kills itself; a step is the beginning or the end
of a durable write or of a request that writes. The server says ``ended`` when the child is gone.
"""

import asyncio
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.domain.timespan import TimeSpan
from desktop.services.api.http import JsonHttp
from desktop.store.own_file import OwnFile
from desktop.ui import qt_messages
from desktop.ui.event_loop import AppLoop, make_application
from tests.builders import MONDAY
from tests.journeys.deeds import book_with_alex, delete_by_key, move_by_drag, sign_in_by
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours

DAYS, FIRST_HOUR = 7, 8
LOADED = ("desktop.app.back", "desktop.app.clients", "desktop.domain.phones")
"""What the program loads after its first paint; here before the child is made."""


def slots(number: int) -> tuple[TimeSpan, TimeSpan, TimeSpan]:
    """Three half hours that no other life uses: to book, to move to, to book and delete."""
    made = []
    for place in range(3 * number, 3 * number + 3):
        start = FIRST_HOUR + place // DAYS / 2
        made.append(hours(MONDAY + timedelta(days=place % DAYS), start, start + 0.5))
    first, second, third = made
    return first, second, third


def say(*words: object) -> None:
    """One line for whoever gave the order."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


WRITING_METHODS = ("crm.activity.add", "crm.activity.update", "crm.activity.delete")


class Steps:
    """Counts durable writes and requests, and kills the process before one of them."""

    def __init__(self, kill_at: int) -> None:
        self.armed = False
        self.count = 0
        self._kill_at = kill_at

    def take(self) -> None:
        """One step more."""
        if not self.armed:
            return
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(
        self, work: Callable[..., Awaitable[Any]], counts: Callable[..., bool] = lambda *_: True
    ) -> Any:
        """``work`` with a step before and a step after it, where it ``counts``."""

        async def counted(*arguments: Any) -> Any:
            if not counts(*arguments):
                return await work(*arguments)
            self.take()
            try:
                return await work(*arguments)
            finally:
                self.take()

        return counted


def writes(_http: JsonHttp, url: str, *_more: object) -> bool:
    """Whether a request changes something on the portal."""
    return url.rstrip("/").rpartition("/")[2] in WRITING_METHODS


async def work(person: Person, name: str, steps: Steps) -> None:
    """A meeting that is booked and moved, and one that is booked and deleted."""
    early, late, other = slots(int(name[1:]) // 2)
    steps.armed = True
    await book_with_alex(person, early, name)
    say("saved booked", name)
    await move_by_drag(person, name, late)
    say("saved moved", name)
    await book_with_alex(person, other, f"{name}x")
    say("saved booked", f"{name}x")
    await delete_by_key(person, f"{name}x")
    say("saved deleted", f"{name}x")
    await person.until_status("Up to date")
    say("settled", steps.count)


async def tell_what_waits(person: Person) -> None:
    """What the list of waiting changes says, for the report of a failure."""
    person.click("syncStatus")
    await person.until_seen("syncPanel")
    await asyncio.sleep(0.5)
    sys.stderr.write("\n".join(person.words("syncPanel")) + "\n")


async def carry_out(profile: Path, order: dict[str, Any], steps: Steps) -> None:
    """One life of the program."""
    stage = Stage(profile)
    async with stage:
        person = await stage.enter()
        if "webhook" in order:
            await sign_in_by(person, order["webhook"])
        try:
            await person.until_status("Up to date")
        except AssertionError:
            await tell_what_waits(person)
            raise
        say("ready")
        if order["name"]:
            await work(person, order["name"], steps)


def live(profile: Path, order: dict[str, Any]) -> int:
    """The child: the whole program, until it is done or killed."""
    steps = Steps(int(order.get("kill_at", 0)))
    OwnFile.write = steps.around(OwnFile.write)  # type: ignore[method-assign]
    JsonHttp.post = steps.around(JsonHttp.post, writes)  # type: ignore[method-assign]
    qt_messages.install()
    app = make_application(["parley"])
    try:
        with asyncio.Runner(loop_factory=lambda: AppLoop(app)) as runner:
            runner.run(carry_out(profile, order, steps))
    except Exception:  # noqa: BLE001 - told to whoever gave the order
        traceback.print_exc()
        return 1
    return 0


def serve(profile: Path) -> None:
    """Makes a child for each order; all modules are loaded once."""
    for module in LOADED:
        importlib.import_module(module)
    say("serving")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = live(profile, json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        say("child", child)
        _pid, status = os.waitpid(child, 0)
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
