"""The page of a record in the browser, wherever the record was made."""

from dataclasses import replace

import pytest

from desktop.domain.event import Event
from desktop.domain.ids import ContactId, EventId, RecordKind, UserId
from desktop.services.back_links import BackLinks
from tests.builders import make_event, make_item
from tests.services.house import CRM, open_house

PORTAL = replace(CRM, address="https://acme.bitrix24.com", user_id=UserId("7"))


def activity(uid: str, contact: str) -> Event:
    return make_event(uid, record=RecordKind.ACTIVITY, contacts=(ContactId(contact),))


@pytest.mark.parametrize(
    ("event", "page"),
    [
        (make_event("a1:event:931"), "/company/personal/user/7/calendar/?EVENT_ID=931"),
        (make_event("mine"), "/company/personal/user/7/calendar/?EVENT_ID=77"),
        (
            make_event("x", series_id=EventId("a1:event:5")),
            "/company/personal/user/7/calendar/?EVENT_ID=5",
        ),
        (activity("a1:activity:3", "a1:contact:15"), "/crm/contact/details/15/"),
        (activity("a1:activity:3", "unsent"), ""),
        (make_event("unsent"), ""),
    ],
)
async def test_an_event_has_the_page_of_what_the_portal_keeps(tmp_path, event, page):
    async with open_house(tmp_path) as house:
        await house.add(PORTAL)
        await house.files.own.write(lambda own: own.items.put(make_item("mine", "77")))

        told = await BackLinks(house.files).of_event(event)
        assert told == (f"https://acme.bitrix24.com{page}" if page else "")


async def test_this_computer_has_no_pages(tmp_path):
    async with open_house(tmp_path) as house:
        event = make_event("e1", account="home", calendar="home:main")

        assert await BackLinks(house.files).of_event(event) == ""
