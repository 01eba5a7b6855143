"""The details over the real services and store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.account import AccountKind
from desktop.domain.attachment import Attachment
from desktop.domain.contact import Contact, PostalAddress
from desktop.domain.event import (
    Attendee,
    DeliveryMark,
    Event,
    EventKind,
    Participation,
    Priority,
    Recording,
    Reminder,
)
from desktop.domain.ids import EventId, RecordKind, UserId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import TimeSpan
from desktop.services.back_links import BackLinks
from desktop.services.local_times import LocalTimes
from desktop.services.steps import RecordChange, StepCode
from desktop.ui.details.page import EventDetailsPage
from desktop.ui.details.rows import NotesBlock
from desktop.ui.details.snapshot import DetailsReader
from desktop.ui.feed import FeedSignals
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.labels import PlainLabel
from tests.builders import (
    MONDAY,
    MOSCOW,
    TUESDAY,
    make_account,
    make_calendar,
    make_contact,
    make_event,
    make_remote,
    make_span,
    make_user,
)
from tests.services.house import CRM, LOCAL_CALENDAR, House, open_house
from tests.ui.children import child
from tests.ui.waiting import until

ALEX = replace(
    make_contact(
        "alex", "Alex Vronsky", account="home", phone="+49 30 1001020", email="a@acme.example"
    ),
    address=PostalAddress(city="Berlin", country="Germany"),
    company="Acme",
    position="CEO",
)
ANNA = make_contact("anna", "Anna Vronskaya", account="home")
DEMO = make_event(
    "demo",
    "Demo <b>of</b> it",
    make_span(TUESDAY, hours=(14, 15), zone=MOSCOW),
    account="home",
    calendar=LOCAL_CALENDAR.id,
    contacts=(ALEX.id, ANNA.id),
    time_zone="Europe/Moscow",
)


@dataclass
class Scene:
    house: House
    page: EventDetailsPage
    opened: list[str]
    """What was handed to the system."""

    async def add(self, *records: Event | Contact) -> None:
        changes = [RecordChange(one.account_id, one.id, None, one) for one in records]
        await self.house.undo.perform(StepCode.BOOKED, "", changes)

    async def change(self, before: Event, after: Event) -> None:
        change = RecordChange(before.account_id, before.id, before, after)
        await self.house.undo.perform(StepCode.EDITED, "", (change,))

    async def show(self, event: Event) -> None:
        self.page.open(event.id)
        await until(lambda: self.page.details() is not None)

    def words(self) -> str:
        """All that can be read, a line per part."""
        labels = [one for one in self.page.findChildren(QWidget) if one.isVisible()]
        texts = [
            one.whole_text() if isinstance(one, PlainLabel) else getattr(one, "_whole", "")
            for one in labels
        ]
        return "\n".join(text for text in texts if text)

    def button(self, name: str) -> QPushButton:
        return child(self.page, QPushButton, name)


@asynccontextmanager
async def details(folder: Path) -> AsyncIterator[Scene]:
    async with open_house(folder) as house:
        tasks = TaskRunner()
        reader = DetailsReader(
            house.schedule,
            house.contacts,
            house.accounts,
            LocalTimes(house.feed),
            BackLinks(house.files).of_event,
            clock=house.clock,
        )
        opened: list[str] = []
        page = EventDetailsPage(
            reader,
            tasks,
            FeedSignals(house.feed, tasks),
            house.clock,
            MOSCOW,
            open_url=lambda url: opened.append(url.toString()),
        )
        page.resize(320, 900)
        page.show()
        try:
            yield Scene(house, page, opened)
        finally:
            await tasks.close()
            page.close()
            page.deleteLater()


async def test_a_meeting_of_a_portal_opens_its_page_by_key(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.house.add(replace(CRM, address="https://acme.bitrix24.com/"))
        event = make_event("a1:event:931", "Demo", make_span(TUESDAY, hours=(9, 10)))
        await scene.house.files.cache.write(
            lambda cache: cache.events.upsert_records([make_remote(event, "931")])
        )
        await scene.show(event)
        QTest.keyClick(scene.button("eventDetailsPage"), Qt.Key.Key_Return)

        assert scene.opened == [
            "https://acme.bitrix24.com/company/personal/user/7/calendar/?EVENT_ID=931"
        ]


async def test_a_meeting_of_this_computer_has_no_page(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, ANNA, DEMO)
        await scene.show(DEMO)

        assert scene.button("eventDetailsPage").isHidden()


async def test_it_tells_what_when_where_and_with_whom(tmp_path, qapp):
    event = replace(
        DEMO,
        kind=EventKind.CALL,
        location="Office, room 3",
        description="Bring the offer",
        reminders=(Reminder(10), Reminder(1440)),
        priority=Priority.HIGH,
    )
    async with details(tmp_path) as scene:
        await scene.add(ALEX, ANNA, event)
        await scene.show(event)
        words = scene.words()

    assert "Call · Home · This computer" in words
    assert "Demo <b>of</b> it" in words
    assert "Tue 17 Nov, 14:00 – 15:00" in words
    assert "1 h · in 27 h" in words
    assert "12:00 – 13:00 for Alex (Berlin), from the address" in words
    assert "Office, room 3" in words
    assert "Alex Vronsky" in words
    assert "CEO · Acme" in words
    assert "+49 30 1001020" in words
    assert "Anna Vronskaya" in words
    assert "Bring the offer" in words
    assert "Reminder: 10 min before, 1 day before" in words
    assert "High priority" in words


async def test_a_time_planned_elsewhere_is_told_there_too(tmp_path, qapp):
    event = replace(DEMO, contacts=(), time_zone="America/New_York")
    async with details(tmp_path) as scene:
        await scene.add(event)
        await scene.show(event)

        assert "06:00 – 07:00 in New York, where it was planned" in scene.words()


async def test_numbers_letters_and_links_are_used_by_a_press(tmp_path, qapp):
    event = replace(
        DEMO, location="https://x@meet.example/a", description="javascript:alert(1) file:///etc"
    )
    async with details(tmp_path) as scene:
        await scene.add(ALEX, event)
        await scene.show(event)
        for button in scene.page.findChildren(QPushButton):
            if button.property("kind") == "link" and button.isVisible():
                button.click()

    assert scene.opened == ["https://meet.example/a", "tel:+49301001020", "mailto:a@acme.example"]


async def test_a_person_opens_their_card(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, ANNA, DEMO)
        await scene.show(DEMO)
        wanted: list[object] = []
        scene.page.contact_requested.connect(wanted.append)
        chips = [
            one for one in scene.page.findChildren(QPushButton) if one.property("kind") == "chip"
        ]
        chips[1].click()

        assert wanted == [ANNA.id]
        assert scene.page.contact_id() == ALEX.id


async def test_it_follows_what_changes_and_keeps_the_focus(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        await scene.show(DEMO)
        scene.button("eventDetailsDuplicate").setFocus()
        moved = DEMO.moved_to(make_span(TUESDAY, hours=(16, 17), zone=MOSCOW))
        await scene.change(DEMO, replace(moved, summary="Another title"))
        await until(lambda: "16:00 – 17:00" in scene.words())

        assert "Another title" in scene.words()
        assert scene.page.focusWidget() is scene.button("eventDetailsDuplicate")


async def test_an_event_that_went_away_says_so_and_offers_to_close(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(DEMO)
        await scene.show(DEMO)
        closed: list[bool] = []
        scene.page.close_requested.connect(lambda: closed.append(True))
        await scene.house.schedule.delete(DEMO.id)
        await until(scene.page.state.isVisible)

        assert scene.page.state.title() == "It is not there any more"
        assert scene.page.details() is None
        child(scene.page.state, QPushButton).click()
        assert closed == [True]


async def test_duplicating_makes_a_second_one_and_tells_which(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        await scene.show(DEMO)
        made: list[EventId] = []
        scene.page.duplicated.connect(made.append)
        scene.button("eventDetailsDuplicate").click()
        await until(lambda: bool(made))
        copy = await scene.house.schedule.entry(made[0])

    assert made[0] != DEMO.id
    assert (copy.event.summary, copy.when) == (DEMO.summary, DEMO.when)


async def test_how_much_of_a_series_goes_is_asked_elsewhere(tmp_path, qapp):
    daily = replace(DEMO, recurrence=RecurrenceRule(Frequency.DAILY, count=3))
    async with details(tmp_path) as scene:
        await scene.add(ALEX, daily)
        start = make_span(TUESDAY, hours=(0, 1)).start
        week = TimeSpan(start, start + timedelta(days=6))
        first, second, third = await scene.house.schedule.entries(week)
        scene.page.open(daily.id, second.occurrence.original_start)
        await until(lambda: scene.page.details() is not None)
        assert "Every day, 3 times, 3 left" in scene.words()
        wished: list[tuple[object, ...]] = []
        scene.page.series_delete_wished.connect(lambda *of: wished.append(of))
        scene.button("eventDetailsDelete").click()
        left = await scene.house.schedule.entries(week)

    assert wished == [(daily.id, second.occurrence.original_start, daily.summary)]
    assert [one.when for one in left] == [first.when, second.when, third.when]


async def test_keys_open_copy_and_delete(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        await scene.show(DEMO)
        edited: list[object] = []
        made: list[object] = []
        gone: list[bool] = []
        scene.page.edit_requested.connect(lambda event_id, _original: edited.append(event_id))
        scene.page.duplicated.connect(made.append)
        scene.page.deleted.connect(lambda: gone.append(True))
        edit = scene.button("eventDetailsEdit")
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert edited == [DEMO.id]
        QTest.keyClick(edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: bool(made))
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        await until(lambda: bool(gone))


async def test_a_locked_event_says_why_and_offers_only_a_copy(tmp_path, qapp):
    locked = replace(DEMO, read_only=True)
    async with details(tmp_path) as scene:
        await scene.add(locked)
        await scene.show(locked)

        assert "Only its organizer can change this event." in scene.words()
        assert not scene.button("eventDetailsEdit").isVisible()
        assert not scene.button("eventDetailsDelete").isVisible()
        assert scene.button("eventDetailsDuplicate").isVisible()
        QTest.keyClick(scene.page, Qt.Key.Key_Delete)
        assert not scene.page._is_writing()


async def test_in_a_calendar_that_cannot_be_written_nothing_is_offered(tmp_path, qapp):
    account = make_account("holidays", AccountKind.LOCAL, title="Holidays")
    calendar = make_calendar("holidays:1", "Holidays", account_id=account.id, writable=False)
    event = make_event("h", "Day off", account="holidays", calendar="holidays:1")
    async with details(tmp_path) as scene:
        await scene.house.add(account, calendar)
        await scene.add(event)
        await scene.show(event)

        assert "The calendar “Holidays” cannot be written." in scene.words()
        assert not scene.button("eventDetailsDuplicate").isVisible()
        scene.page.setFocus()
        assert scene.page.view.focusPolicy() is Qt.FocusPolicy.StrongFocus


async def test_what_waits_to_be_sent_leads_to_the_outbox(tmp_path, qapp):
    event = make_event("crm", "Visit", make_span(MONDAY, hours=(10, 11)))
    async with details(tmp_path) as scene:
        await scene.add(event)
        await scene.show(event)
        asked: list[bool] = []
        scene.page.outbox_requested.connect(lambda: asked.append(True))

        assert "Waiting to be sent" in scene.words()
        show = next(b for b in scene.page.findChildren(QPushButton) if b.text() == "Show")
        show.click()
        assert asked == [True]

        read = scene.page.details()
        assert read is not None
        failed = replace(read, entry=replace(read.entry, mark=DeliveryMark.TROUBLE))
        scene.page.view.show_details(failed)
        assert "Could not be sent. Your version is kept." in scene.words()


async def test_colleagues_stand_with_their_roles_and_answers(tmp_path, qapp):
    boris, olga = make_user("a1:7", "Boris Orlov"), make_user("a1:8", "Olga Lis")
    event = make_event(
        "crm",
        "Visit",
        organizer=boris.id,
        responsible=olga.id,
        attendees=(
            Attendee(user=boris.id, participation=Participation.ORGANIZER),
            Attendee(user=olga.id, participation=Participation.ACCEPTED),
            Attendee(email="guest@example.com", participation=Participation.DECLINED),
            Attendee(user=UserId("a1:99")),
        ),
    )
    async with details(tmp_path) as scene:
        await scene.house.files.cache.write(
            lambda cache: cache.users.replace(event.account_id, (boris, olga))
        )
        await scene.add(event)
        await scene.show(event)
        words = scene.words()

    assert "Responsible: Olga Lis\nOrganized by Boris Orlov" in words
    assert "Boris Orlov · organizer" in words
    assert "Olga Lis · accepted" in words
    assert "guest@example.com · declined" in words
    assert "A colleague · no answer yet" in words


async def test_an_overlap_is_named_until_it_is_solved(tmp_path, qapp):
    other = replace(DEMO, id=EventId("other"), summary="Lunch", contacts=())
    other = other.moved_to(make_span(TUESDAY, hours=(14.5, 16), zone=MOSCOW))
    async with details(tmp_path) as scene:
        await scene.add(DEMO, other)
        await scene.show(DEMO)
        assert "Overlaps “Lunch” by 30 min (14:30 – 16:00)" in scene.words()

        await scene.house.schedule.move(other.id, make_span(TUESDAY, hours=(16, 17), zone=MOSCOW))
        await until(lambda: "Overlaps" not in scene.words())


async def test_long_notes_unfold_and_stay_plain(tmp_path, qapp):
    notes = "\n".join(f"<i>line</i> {number}" for number in range(60))
    event = replace(DEMO, description=notes)
    async with details(tmp_path) as scene:
        await scene.add(event)
        await scene.show(event)
        block = child(scene.page, NotesBlock)
        assert "line</i> 59" not in block.text()
        child(block, QPushButton).click()
        assert block.text() == notes


async def test_it_fits_the_narrowest_pane_with_the_longest_words(tmp_path, qapp):
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    someone = make_contact("long", f"{long} {long}", account="home", email=f"{long}@example.com")
    event = replace(
        DEMO, summary=long, location=f"https://{long.lower()[:60]}.example/{long}",
        description=long, contacts=(someone.id,),
    )  # fmt: skip
    async with details(tmp_path) as scene:
        await scene.add(someone, event)
        scene.page.resize(300, 700)
        await scene.show(event)
        body = scene.page.view.widget()
        assert body is not None

        assert body.minimumSizeHint().width() <= scene.page.view.viewport().width()


async def test_the_pane_is_named_as_the_event_is_read_aloud(tmp_path, qapp):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        await scene.show(DEMO)

        assert scene.page.view.accessibleName() == (
            "Demo <b>of</b> it, Tuesday 17 November, 14:00 to 15:00, with Alex Vronsky"
        )


async def test_the_copy_of_a_locked_event_is_mine_to_change(tmp_path, qapp):
    locked = replace(DEMO, read_only=True)
    async with details(tmp_path) as scene:
        await scene.add(locked)
        await scene.show(locked)
        made: list[EventId] = []
        scene.page.duplicated.connect(made.append)
        scene.button("eventDetailsDuplicate").click()
        await until(lambda: bool(made))
        scene.page.open(made[0])
        await until(lambda: (shown := scene.page.details()) is not None and shown.locked == "")


async def test_a_meeting_that_has_begun_asks_what_became_of_it(tmp_path, qapp):
    begun = make_span(MONDAY, hours=(9, 10), zone=MOSCOW)
    event = replace(DEMO, kind=EventKind.MEETING, when=begun)
    async with details(tmp_path) as scene:
        asked: list[object] = []
        scene.page.outcome_requested.connect(lambda *args: asked.append(args))
        await scene.add(ALEX, ANNA, event)
        await scene.show(event)
        scene.button("eventDetailsOutcome").click()
        assert asked == [(event.id, None)]

        await scene.change(event, replace(event, completed=True))
        await until(lambda: scene.button("eventDetailsOutcome").isHidden())


async def test_a_to_do_is_called_one_and_its_files_are_named(tmp_path, qapp):
    offer = Attachment("offer <b>.pdf", b"%PDF")
    event = replace(DEMO, kind=EventKind.EVENT, recorded_as=Recording.TODO, files=(offer,))
    async with details(tmp_path) as scene:
        await scene.add(ALEX, event)
        await scene.show(event)
        words = scene.words()

    assert "To-do · Home" in words
    assert "offer <b>.pdf" in words


async def test_a_call_of_a_crm_says_who_calls(qapp, tmp_path: Path) -> None:
    ours = make_event("e1", "Demo", kind=EventKind.CALL, record=RecordKind.ACTIVITY)
    theirs = replace(ours, id=EventId("e2"), incoming=True)
    async with details(tmp_path) as scene:
        await scene.add(ours, theirs)
        await scene.show(ours)
        said = scene.words()
        await scene.show(theirs)

        assert "Outgoing call · " in said
        assert "Incoming call · " in scene.words()
