"""The dialog says how a booking is recorded, and asks only for what that way keeps."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox

from desktop.domain.account import Account, Capabilities
from desktop.domain.event import Recording
from desktop.domain.ids import RecordKind
from tests.ui.meeting.conftest import ALEX, CRM, SILENT, Opener
from tests.ui.waiting import until

WAYS = Capabilities(responsible=True, recordings=tuple(Recording), application=True)


def recording(way: Recording) -> Account:
    return replace(CRM, capabilities=WAYS, recording=way)


@pytest.mark.parametrize(
    ("way", "record"),
    [
        (Recording.ACTIVITY, RecordKind.ACTIVITY),
        (Recording.TODO, RecordKind.ACTIVITY),
        (Recording.CARD, RecordKind.ACTIVITY),
        (Recording.EVENT, RecordKind.EVENT),
    ],
)
async def test_a_booking_is_recorded_the_accounts_way(open_desk: Opener, way, record):
    async with open_desk(account=recording(way)) as desk:
        await desk.open_new(contact=ALEX)
        desk.save_by_keys()
        await until(lambda: desk.booked)

        event = await desk.event(desk.booked[0])
        assert (event.recorded_as, event.record) == (way, record)


async def test_a_to_do_says_where_its_length_and_place_stand(open_desk: Opener):
    async with open_desk(account=recording(Recording.TODO)) as desk:
        await desk.open_new(contact=ALEX)
        place = desk.dialog.form.place
        assert not place.recorded.isHidden()
        assert "stand in its text" in place.recorded.text()

        await desk.open_new()  # nobody: an event of the calendar, of which nothing is to be said
    async with open_desk(account=recording(Recording.ACTIVITY)) as desk:
        await desk.open_new(contact=ALEX)
        assert desk.dialog.form.place.recorded.isHidden()


async def test_only_a_meeting_asks_how_somebody_is_reached(open_desk: Opener):
    async with open_desk(account=recording(Recording.TODO)) as desk:
        await desk.open_new(contact=SILENT)
        assert desk.dialog.form.people.missing.isHidden()
    async with open_desk(account=recording(Recording.ACTIVITY)) as desk:
        await desk.open_new(contact=SILENT)
        assert not desk.dialog.form.people.missing.isHidden()


async def test_nobody_else_is_responsible_for_an_event_of_my_calendar(open_desk: Opener):
    async with open_desk(account=recording(Recording.EVENT)) as desk:
        await desk.open_new(contact=ALEX)
        assert desk.find(QComboBox, "meetingResponsible").isHidden()
    async with open_desk(account=recording(Recording.TODO)) as desk:
        await desk.open_new(contact=ALEX)
        assert not desk.find(QComboBox, "meetingResponsible").isHidden()


async def test_whole_days_become_a_calendar_event_whatever_the_way(open_desk: Opener):
    async with open_desk(account=recording(Recording.TODO)) as desk:
        await desk.open_new(contact=ALEX)
        desk.page.editor.set_all_day(True)
        assert desk.dialog.form.place.recorded.isHidden()
        desk.save_by_keys()
        await until(lambda: desk.booked)

        event = await desk.event(desk.booked[0])
        assert (event.recorded_as, event.record) == (Recording.EVENT, RecordKind.EVENT)
