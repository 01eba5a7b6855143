"""Drafts: sensible when new, never lost."""

from dataclasses import replace

import pytest

from desktop.domain.drafting import ENGLISH_TITLES, TitleCode
from desktop.domain.errors import NotFoundError
from desktop.domain.event import EventKind, Reminder
from desktop.domain.ids import ContactId, EventId
from desktop.domain.timespan import TimeSpan
from desktop.services.changes import Topic
from desktop.services.drafts import DraftService
from tests.builders import MOSCOW, TUESDAY, make_calendar, make_contact, make_draft, make_span
from tests.services.house import CRM, CRM_CALENDAR, LOCAL_CALENDAR, House, open_house

ALEX = make_contact("alex", "Alex Vronsky", phone="+49 30 1234567")
HOME_FRIEND = make_contact("bea", "Bea Berg", account="home")


async def _know(house: House, *contacts):
    await house.files.cache.write(lambda cache: cache.contacts.upsert(contacts))


async def test_a_new_draft_has_the_next_free_hour_and_the_usual_reminder(tmp_path):
    async with open_house(tmp_path) as house:
        busy = make_span(hours=(8, 9.5))
        await house.schedule.book(
            make_draft("busy", busy, title="Busy", calendar_id=LOCAL_CALENDAR.id)
        )

        draft = await house.drafts.new()

        assert isinstance(draft.when, TimeSpan)
        assert f"{draft.when.start:%a %H:%M}-{draft.when.end:%H:%M}" == "Mon 12:30-13:30"
        assert draft.time_zone == MOSCOW.key
        assert draft.reminders == (Reminder(10),)
        assert (draft.kind, draft.title, draft.touched) == (EventKind.MEETING, "Meeting", False)


async def test_a_draft_with_a_contact_names_itself_and_goes_where_the_contact_is(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX, HOME_FRIEND)
        await house.schedule.book(make_draft(title="x", calendar_id=LOCAL_CALENDAR.id))

        draft = await house.drafts.new(contact=ALEX.id)
        other = await house.drafts.new(contact=HOME_FRIEND.id)

        assert draft.title == "Meeting with Alex Vronsky"
        assert draft.contacts == (ALEX.id,)
        assert (draft.calendar_id, other.calendar_id) == (CRM_CALENDAR.id, LOCAL_CALENDAR.id)


async def test_without_a_contact_the_calendar_used_last_is_taken(tmp_path):
    async with open_house(tmp_path) as house:
        assert (await house.drafts.new()).calendar_id == LOCAL_CALENDAR.id

        await house.schedule.book(make_draft("d1", title="x", calendar_id=CRM_CALENDAR.id))

        assert (await house.drafts.new()).calendar_id == CRM_CALENDAR.id


async def test_a_calendar_that_cannot_be_written_is_never_proposed(tmp_path):
    async with open_house(tmp_path) as house:
        locked = make_calendar("a1:cal", writable=False)
        await house.files.cache.write(lambda cache: cache.calendars.replace(CRM.id, [locked]))
        await _know(house, ALEX)

        assert (await house.drafts.new(contact=ALEX.id)).calendar_id == LOCAL_CALENDAR.id


async def test_what_the_user_gave_is_kept(tmp_path):
    async with open_house(tmp_path) as house:
        when = make_span(TUESDAY)

        draft = await house.drafts.new(when=when, title="Lunch", contact=ContactId("gone"))

        assert (draft.when, draft.title, draft.title_edited) == (when, "Lunch", True)
        assert draft.contacts == ()


async def test_titles_come_in_the_language_of_the_user(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        russian = {**ENGLISH_TITLES, TitleCode.MEETING_ONE: "Встреча: {first}"}
        drafts = DraftService(
            house.files, house.schedule, house.feed, house.clock, MOSCOW, titles=lambda: russian
        )

        assert (await drafts.new(contact=ALEX.id)).title == "Встреча: Alex Vronsky"


async def test_a_saved_draft_is_there_after_a_restart(tmp_path):
    async with open_house(tmp_path) as house:
        draft = replace(await house.drafts.new(), title="Half ty", timed=make_span(TUESDAY))
        house.topics()
        await house.drafts.save(draft)
        assert house.topics() == [Topic.DRAFTS]
    async with open_house(tmp_path) as house:
        (kept,) = await house.drafts.open_drafts()
        assert kept == replace(draft, updated_at=house.clock())


async def test_the_draft_typed_in_last_comes_first(tmp_path):
    async with open_house(tmp_path) as house:
        for number in (1, 2):
            await house.drafts.save(make_draft(f"d{number}"))
            house.clock.forward(seconds=1)
        await house.drafts.save(make_draft("d1", title="more"))

        assert [draft.id for draft in await house.drafts.open_drafts()] == ["d1", "d2"]


async def test_a_discarded_draft_is_gone(tmp_path):
    async with open_house(tmp_path) as house:
        await house.drafts.save(make_draft())
        await house.drafts.discard(make_draft().id)

        assert await house.drafts.open_drafts() == ()


async def test_an_event_opens_as_a_draft_and_the_same_draft_again(tmp_path):
    async with open_house(tmp_path) as house:
        event_id = await house.schedule.book(
            make_draft(title="Lunch", calendar_id=LOCAL_CALENDAR.id)
        )

        draft = await house.drafts.for_event(event_id)
        typed = replace(draft, title="Lunch with Bo")
        await house.drafts.save(typed)

        assert draft.event_id == event_id
        assert (await house.drafts.for_event(event_id)).title == "Lunch with Bo"


async def test_what_is_not_there_does_not_open(tmp_path):
    async with open_house(tmp_path) as house:
        with pytest.raises(NotFoundError):
            await house.drafts.for_event(EventId("nobody"))
