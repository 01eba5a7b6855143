"""P4 and the budgets of a click: the real program over 100,000 contacts, from input to paint.

Times are wall clock, from the event to the finished paint of what it brings.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget

from desktop.app import Application, create
from desktop.domain.contact import Contact
from desktop.domain.ids import ContactId
from desktop.domain.timespan import TimeSpan
from desktop.store.cache import CacheTables
from desktop.ui.event_loop import AppLoop, make_application
from tests.benchmarks.figures import Figure, p95, say, tell
from tests.benchmarks.people import people

PEOPLE = 100_000
PAGE = 20_000
QUERIES, OPENINGS, BOOKINGS = 80, 30, 40
PATIENCE_S = 30.0
GLANCE_S = 0.001
"""A look at the screen; to look without a pause would take the processor from what is measured."""


class Paints(QObject):
    """Counts the paints of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def beyond(self, count: int) -> bool:
        """Whether there were more than so many."""
        return self.count > count

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


async def until(true: Callable[[], object], what: str) -> None:
    """Gives the loop its turns until something is true."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        await asyncio.sleep(GLANCE_S)


def press(field: QLineEdit, letter: str) -> None:
    """A key of any alphabet."""
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, none, letter))


class Desk:
    """The program, filled, and its widgets by name."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.front = application._running.front
        self.backend = application._running.backend

    def widget(self, name: str) -> QWidget | None:
        """A visible widget by its name."""
        return next(
            (one for one in QApplication.allWidgets()
             if one.objectName() == name and one.isVisible()),
            None,
        )  # fmt: skip

    async def fill(self) -> None:
        """A local account, and people as if they had been read from a server."""
        account = await self.backend.accounts.add_local(title="Bench")
        everybody = list(people(PEOPLE, account.id))
        for first in range(0, PEOPLE, PAGE):
            part = everybody[first : first + PAGE]
            await self.backend.files.cache.write(partial(_upsert, part))
        self.names = [one.family_name for one in everybody[:: PEOPLE // 500]]
        await self.backend.contacts.find("")

    async def type_keys(self) -> list[float]:
        """P4: each key of a name, from its press to the list painted with its answer."""
        field = self.front.contacts.findChild(QLineEdit, "contactSearchField")
        listing = self.front.contacts.findChild(QAbstractScrollArea, "contactList")
        assert field is not None
        assert listing is not None
        paints = Paints(listing.viewport())
        chance = random.Random(2)
        took: list[float] = []
        while len(took) < QUERIES:
            name = chance.choice(self.names)
            field.clear()
            await until(partial(self._answers, ""), "the empty box")
            for letter in name[: chance.randint(1, 5)]:
                painted, began = paints.count, time.perf_counter()
                press(field, letter)
                text = field.text()
                await until(partial(self._answers, text), text)
                await until(partial(paints.beyond, painted), "the paint")
                took.append((time.perf_counter() - began) * 1000)
        return took

    def _answers(self, text: str) -> bool:
        return bool(self.front.contacts._shown == text)

    def _shows(self, contact_id: ContactId) -> bool:
        return bool(self.front.card.contact_id() == contact_id)

    async def open_cards(self) -> list[float]:
        """The card of a contact, from the wish to its paint."""
        found = await self.backend.contacts.find("an")
        took = []
        for hit in found.hits[:OPENINGS]:
            card = self.front.card
            paints = Paints(card.view)
            began = time.perf_counter()
            self.application._running.wiring.open_contact(hit.contact.id)
            await until(partial(self._shows, hit.contact.id), "the card")
            await until(partial(paints.beyond, 0), "its paint")
            took.append((time.perf_counter() - began) * 1000)
        return took

    async def open_dialogs(self) -> list[float]:
        """The full meeting dialog for the shown contact, from the key to its paint."""
        took = []
        for _ in range(OPENINGS):
            self.front.calendar.setFocus()
            began = time.perf_counter()
            self.front.actions.schedule_shown.trigger()
            await until(lambda: self.widget("meetingDialog"), "the dialog")
            dialog = self.widget("meetingDialog")
            assert dialog is not None
            paints = Paints(dialog)
            if not paints.count:
                dialog.update()
                await until(partial(paints.beyond, 0), "its paint")
            took.append((time.perf_counter() - began) * 1000)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await until(lambda: self.widget("meetingDialog") is None, "the dialog to go")
        return took

    async def book(self) -> list[float]:
        """A meeting, from the wish until it is durable and acknowledged."""
        found = await self.backend.contacts.find("an")
        start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        took = []
        for number in range(BOOKINGS):
            contact = found.hits[number % len(found.hits)].contact.id
            span = TimeSpan(start + timedelta(hours=number), start + timedelta(hours=number + 1))
            draft = await self.backend.drafts.new(contact=contact, when=span)
            draft = replace(draft, title=f"Meeting {number}", title_edited=True)
            began = time.perf_counter()
            await self.backend.schedule.book(draft)
            took.append((time.perf_counter() - began) * 1000)
        return took


def _upsert(part: list[Contact], cache: CacheTables) -> None:
    cache.contacts.upsert(part)


async def use() -> list[Figure]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder:
        application = create(Path(folder) / "profile", offline=True)
        application.window.resize(1440, 900)
        application.window.show()
        await application.start()
        desk = Desk(application)
        say(f"  writing {PEOPLE} contacts")
        await desk.fill()
        keys = await desk.type_keys()
        cards = await desk.open_cards()
        dialogs = await desk.open_dialogs()
        bookings = await desk.book()
        application.window.close()
        await application.close()
    return [
        Figure("P4", "key press to painted list, 100,000 people, p95", p95(keys), "ms", 16, 50,
               _middle(keys)),
        Figure("card", "contact card open, p95", p95(cards), "ms", 50, 100, _middle(cards)),
        Figure("dialog", "meeting dialog open, p95", p95(dialogs), "ms", 80, 150,
               _middle(dialogs)),
        Figure("save", "booking acknowledged, p95", p95(bookings), "ms", 50, 100,
               _middle(bookings)),
    ]  # fmt: skip


def _middle(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.1f} ms"


def measure() -> list[Figure]:
    """The figures, measured in the program's own loop."""
    app = make_application(["bench"])
    with asyncio.Runner(loop_factory=lambda: AppLoop(app)) as runner:
        return runner.run(use())


if __name__ == "__main__":
    tell(measure)
