"""Calendars on servers: changed while connected, never in silence."""

from dataclasses import dataclass, field, replace

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.errors import InvalidInputError, OfflineError
from desktop.domain.ids import AccountId, CalendarId
from desktop.domain.sync import Verb
from desktop.services.calendars import CalendarService
from tests.builders import make_account
from tests.services.house import CRM, CRM_CALENDAR, open_house


@dataclass
class Editor:
    connected: bool = True
    done: list[CalendarEdit] = field(default_factory=list)

    async def carry_out(self, edit: CalendarEdit) -> None:
        self.done.append(edit)


def _nobody(_account: AccountId) -> None:
    return None


async def test_wishes_reach_the_server_as_typed_but_tidy(tmp_path):
    editor = Editor()
    async with open_house(tmp_path) as house:
        service = CalendarService(house.files, {CRM.id: editor}.get)

        await service.add(CRM.id, "  Trips  abroad ", "#DC2626")
        await service.change(CRM_CALENDAR, "Work", "red")
        await service.delete(CRM_CALENDAR)

    assert editor.done == [
        CalendarEdit(Verb.CREATE, None, "Trips abroad", "#dc2626"),
        CalendarEdit(Verb.UPDATE, CalendarId("a1:cal"), "Work", "#9cbeee"),
        CalendarEdit(Verb.DELETE, CalendarId("a1:cal")),
    ]


@pytest.mark.parametrize("name", ["", "  ", "x" * 256])
async def test_a_name_that_is_none_is_told_before_anything_is_sent(tmp_path, name):
    editor = Editor()
    async with open_house(tmp_path) as house:
        service = CalendarService(house.files, {CRM.id: editor}.get)

        with pytest.raises(InvalidInputError):
            await service.add(CRM.id, name, "#dc2626")

    assert editor.done == []


async def test_nothing_waits_for_a_connection(tmp_path):
    async with open_house(tmp_path) as house:
        service = CalendarService(house.files, _nobody)

        assert not service.connected(CRM.id)
        with pytest.raises(OfflineError):
            await service.delete(CRM_CALENDAR)


async def test_only_accounts_with_a_calendar_on_a_server_are_offered(tmp_path):
    async with open_house(tmp_path) as house:
        await house.add(replace(make_account("bare"), capabilities=Capabilities(calendar=False)))

        places = await CalendarService(house.files, _nobody).places()

        assert [one.id for one in places] == [CRM.id]
        assert await CalendarService(house.files, _nobody).count(CRM_CALENDAR) == 0
