"""Studio: the real program in front of a camera."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Application, create
from desktop.domain.event import EventKind
from desktop.domain.ids import ContactId
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.changes import Topic
from desktop.services.sync.timing import Polling, Timing
from desktop.store.cache import CacheTables
from desktop.ui import theme
from tests.builders import THURSDAY, WEDNESDAY
from tests.journeys.person import Person
from tests.journeys.stage import BRISK, QUICK, TEMPO, Stage
from tests.screenshots.story import NOW, ZONE, Plan, at

FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
"""The first that the machine has, so that pictures differ between few machines."""
FONT_PX = 13
SIZE = (1440, 900)
SMALLEST = 0
"""Of a PNG nothing is lost; it only takes longer to write."""
STILL_S = 0.35
"""Longer than any animation, and than the pause before a caret blinks."""

LOOKS: tuple[Literal["dark", "light"], ...] = ("dark", "light")


def choose_font(app: QApplication) -> None:
    """A font of our choice, at the same size everywhere."""
    known = set(QFontDatabase.families())
    name = next((name for name in FONTS if name in known), "")
    font = QFont(name) if name else app.font()
    font.setPixelSize(FONT_PX)
    app.setFont(font)
    QApplication.setCursorFlashTime(0)


def story_clock() -> Callable[[], datetime]:
    """A clock that says the story's time now, and goes on from there."""
    began, now = time.monotonic(), datetime.fromisoformat(NOW).astimezone(UTC)
    return lambda: now + timedelta(seconds=time.monotonic() - began)


class Studio(Stage):
    """A stage whose program has the story's clock, and a camera."""

    def __init__(self, profile: Path, pictures: Path, suffix: str = "") -> None:
        super().__init__(profile)
        self.clock = story_clock()
        self._pictures = pictures
        self._suffix = suffix

    def build(
        self, *, offline: bool = False, timing: Timing = QUICK, polling: Polling = BRISK
    ) -> Application:
        """The program, not started."""
        return create(
            self.profile,
            offline=offline,
            timing=timing,
            polling=polling,
            tempo=TEMPO,
            clock=self.clock,
        )

    async def picture(self, name: str, window: QWidget) -> None:
        """One picture of a window."""
        await asyncio.sleep(STILL_S)
        path = self._pictures / f"{name}{self._suffix}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        assert window.grab().save(str(path), quality=SMALLEST), path

    async def both(self, name: str, window: QWidget) -> None:
        """The same in dark and in light."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        for look in LOOKS:
            theme.apply(app, look)
            await self.picture(f"{name}-{look}", window)


def span(day: date, hours: tuple[float, float]) -> TimeSpan:
    """Hours of a day on the story's clock."""
    zone = ZoneInfo(ZONE)
    start, end = (at(day, hour).replace(tzinfo=zone).astimezone(UTC) for hour in hours)
    return TimeSpan(start, end)


async def book(person: Person, plan: Plan) -> None:
    """Book a meeting as the dialog does."""
    backend = person.application._running.backend
    contact = await find(person, plan.who)
    draft = await backend.drafts.new(contact=contact, when=span(plan.day, plan.hours))
    draft = replace(
        draft,
        kind=EventKind.CALL if plan.call else EventKind.MEETING,
        title=plan.title,
        title_edited=True,
        time_zone=ZONE,
        location=plan.place,
    )
    await backend.schedule.book(draft)


async def find(person: Person, name: str) -> ContactId:
    """The contact of the story with this family name."""
    backend = person.application._running.backend

    def read(cache: CacheTables) -> ContactId:
        return next(one.id for one in cache.contacts.all() if one.family_name == name)

    found: ContactId = await backend.files.cache.read(read)
    return found


async def at_home(person: Person) -> None:
    """A calendar on this computer, with a birthday."""
    backend = person.application._running.backend
    account = await backend.accounts.add_local(title="This computer", calendar="Personal")
    calendars = await backend.schedule.calendars()
    own = next(one.id for one in calendars if one.account_id == account.id)
    draft = await backend.drafts.new(when=DateSpan(WEDNESDAY, THURSDAY), title="Birthday: Lena")
    draft = replace(draft, calendar_id=own, kind=EventKind.EVENT, title_edited=True)
    await backend.schedule.book(draft)


async def call_it(person: Person, title: str) -> None:
    """Give the portal's account the title that a portal with a name would have given it."""
    backend = person.application._running.backend
    (account,) = await backend.accounts.all()
    named = replace(account, title=title)
    await backend.files.own.write(lambda own: own.accounts.put(named))
    await backend.supervisor.add_account(named)
    backend.feed.publish(Topic.ACCOUNTS)
    await person.until_status("Up to date")
