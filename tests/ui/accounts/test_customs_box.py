"""Hours, days and reminders of a portal on its card: what was told, and what is done with it."""

from dataclasses import dataclass, field
from datetime import time

import pytest
from PySide6.QtCore import QLocale, Qt

from desktop.domain.customs import Customs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.services.customs import CustomsService
from desktop.services.kept_customs import keep_customs
from desktop.services.preferences import Preferences
from desktop.ui.accounts.account_card import AccountCard
from desktop.ui.accounts.accounts_dialog import AccountsDialog
from desktop.ui.accounts.customs_box import CustomsBox
from desktop.ui.accounts.customs_texts import customs_text, days_text
from tests.builders import MOSCOW
from tests.services.house import CRM
from tests.ui.accounts.conftest import Doorman, Rooms
from tests.ui.waiting import until

OFFICE = Customs(
    WorkHours(time(9), time(19), holidays=frozenset({(1, 1), (1, 2), (3, 8)})),
    week_start=1,
    reminders=(Reminder(15),),
)


@dataclass
class Drawer:
    now: Preferences = field(default_factory=Preferences)

    def change(self, preferences: Preferences) -> None:
        self.now = preferences


@pytest.fixture(autouse=True)
def british_clock():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_one_line_says_all_of_it():
    assert customs_text(OFFICE) == (
        "09:00–19:00, Mon–Fri, week starts on Monday, 3 holidays, reminder: 15 min before"
    )


def test_what_was_not_told_is_not_said():
    assert customs_text(Customs(week_start=7)) == "week starts on Sunday"
    assert customs_text(Customs(reminders=())) == "no reminder"


def test_days_that_do_not_follow_each_other_are_named_one_by_one():
    assert days_text(frozenset({1, 2, 4})) == "Mon Tue Thu"
    assert days_text(frozenset({5, 6, 7})) == "Fri–Sun"
    assert days_text(frozenset({1, 2})) == "Mon Tue"


def test_the_box_offers_the_other_choice(qtbot):
    box = CustomsBox()
    qtbot.addWidget(box)

    box.show_customs(OFFICE, followed=True)
    assert (box.use.isHidden(), box.keep.isHidden(), box.zone.isHidden()) == (True, False, True)
    box.show_customs(OFFICE, followed=False, zones=("Europe/Moscow", "America/New_York"))
    assert (box.use.isHidden(), box.keep.isHidden()) == (False, True)
    assert "Moscow" in box.zone.text()
    assert "New York" in box.zone.text()
    box.show_customs(None, followed=False)
    assert box.isHidden()


async def test_the_choice_is_made_on_the_account_card(qtbot, doorman: Doorman):
    async with doorman.open() as rooms:
        await choose(qtbot, rooms)


async def choose(qtbot, rooms: Rooms) -> None:
    house, drawer = rooms.house, Drawer()
    await house.files.own.write(lambda own: keep_customs(own, CRM.id, OFFICE))
    customs = CustomsService(house.files, house.feed, drawer)
    dialog = AccountsDialog(
        house.accounts,
        rooms.interchange,
        house.schedule,
        rooms.feed,
        rooms.tasks,
        house.clock,
        MOSCOW,
        customs=customs,
    )
    qtbot.addWidget(dialog)
    dialog.bring_up()

    def box() -> CustomsBox | None:
        cards = dialog.findChildren(AccountCard)
        found = [card.customs for card in cards if card.account.id == CRM.id]
        return found[0] if found and found[0].isVisible() else None

    await until(lambda: box() is not None)
    shown = box()
    assert shown is not None
    qtbot.mouseClick(shown.use, Qt.MouseButton.LeftButton)
    await until(shown.keep.isVisible)
    assert drawer.now.reminders_min == (15,)

    qtbot.mouseClick(shown.keep, Qt.MouseButton.LeftButton)
    await until(shown.use.isVisible)
    assert drawer.now.following == "own"
