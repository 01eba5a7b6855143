"""Series against the emulated portal: made, changed whole and in part, deleted, looked up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind
from desktop.domain.ids import EventId, RecordKind, RemoteId, new_uid
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import exception_of, series_moved
from desktop.domain.series_split import ended_before, tail_of
from desktop.domain.sync import OutboxEntry, Scope, SeriesPart, Verb
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.sync.merge import holds, same_content
from tests.builders import make_event, make_op, make_span
from tests.servers.portal import Portal

RIGA = ZoneInfo("Europe/Riga")
MONDAY = date(2026, 11, 16)
WEDNESDAY = date(2026, 11, 18)
MONTH = TimeSpan(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
CULTURES = ("us", "de", "iso", "gb")


def series(**more: Any) -> Event:
    values = {
        "when": make_span(MONDAY, hours=(10, 11), zone=RIGA).in_zone(UTC),
        "time_zone": "Europe/Riga",
        "kind": EventKind.EVENT,
        "recurrence": RecurrenceRule(Frequency.WEEKLY, count=5, by_day=("MO", "WE")),
        "description": "Who does what",
    }
    return make_event("s1", "Stand-up", account="b1", calendar="b1:41", **{**values, **more})


def start(day: date) -> datetime:
    return make_span(day, hours=(10, 11), zone=RIGA).start


def op(wish: Event | None, verb: Verb = Verb.CREATE, **more: Any) -> OutboxEntry:
    return make_op(new_uid(), wish, verb=verb, kind=RecordKind.EVENT, account="b1", **more)


async def made(b24: Bitrix24Account, wish: Event | None = None) -> Any:
    """A series on the portal, as it is read back."""
    pushed = await b24.push(op(wish or series()), None)
    assert pushed.record is not None
    return pushed.record


def cut(master: Event, wish: Event, part: SeriesPart, day: date) -> OutboxEntry:
    return op(wish, scope=Scope(part, master, start(day)))


async def changed(b24: Bitrix24Account, record: Any, wish: Event) -> Any:
    entry = op(wish, Verb.UPDATE, base=record.record)
    return (await b24.push(entry, record.remote_id)).record


async def days(b24: Bitrix24Account) -> list[str]:
    """Everything that takes place, series expanded by the portal."""
    window = await b24.pull_events(MONTH)
    events = {one.remote_id: one.record for one in window.records if isinstance(one.record, Event)}
    found = [
        (one.start.astimezone(RIGA), events[one.remote_id].summary) for one in window.occurrences
    ]
    found += [
        (one.when.in_zone(RIGA).start, one.summary)
        for one in events.values()
        if one.recurrence is None
    ]
    return [f"{moment:%d %H} {name}" for moment, name in sorted(found)]


LATER = [f"{day} 12 Stand-up" for day in (25, 30)]
USUAL = [f"{day} 10 Stand-up" for day in (16, 18, 23, 25, 30)]


@pytest.mark.parametrize("culture", CULTURES)
async def test_a_series_is_kept_as_it_was_made(portal: Portal, b24, culture):
    portal.control.configure(culture=culture)

    record = await made(b24)

    assert same_content(record.record, replace(series(), responsible=record.record.responsible))
    assert await days(b24) == USUAL


@pytest.mark.parametrize("culture", CULTURES)
async def test_an_end_by_date_comes_back_as_it_was_sent(portal: Portal, b24, culture):
    portal.control.configure(culture=culture)
    night = datetime(2026, 11, 26, 23, 59, 59, tzinfo=RIGA).astimezone(UTC)
    rule = RecurrenceRule(Frequency.DAILY, 2, until=night)

    record = await made(b24, series(recurrence=rule))

    assert record.record.recurrence == rule


@pytest.mark.parametrize("culture", CULTURES)
async def test_a_long_series_has_the_same_first_day_in_a_window_and_by_itself(
    portal: Portal, b24, culture
):
    portal.control.configure(culture=culture)
    long_ago = make_span(date(2026, 1, 5), hours=(10, 11), zone=RIGA).in_zone(UTC)
    rule = RecurrenceRule(Frequency.WEEKLY, by_day=("MO",))
    record = await made(b24, series(when=long_ago, recurrence=rule))

    (seen,) = (await b24.pull_events(MONTH)).records

    assert same_content(seen.record, record.record)
    assert seen.record.when == long_ago


async def test_whole_days_repeat_as_days(portal: Portal, b24):
    rule = RecurrenceRule(Frequency.DAILY, until=WEDNESDAY)
    when = DateSpan(MONDAY, MONDAY + timedelta(days=1))

    record = await made(b24, series(when=when, recurrence=rule))

    assert (record.record.when, record.record.recurrence) == (when, rule)
    window = await b24.pull_events(MONTH)
    assert [one.original_start for one in window.occurrences] == [
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
    ]


async def test_all_of_a_series_move_with_its_first_one(portal: Portal, b24):
    record = await made(b24)
    master = record.record
    shown = make_span(WEDNESDAY, hours=(10, 11), zone=RIGA)
    moved = series_moved(master, shown, make_span(WEDNESDAY, hours=(15, 16), zone=RIGA))

    after = await changed(b24, record, moved)

    assert holds(after.record, master, moved)
    assert await days(b24) == [one.replace(" 10 ", " 15 ") for one in USUAL]
    (sent,) = portal.control.commands("calendar.event.update")
    assert (sent["from"], sent["recurrence_mode"]) == ("2026-11-16T15:00:00", "all")
    assert sent["rrule"] == {
        "FREQ": "WEEKLY",
        "INTERVAL": 1,
        "COUNT": 5,
        "BYDAY": ["MO", "WE"],
    }


async def test_a_new_title_alone_keeps_times_rule_and_what_was_left_out(portal: Portal, b24):
    record = await made(b24)
    alone = replace(record.record, recurrence=None)
    await b24.push(
        cut(
            record.record,
            exception_of(
                alone, start(WEDNESDAY), make_span(WEDNESDAY, hours=(12, 13)), EventId("x")
            ),
            SeriesPart.THIS,
            WEDNESDAY,
        ),
        None,
    )
    record = await b24.fetch(RecordKind.EVENT, record.remote_id)

    after = await changed(b24, record, replace(record.record, summary="Daily"))

    assert (after.record.summary, after.record.recurrence) == ("Daily", record.record.recurrence)
    assert after.record.excluded_dates == record.record.excluded_dates != ()


@pytest.mark.parametrize("culture", CULTURES)
async def test_one_of_a_series_is_changed_alone(portal: Portal, b24, culture):
    portal.control.configure(culture=culture)
    record = await made(b24)
    wish = exception_of(
        replace(record.record, summary="Retro"),
        start(WEDNESDAY),
        make_span(WEDNESDAY, hours=(15, 16.5), zone=RIGA).in_zone(UTC),
        EventId("x"),
    )

    pushed = await b24.push(cut(record.record, wish, SeriesPart.THIS, WEDNESDAY), None)

    assert await days(b24) == ["16 10 Stand-up", "18 15 Retro", *USUAL[2:]]
    assert pushed.record is not None
    assert pushed.record.record.series_id == record.record.id
    assert pushed.record.record.description == "Who does what"
    (sent,) = portal.control.commands("calendar.event.update")
    assert (sent["recurrence_mode"], sent["current_date_from"]) == ("this", "2026-11-18")
    assert "rrule" not in sent


async def test_it_and_the_following_become_a_series_of_their_own(portal: Portal, b24):
    record = await made(b24)
    tail = replace(
        series_moved(
            tail_of(record.record, start(WEDNESDAY), EventId("t")),
            make_span(WEDNESDAY, hours=(10, 11), zone=RIGA),
            make_span(WEDNESDAY, hours=(15, 16), zone=RIGA),
        ),
        summary="Retro",
    )

    pushed = await b24.push(cut(record.record, tail, SeriesPart.NEXT, WEDNESDAY), None)

    assert await days(b24) == [
        "16 10 Stand-up",
        *(f"{day} 15 Retro" for day in (18, 23, 25, 30)),
    ]
    assert pushed.record is not None
    assert pushed.record.record.recurrence == tail.recurrence
    before = await b24.fetch(RecordKind.EVENT, record.remote_id)
    assert before is not None
    ended = ended_before(record.record, start(WEDNESDAY))
    assert holds(before.record, record.record, ended), "the op that ends it has nothing to send"


async def test_the_following_can_become_a_single_one(portal: Portal, b24):
    record = await made(b24)
    tail = tail_of(record.record, start(WEDNESDAY), EventId("t"))
    once = RecurrenceRule(Frequency.DAILY, count=1)
    single = replace(tail, recurrence=once, summary="The last")

    await b24.push(cut(record.record, single, SeriesPart.NEXT, WEDNESDAY), None)

    assert await days(b24) == ["16 10 Stand-up", "18 10 The last"]


async def test_whole_days_are_changed_in_part_as_days(portal: Portal, b24):
    rule = RecurrenceRule(Frequency.DAILY, count=4)
    record = await made(
        b24, series(when=DateSpan(MONDAY, MONDAY + timedelta(days=1)), recurrence=rule)
    )
    alone = exception_of(
        record.record,
        WEDNESDAY,
        DateSpan(WEDNESDAY + timedelta(days=7), WEDNESDAY + timedelta(days=9)),
        EventId("x"),
    )
    scope = Scope(SeriesPart.THIS, record.record, WEDNESDAY)

    pushed = await b24.push(op(alone, scope=scope), None)

    window = await b24.pull_events(MONTH)
    left = [one.original_start for one in window.occurrences]
    assert left == ["2026-11-16", "2026-11-17", "2026-11-19"]
    assert pushed.record is not None
    assert pushed.record.record.when == alone.when
    assert pushed.record.record.original_start == WEDNESDAY


async def test_the_following_are_deleted_by_an_end(portal: Portal, b24):
    record = await made(b24)
    ended = ended_before(record.record, start(date(2026, 11, 23)))

    after = await changed(b24, record, ended)

    assert after.record.recurrence == ended.recurrence
    assert await days(b24) == USUAL[:2]
    assert portal.control.count("calendar.event.delete") == 0


async def test_a_series_is_deleted_with_what_was_changed_alone(portal: Portal, b24):
    record = await made(b24)

    await b24.push(op(None, Verb.DELETE, base=record.record), record.remote_id)

    assert await days(b24) == []


@pytest.mark.parametrize("part", [SeriesPart.THIS, SeriesPart.NEXT])
@pytest.mark.parametrize("fault", ["drop_after", "cut"])
async def test_a_part_whose_answer_was_lost_is_found_by_its_marker(
    portal: Portal, b24, part, fault
):
    record = await made(b24)
    wish = _half(record.record, part)
    entry = cut(record.record, wish, part, WEDNESDAY)
    assert await b24.look_up(entry) == ()
    portal.control.fault(fault, "calendar.event.update")

    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    (found,) = await b24.look_up(entry)
    assert found.marker == entry.op_id
    assert found.remote_id != record.remote_id
    assert found.record.when == wish.when
    assert found.record.recurrence == wish.recurrence


@pytest.mark.parametrize("part", [SeriesPart.THIS, SeriesPart.NEXT])
async def test_a_portal_that_cannot_split_a_series_gets_it_back(portal: Portal, b24, part):
    portal.control.configure(partial_edits=False)
    record = await made(b24)
    entry = cut(record.record, _half(record.record, part), part, WEDNESDAY)

    with pytest.raises(RefusedError) as caught:
        await b24.push(entry, None)

    assert (caught.value.reason, caught.value.subject) == (Refusal.UNSUPPORTED, "series parts")
    assert await days(b24) == USUAL
    again = await b24.fetch(RecordKind.EVENT, record.remote_id)
    assert again is not None
    assert same_content(again.record, record.record)
    assert await b24.look_up(entry) == ()
    capabilities = (await b24.check()).capabilities
    assert (capabilities.series, capabilities.series_parts) == (True, False)
    portal.control.clear_requests()
    with pytest.raises(RefusedError):
        await b24.push(entry, None)
    assert portal.control.count("calendar.event.update") == 0, "it is not tried again"


@pytest.mark.parametrize("clears", [[], ["rrule", "crm_fields", "remind"]])
@pytest.mark.parametrize("part", [SeriesPart.THIS, SeriesPart.NEXT])
async def test_a_series_that_was_spoilt_before_its_answer_was_lost_is_mended(
    portal: Portal, b24, part, clears
):
    portal.control.configure(partial_edits=False, update_clears=clears)
    record = await made(b24)
    entry = cut(record.record, _half(record.record, part), part, WEDNESDAY)
    portal.control.fault("drop_after", "calendar.event.update")
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)
    assert await b24.look_up(entry) == (), "the series itself is no find"

    with pytest.raises(RefusedError):
        await b24.push(entry, None)

    assert await days(b24) == USUAL
    again = await b24.fetch(RecordKind.EVENT, record.remote_id)
    assert again is not None
    assert same_content(again.record, record.record)


async def test_a_part_of_a_series_that_is_gone_is_refused(portal: Portal, b24):
    record = await made(b24)
    await b24.push(op(None, Verb.DELETE, base=record.record), record.remote_id)

    with pytest.raises(RefusedError) as caught:
        await b24.push(
            cut(record.record, _half(record.record, SeriesPart.THIS), SeriesPart.THIS, WEDNESDAY),
            None,
        )

    assert caught.value.reason is Refusal.NOT_FOUND


@pytest.mark.parametrize("part", [SeriesPart.THIS, SeriesPart.NEXT])
async def test_what_somebody_has_taken_out_meanwhile_does_not_come_twice(portal: Portal, b24, part):
    record = await made(b24)
    number = int(record.remote_id)
    portal.control.change_occurrence(number, "2026-11-18", start="2026-11-18T17:00:00")
    before = await days(b24)

    with pytest.raises(RefusedError) as caught:
        await b24.push(cut(record.record, _half(record.record, part), part, WEDNESDAY), None)

    assert (caught.value.reason, caught.value.subject) == (Refusal.NOT_FOUND, "occurrence")
    assert await days(b24) == before


async def test_a_new_title_for_one_goes_along_with_a_series_that_was_moved(portal: Portal, b24):
    record = await made(b24)
    portal.control.change_event(
        int(record.remote_id), start="2026-11-16T12:00:00", end="2026-11-16T13:00:00"
    )
    shown = make_span(WEDNESDAY, hours=(10, 11), zone=RIGA).in_zone(UTC)
    alone = exception_of(record.record, start(WEDNESDAY), shown, EventId("x"))
    wish = replace(alone, summary="Retro")

    await b24.push(cut(record.record, wish, SeriesPart.THIS, WEDNESDAY), None)

    assert await days(b24) == ["16 12 Stand-up", "18 12 Retro", "23 12 Stand-up", *LATER]


async def test_what_no_request_leaves_out_is_refused_without_one(portal: Portal, b24):
    record = await made(b24)
    scope = Scope(SeriesPart.LEFT_OUT, record.record, start(WEDNESDAY))
    wish = replace(record.record, excluded_dates=(start(WEDNESDAY).astimezone(UTC),))
    entry = op(wish, Verb.UPDATE, base=record.record, scope=scope)
    portal.control.clear_requests()

    with pytest.raises(RefusedError) as caught:
        await b24.push(entry, RemoteId(record.remote_id))

    assert caught.value.subject == "occurrence"
    assert portal.control.count() == 0


async def test_both_can_be_done_is_told_by_the_check(portal: Portal, b24):
    capabilities = (await b24.check()).capabilities

    assert capabilities.series
    assert capabilities.series_parts


def _half(master: Event, part: SeriesPart) -> Event:
    if part is SeriesPart.NEXT:
        return replace(tail_of(master, start(WEDNESDAY), EventId("t")), summary="Retro")
    when = make_span(WEDNESDAY, hours=(15, 16), zone=RIGA).in_zone(UTC)
    alone = exception_of(master, start(WEDNESDAY), when, EventId("x"))
    return replace(alone, summary="Retro")
