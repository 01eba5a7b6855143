"""What is written into the cache when it becomes known what the server has."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.contact import Contact
from desktop.domain.event import Event
from desktop.domain.ids import ContactId, EventId, RecordKind, RemoteId, Revision, server_uid
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.series import without_occurrence
from desktop.domain.sync import RemoteRecord
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteOccurrence
from desktop.services.sync.screen import Arrival, write_layers
from desktop.store.cache import CacheTables
from tests.builders import ACCOUNT, MONDAY, TUESDAY, WEDNESDAY, make_contact, make_event, make_span
from tests.services.house import open_house

WEEK = TimeSpan(datetime(2026, 11, 15, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))


def _row(record, kind: RecordKind = RecordKind.EVENT, remote: str = "7") -> RemoteRecord:
    return RemoteRecord(kind, RemoteId(remote), Revision("1"), record)


def _known(cache: CacheTables, kind: RecordKind, uid: str) -> Event | Contact | None:
    if kind is RecordKind.EVENT:
        return cache.events.get(EventId(uid))
    return cache.contacts.get(ContactId(uid))


@pytest.mark.parametrize("kind", [RecordKind.EVENT, RecordKind.CONTACT])
async def test_a_row_that_was_read_before_its_op_was_found_is_not_there_twice(
    tmp_path: Path, kind: RecordKind
) -> None:
    double = server_uid(ACCOUNT, kind, RemoteId("7"))
    make = make_event if kind is RecordKind.EVENT else make_contact
    async with open_house(tmp_path) as house:
        await house.files.cache.write(
            lambda cache: (cache.events, cache.contacts)[kind is RecordKind.CONTACT].upsert_records(
                [_row(make(double), kind)]
            )
        )

        arrival = Arrival("mine", kind, _row(make("mine"), kind))
        await house.files.cache.write(lambda cache: write_layers(cache, [arrival], []))

        found, mine = await house.files.cache.read(
            lambda cache: (_known(cache, kind, double), _known(cache, kind, "mine"))
        )
        assert found is None
        assert mine is not None


async def test_a_series_that_we_changed_is_expanded_by_us_until_it_is_read_again(
    tmp_path: Path,
) -> None:
    master = make_event("s", recurrence=RecurrenceRule(Frequency.DAILY, count=3))
    told = [
        RemoteOccurrence(
            RecordKind.EVENT,
            RemoteId("7"),
            make_span(day).start,
            make_span(day).end,
            day.isoformat(),
        )
        for day in (MONDAY, TUESDAY, WEDNESDAY)
    ]
    async with open_house(tmp_path) as house:

        def read(cache) -> None:
            cache.events.upsert_records([_row(master)])
            cache.events.replace_occurrences("s", told)

        await house.files.cache.write(read)
        left = without_occurrence(master, make_span(TUESDAY).start)
        arrival = Arrival("s", RecordKind.EVENT, _row(left))
        await house.files.cache.write(lambda cache: write_layers(cache, [arrival], []))

        entries = await house.schedule.entries(WEEK)
        assert [one.when for one in entries] == [make_span(MONDAY), make_span(WEDNESDAY)]
