"""What is usual on a portal is taken over once, followed on, and never against the user."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.customs import Customs, zone_differs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import AccountId
from desktop.services.customs import CustomsService
from desktop.services.kept_customs import customs_from, customs_to, keep_customs, kept_customs
from desktop.services.preferences import Preferences
from desktop.services.sync.identity import check_account
from tests.builders import make_account
from tests.services.house import ANNA, CRM, House, Portal, open_house

OFFICE = Customs(
    WorkHours(
        time(9), time(19), frozenset({1, 2, 3, 4}), frozenset({(5, 9)}), frozenset({(12, 31)})
    ),
    week_start=7,
    reminders=(Reminder(15),),
    all_day_reminders=(),
    time_zone="Europe/Moscow",
)


@dataclass
class Drawer:
    """Where the choice is kept."""

    now: Preferences = field(default_factory=Preferences)

    def change(self, preferences: Preferences) -> None:
        self.now = preferences


async def told(house: House, customs: Customs, account: AccountId = CRM.id) -> None:
    await house.files.own.write(lambda own: keep_customs(own, account, customs))


def service(house: House, drawer: Drawer) -> CustomsService:
    return CustomsService(house.files, house.feed, drawer)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


async def test_the_first_account_decides_where_nothing_was_chosen(tmp_path, drawer):
    async with open_house(tmp_path) as house:
        await told(house, OFFICE)
        customs = service(house, drawer)
        heard: list[Preferences] = []
        customs.changed = lambda: heard.append(drawer.now)

        await customs.follow()
        await customs.follow()

        assert drawer.now.work_hours == OFFICE.work
        assert drawer.now.week_start == 7
        assert (drawer.now.reminders_min, drawer.now.all_day_reminders_min) == ((15,), ())
        assert customs.follows(CRM.id)
        assert heard == [drawer.now]


async def test_hours_that_were_changed_by_hand_stay(tmp_path, drawer):
    mine = replace(drawer.now, work_hours=WorkHours(time(7), time(15)))
    drawer.now = mine
    async with open_house(tmp_path) as house:
        await told(house, OFFICE)

        await service(house, drawer).follow()

        assert drawer.now == mine


async def test_a_second_account_changes_nothing(tmp_path, drawer):
    async with open_house(tmp_path) as house:
        await told(house, OFFICE)
        await service(house, drawer).follow()
        await house.add(make_account("second"))
        await told(house, replace(OFFICE, week_start=1), AccountId("second"))

        await service(house, drawer).follow()

        assert drawer.now.week_start == 7


async def test_what_changes_there_is_followed(tmp_path, drawer):
    async with open_house(tmp_path) as house:
        await told(house, OFFICE)
        await service(house, drawer).follow()
        await told(house, replace(OFFICE, reminders=None, week_start=None))

        await service(house, drawer).follow()

        assert (drawer.now.reminders_min, drawer.now.week_start) == (None, 0)


async def test_who_keeps_his_own_is_asked_no_more(tmp_path, drawer):
    async with open_house(tmp_path) as house:
        await told(house, OFFICE)
        customs = service(house, drawer)
        await customs.follow()

        customs.keep_own()
        await customs.follow()

        assert drawer.now == replace(Preferences(), following="own")
        assert not customs.follows(CRM.id)
        await customs.use(CRM.id)
        assert customs.follows(CRM.id)
        assert drawer.now.work_hours == OFFICE.work


async def test_a_zone_alone_is_nothing_to_follow(tmp_path, drawer):
    async with open_house(tmp_path) as house:
        await told(house, Customs(time_zone="Europe/Riga"))

        await service(house, drawer).follow()

        assert drawer.now == Preferences()
        assert await service(house, drawer).of(CRM.id) is None


async def test_the_check_keeps_what_it_is_told_and_says_so_once(tmp_path):
    identity = replace(ANNA, customs=OFFICE)
    portal = Portal(identity)
    async with open_house(tmp_path, portal=portal) as house:
        remote: Any = await portal.connect(CRM, "secret")
        for _again in range(2):
            await check_account(remote, house.files, house.feed, CRM.id)
        stored = await house.files.own.read(lambda own: kept_customs(own, CRM.id))

        assert stored == OFFICE
        assert len([change for change in house.changes if change.account_id == CRM.id]) == 1


async def test_they_come_with_the_account_and_go_with_it(tmp_path):
    identity = replace(ANNA, customs=OFFICE)
    async with open_house(tmp_path, portal=Portal(identity)) as house:
        report = await house.accounts.test_webhook("https://acme.bitrix24.com/rest/7/abcdef12345/")
        account = await house.accounts.add_bitrix24(report)

        assert report.customs == OFFICE
        stored = await house.files.own.read(lambda own: kept_customs(own, account.id))
        assert stored == OFFICE
        await house.accounts.remove(account.id)
        assert await house.files.own.read(lambda own: kept_customs(own, account.id)) is None


@pytest.mark.parametrize("customs", [OFFICE, Customs(), Customs(reminders=())])
def test_they_are_kept_as_one_text(customs):
    assert customs_from(customs_to(customs)) == customs


@pytest.mark.parametrize("text", [None, "", "x", "[]", "{}", '{"work": 1}'])
def test_a_text_that_means_nothing_is_nothing(text):
    assert customs_from(text) is None


def test_holidays_are_days_off_and_extra_days_are_not():
    work = OFFICE.work
    assert work is not None
    riga = ZoneInfo("Europe/Riga")

    assert work.on(date(2028, 5, 9), riga) is None  # a Tuesday
    assert work.on(date(2027, 12, 31), riga) is not None  # a Friday, off in this company
    assert work.is_holiday(date(2028, 5, 9))
    assert not work.works_on(date(2026, 11, 20))
    assert work.works_on(date(2026, 11, 19))


@pytest.mark.parametrize(
    ("there", "differs"), [("Europe/Riga", True), ("Europe/Moscow", False), ("", False)]
)
def test_zones_that_differ_are_told(there, differs):
    assert zone_differs(there, ZoneInfo("Europe/Moscow")) is differs
