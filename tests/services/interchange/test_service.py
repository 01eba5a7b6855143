"""Files taken over into a real profile and out again: counted apart, by UID, field by field."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.errors import Field, InvalidInputError, ReadOnlyError, StoreFullError
from desktop.domain.event import (
    Attendee,
    Calendar,
    Event,
    EventKind,
    EventStatus,
    Participation,
    Priority,
    Reminder,
)
from desktop.domain.ids import CalendarId, ContactId, EventId, RecordKind
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.interchange import formats
from desktop.services.interchange.contacts_csv import Column
from desktop.services.interchange.content import Formats
from desktop.services.interchange.service import Duplicates, Imported, InterchangeService
from desktop.services.sync.recorder import Wish
from tests.builders import MONDAY, MOSCOW, make_contact, make_days, make_event, make_span
from tests.services.house import LOCAL, LOCAL_CALENDAR, House, open_house

BERLIN = ZoneInfo("Europe/Berlin")
CLUB = replace(LOCAL_CALENDAR, id=CalendarId("home:club"), name="Club", is_default=False)


async def all_formats() -> Formats:
    return formats


@asynccontextmanager
async def profile(folder: Path) -> AsyncIterator[tuple[House, InterchangeService]]:
    async with open_house(folder / "profile") as house:
        yield house, InterchangeService(house.files, house.recorder, house.clock, all_formats)


def ics(*entries: tuple[str, str]) -> bytes:
    """A calendar of one-hour events: (UID, title)."""
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\n"
        "DTSTART:20261120T100000Z\r\nDTEND:20261120T110000Z\r\nEND:VEVENT\r\n"
        for uid, title in entries
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()


async def stored(house: House) -> list[Event]:
    """The events of this computer, by title."""
    items = await house.files.own.read(lambda own: own.items.of_account(LOCAL.id, RecordKind.EVENT))
    events = [item.base for item in items if isinstance(item.base, Event) and not item.gone]
    return sorted(events, key=lambda event: (event.summary, event.uid))


async def take_over(
    service: InterchangeService,
    data: bytes,
    duplicates: Duplicates = Duplicates.SKIP,
    calendar: Calendar = LOCAL_CALENDAR,
) -> Imported:
    return await service.import_events(
        await service.preview_ics(data, calendar, BERLIN), duplicates
    )


async def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        preview = await service.preview_ics(ics(("1@x", "Demo")), LOCAL_CALENDAR, BERLIN)

        assert len(preview.fresh) == 1
        assert await stored(house) == []


@pytest.mark.parametrize(
    ("choice", "counts", "titles"),
    [
        (Duplicates.SKIP, (1, 0, 1), ["Call", "Demo"]),
        (Duplicates.UPDATE, (1, 1, 0), ["Call", "Demo, moved"]),
        (Duplicates.KEEP_BOTH, (2, 0, 0), ["Call", "Demo", "Demo, moved"]),
    ],
)
async def test_a_known_uid_is_treated_as_chosen_and_counted_apart(
    tmp_path: Path, choice: Duplicates, counts: tuple[int, int, int], titles: list[str]
) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, ics(("1@x", "Demo")))

        result = await take_over(service, ics(("1@x", "Demo, moved"), ("2@x", "Call")), choice)

        assert (result.added, result.updated, result.skipped) == counts
        assert [event.summary for event in await stored(house)] == titles


async def test_updating_keeps_the_people_that_were_linked_here(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, ics(("1@x", "Demo")))
        (before,) = await stored(house)
        linked = replace(before, contacts=(ContactId("c1"),))
        wish = Wish(RecordKind.EVENT, Verb.UPDATE, LOCAL.id, before.id, linked, before)
        await house.recorder.record([wish])

        await take_over(service, ics(("1@x", "Demo, moved")), Duplicates.UPDATE)

        (after,) = await stored(house)
        assert (after.id, after.summary, after.contacts) == (before.id, "Demo, moved", ("c1",))


async def test_both_copies_can_be_told_apart_afterwards(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, ics(("1@x", "Demo")))
        await take_over(service, ics(("1@x", "Demo")), Duplicates.KEEP_BOTH)

        uids = [event.uid for event in await stored(house)]

        assert len(set(uids)) == 2


SERIES = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:s@x\r
SUMMARY:Stand-up\r
DTSTART;TZID=Europe/Berlin:20261116T090000\r
DTEND;TZID=Europe/Berlin:20261116T091500\r
RRULE:FREQ=DAILY;COUNT=5\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:s@x\r
RECURRENCE-ID;TZID=Europe/Berlin:20261118T090000\r
SUMMARY:Stand-up, late\r
DTSTART;TZID=Europe/Berlin:20261118T110000\r
DTEND;TZID=Europe/Berlin:20261118T111500\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def drawn(house: House) -> list[tuple[str, int]]:
    """What the calendar shows of the week: title and hour in Berlin."""
    week = TimeSpan(make_span(MONDAY).start, make_span(MONDAY).start + timedelta(days=7))
    entries = await house.schedule.entries(week)
    shown = [(one.event.summary, one.when) for one in entries]
    return [
        (title, when.start.astimezone(BERLIN).hour)
        for title, when in shown
        if isinstance(when, TimeSpan)
    ]


async def test_a_series_and_its_exception_are_one_thing(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, SERIES)

        shown = await drawn(house)

        assert shown.count(("Stand-up, late", 11)) == 1
        assert ("Stand-up", 9) in shown
        assert len(shown) == 4  # the first one began before the week that is asked for


@pytest.mark.parametrize("choice", [Duplicates.SKIP, Duplicates.UPDATE])
async def test_a_series_read_twice_stays_one_series(tmp_path: Path, choice: Duplicates) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, SERIES)
        once = await drawn(house)

        result = await take_over(service, SERIES, choice)

        assert result.added == 0
        assert await drawn(house) == once
        assert len(await stored(house)) == 2


async def test_a_series_kept_twice_is_two_whole_series(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await take_over(service, SERIES)
        once = await drawn(house)

        await take_over(service, SERIES, Duplicates.KEEP_BOTH)

        assert sorted(await drawn(house)) == sorted(once * 2)
        again = await service.preview_ics(
            await service.export_ics(LOCAL.id), LOCAL_CALENDAR, BERLIN
        )
        tied = [event for event in again.content.events if event.series_id is not None]
        assert len({event.series_id for event in tied}) == 2


async def test_an_entry_that_stands_twice_in_one_file_is_taken_once(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        result = await take_over(service, ics(("1@x", "Old"), ("1@x", "New")))

        assert [event.summary for event in await stored(house)] == ["New"]
        assert (result.added, [entry.problem for entry in result.damaged]) == (1, ["twice"])


async def test_damaged_entries_are_listed_and_the_rest_is_imported(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        broken = ics(("1@x", "Demo"), ("2@x", "Call")).replace(
            b"DTSTART:20261120T100000Z", b"DTSTART:soon", 1
        )

        result = await take_over(service, broken)

        assert [entry.title for entry in result.damaged] == ["Demo"]
        assert [event.summary for event in await stored(house)] == ["Call"]


async def test_a_calendar_that_only_shows_takes_nothing(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        with pytest.raises(ReadOnlyError):
            await take_over(
                service, ics(("1@x", "Demo")), calendar=replace(LOCAL_CALENDAR, writable=False)
            )

        assert await stored(house) == []


@pytest.mark.slow
async def test_two_thousand_events_are_there_within_five_seconds(tmp_path: Path) -> None:
    data = ics(*((f"{n}@x", f"Visit {n}") for n in range(2000)))
    async with profile(tmp_path) as (house, service):
        began = time.perf_counter()
        result = await take_over(service, data)
        took_s = time.perf_counter() - began

        assert result.added == 2000
        assert len(await stored(house)) == 2000
        assert took_s < 5.0


RICH = (
    make_event(
        "e1",
        "Demo; part 1, two\nlines",
        TimeSpan(
            datetime(2026, 11, 20, 10, tzinfo=MOSCOW), datetime(2026, 11, 20, 11, 30, tzinfo=MOSCOW)
        ),
        time_zone="Europe/Moscow",
        location="Hall 3",
        description="Bring the NDA.\n\nThanks",
        reminders=(Reminder(10), Reminder(1440)),
        priority=Priority.HIGH,
        status=EventStatus.TENTATIVE,
        attendees=(Attendee(name="Bo", email="bo@x.de", participation=Participation.ACCEPTED),),
        private=True,
        busy=False,
        color="#3366cc",
        completed=True,
    ),
    make_event("e2", "Fair", make_days(MONDAY, 3), kind=EventKind.EVENT),
    make_event(
        "e3",
        "Stand-up",
        kind=EventKind.CALL,
        recurrence=RecurrenceRule(Frequency.WEEKLY, by_day=("MO", "WE"), count=8),
        excluded_dates=(make_span(MONDAY + timedelta(days=2)).start,),
    ),
    make_event(
        "e4",
        "Stand-up, late",
        make_span(MONDAY + timedelta(days=7), hours=(12, 13)),
        series_id=EventId("e3"),
        original_start=make_span(MONDAY + timedelta(days=7)).start,
    ),
)
LINKS = {"id", "account_id", "calendar_id", "series_id", "uid"}


def facts(event: Event) -> dict[str, object]:
    """Everything that a user can see of an event."""
    return {f.name: getattr(event, f.name) for f in fields(event) if f.name not in LINKS}


async def keep(house: House, *events: Event) -> None:
    home = [replace(event, account_id=LOCAL.id, calendar_id=LOCAL_CALENDAR.id) for event in events]
    await house.recorder.record(
        [Wish(RecordKind.EVENT, Verb.CREATE, LOCAL.id, one.id, one) for one in home]
    )


async def test_our_import_of_our_export_is_the_same_field_by_field(tmp_path: Path) -> None:
    async with profile(tmp_path / "one") as (house, service):
        await keep(house, *RICH)
        before = [facts(event) for event in await stored(house)]
        data = await service.export_ics(LOCAL.id)
    async with profile(tmp_path / "two") as (house, service):
        result = await take_over(service, data)

        assert (result.added, result.damaged) == (len(RICH), ())
        after = await stored(house)
        assert [facts(event) for event in after] == before
        titles = {event.summary: event for event in after}
        assert titles["Stand-up, late"].series_id == titles["Stand-up"].id


async def test_reading_our_own_export_back_finds_everything_known(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await keep(house, *RICH)

        result = await take_over(service, await service.export_ics(LOCAL.id))

        assert (result.added, result.skipped) == (0, len(RICH))


async def test_one_calendar_or_one_event_can_be_exported_alone(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await keep(house, RICH[0], RICH[1])

        assert b"SUMMARY:Fair" not in await service.export_ics(LOCAL.id, CLUB.id)
        one = await service.export_event(RICH[1].id)
        assert one.count(b"BEGIN:VEVENT") == 1
        assert b"SUMMARY:Fair" in one


PEOPLE = (
    make_contact(
        "c1",
        "Anna Maria Petrova",
        account="home",
        second_name="Ivanovna",
        company="Acme; Söhne",
        position="CEO",
        phones=(Phone("+7 916 123-45-67", AddressKind.MOBILE), Phone("+49 30 100 10 20")),
        emails=(Email("anna@example.com"),),
        address=PostalAddress("Friedrichstr. 12", "Berlin", "BE", "10117", "Germany"),
        notes="=HYPERLINK(1)\nsecond line",
    ),
    make_contact("c2", "Борис Орлов", account="home", phone="+7 900 000-00-00"),
)
SEEN = {"id", "account_id", "changed_at"}


def seen(contact: Contact) -> dict[str, object]:
    return {f.name: getattr(contact, f.name) for f in fields(contact) if f.name not in SEEN}


async def people(house: House) -> list[Contact]:
    found = await house.files.cache.read(lambda cache: tuple(cache.contacts.all(LOCAL.id)))
    return sorted(found, key=lambda contact: contact.family_name)


async def add_people(house: House) -> None:
    await house.recorder.record(
        [Wish(RecordKind.CONTACT, Verb.CREATE, LOCAL.id, one.id, one) for one in PEOPLE]
    )


@pytest.mark.parametrize("kind", ["vcf", "csv"])
async def test_contacts_survive_an_export_and_an_import(tmp_path: Path, kind: str) -> None:
    async with profile(tmp_path / "one") as (house, service):
        await add_people(house)
        before = [seen(contact) for contact in await people(house)]
        data = await (
            service.export_vcards(LOCAL.id) if kind == "vcf" else service.export_csv(LOCAL.id)
        )
    async with profile(tmp_path / "two") as (house, service):
        if kind == "vcf":
            preview = await service.preview_vcards(data, LOCAL.id)
        else:
            table = await service.read_csv(data)
            preview = await service.preview_csv(table, table.guess, LOCAL.id)
        result = await service.import_contacts(preview, Duplicates.SKIP)

        assert result.added == len(PEOPLE)
        after = [seen(contact) for contact in await people(house)]
        for facts_before, facts_after in zip(before, after, strict=True):
            # A table has no order between numbers of different kinds.
            for facts_of in (facts_before, facts_after):
                facts_of["phones"] = set(facts_of["phones"])  # type: ignore[call-overload]
            assert facts_after == facts_before


async def test_somebody_with_the_same_number_is_known(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await add_people(house)
        data = b"Name;Phone\nA. Petrova;8 (916) 123-45-67\nNew One;+7 911 000 00 00\n"

        table = await service.read_csv(data)
        preview = await service.preview_csv(table, table.guess, LOCAL.id)

        assert [contact.id for contact in preview.known.values()] == ["c1"]


@pytest.mark.parametrize(
    ("choice", "counts", "total"),
    [
        (Duplicates.SKIP, (1, 0, 1), 3),
        (Duplicates.UPDATE, (1, 1, 0), 3),
        (Duplicates.KEEP_BOTH, (2, 0, 0), 4),
    ],
)
async def test_known_people_are_treated_as_chosen(
    tmp_path: Path, choice: Duplicates, counts: tuple[int, int, int], total: int
) -> None:
    async with profile(tmp_path) as (house, service):
        await add_people(house)
        data = b"Name;Phone\nAnna P.;+7 916 123-45-67\nNew One;+7 911 000 00 00\n"
        table = await service.read_csv(data)
        preview = await service.preview_csv(table, table.guess, LOCAL.id)

        result = await service.import_contacts(preview, choice)

        assert (result.added, result.updated, result.skipped) == counts
        assert len(await people(house)) == total


async def test_updating_somebody_keeps_what_the_file_does_not_say(tmp_path: Path) -> None:
    async with profile(tmp_path) as (house, service):
        await add_people(house)
        data = b"Name;Phone;Position\nAnna Petrova;+7 916 123-45-67;Chair\n"
        table = await service.read_csv(data)
        preview = await service.preview_csv(table, table.guess, LOCAL.id)

        await service.import_contacts(preview, Duplicates.UPDATE)

        anna = next(one for one in await people(house) if one.id == "c1")
        assert anna.position == "Chair"
        assert anna.company == "Acme; Söhne"
        assert [email.value for email in anna.emails] == ["anna@example.com"]
        assert "+49 30 100 10 20" in [phone.value for phone in anna.phones]


async def test_a_mapping_is_remembered_for_files_of_the_same_shape(tmp_path: Path) -> None:
    mapping = (Column.FAMILY_NAME, Column.MOBILE)
    async with profile(tmp_path) as (_house, service):
        table = await service.read_csv(b"A,B\nOrlov,123456\n")
        assert table.guess == (Column.IGNORE, Column.IGNORE)
        await service.preview_csv(table, mapping, LOCAL.id)
    async with profile(tmp_path) as (_house, service):
        assert (await service.read_csv(b"A,B\nBelov,654321\n")).guess == mapping
        assert (await service.read_csv(b"A,C\nBelov,654321\n")).guess != mapping


async def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    async with profile(tmp_path) as (_house, service):
        with pytest.raises(InvalidInputError) as refused:
            await service.read_file(tmp_path / "missing.ics")

        assert (refused.value.field, refused.value.problem) == (Field.FILE, "unreadable")


async def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    async with profile(tmp_path) as (_house, service):
        path = tmp_path / "large.ics"
        path.write_bytes(b"x" * (10 * 1024 * 1024 + 1))

        with pytest.raises(InvalidInputError) as refused:
            await service.read_file(path)

        assert refused.value.problem == "too large"


async def test_an_export_replaces_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    async with profile(tmp_path) as (_house, service):
        target = tmp_path / "out.ics"
        target.write_bytes(b"old")
        await service.write_file(target, b"new")
        assert target.read_bytes() == b"new"

        with pytest.raises(StoreFullError):
            await service.write_file(tmp_path / "missing" / "out.ics", b"new")

        assert sorted(path.name for path in tmp_path.iterdir()) == ["out.ics", "profile"]
