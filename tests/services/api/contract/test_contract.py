"""What every account promises, held against each server there is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.errors import OfflineError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event, EventKind
from desktop.domain.ids import ContactId, RecordKind, RemoteId, new_uid
from desktop.domain.sync import OutboxEntry, Record, RemoteRecord, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteAccount
from tests.builders import make_comment, make_contact, make_event, make_op
from tests.services.api.contract.servers import ACCOUNT, CALENDAR, LocalServer, Server

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 17, 14, tzinfo=ZONE)
HOUR = TimeSpan(START, START + timedelta(hours=1))
LATER = TimeSpan(START + timedelta(days=1), START + timedelta(days=1, hours=1))
SPAN = TimeSpan(START - timedelta(days=7), START + timedelta(days=14))
NOBODY = RemoteId("999999")
KINDS = tuple(RecordKind)
TITLE, OTHER_TITLE = "Offer & 50 % of [it]", "Another word"
Anywhere = Server | LocalServer


def event(record: RecordKind, contact: RemoteId) -> Event:
    return make_event(
        "e1",
        TITLE,
        HOUR,
        account=ACCOUNT,
        calendar=CALENDAR,
        record=record,
        kind=EventKind.MEETING if record is RecordKind.ACTIVITY else EventKind.EVENT,
        time_zone="Europe/Berlin",
        contacts=(ContactId(f"{ACCOUNT}:contact:{contact}"),),
    )


def wish_of(kind: RecordKind, contact: RemoteId) -> Record:
    """Something to make, of each kind."""
    if kind is RecordKind.CONTACT:
        card = make_contact("n1", "Anna Berg", account=ACCOUNT, phone="+493011111")
        return replace(card, family_name=TITLE)
    if kind is RecordKind.COMMENT:
        person = f"{ACCOUNT}:contact:{contact}"
        return make_comment("m1", person, text=TITLE, account_id=ACCOUNT)
    return event(kind, contact)


def changed(record: Record) -> Record:
    """The same with another title, as a user edits it."""
    if isinstance(record, Contact):
        return replace(record, family_name=OTHER_TITLE)
    if isinstance(record, Comment):
        return replace(record, text=OTHER_TITLE)
    return replace(record, summary=OTHER_TITLE)


def words_of(record: Record) -> str:
    """What a user would know it by."""
    if isinstance(record, Contact):
        return record.family_name
    return record.text if isinstance(record, Comment) else record.summary


def op(
    kind: RecordKind, wish: Record | None, verb: Verb = Verb.CREATE, base: Record | None = None
) -> OutboxEntry:
    return make_op(new_uid(), wish, verb=verb, kind=kind, account=ACCOUNT, base=base)


def creation(server: Anywhere, kind: RecordKind) -> OutboxEntry:
    return op(kind, wish_of(kind, server.contact))


async def made(server: Server, kind: RecordKind) -> tuple[OutboxEntry, RemoteRecord]:
    """Something that is there, as the server tells it."""
    entry = creation(server, kind)
    pushed = await server.account.push(entry, None)
    record = await server.account.fetch(kind, pushed.remote_id)
    assert record is not None
    return entry, record


async def contacts(account: RemoteAccount, cursor: str | None = None) -> tuple[list[str], str]:
    """The ids of a whole pull, each once, and where it ended."""
    pages = [page async for page in account.pull_contacts(cursor)]
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    return sorted({row.remote_id for page in pages for row in page.records}), pages[-1].cursor


# Every account


async def test_a_check_tells_the_same_user_each_time(anywhere: Anywhere) -> None:
    first = await anywhere.account.check()
    again = await anywhere.account.check()

    assert (first.user_id, first.capabilities) == (again.user_id, again.capabilities)
    assert first.capabilities.contacts


async def test_pulling_twice_is_pulling_once(anywhere: Anywhere) -> None:
    first, cursor = await contacts(anywhere.account)
    again, _cursor = await contacts(anywhere.account)
    news, _cursor = await contacts(anywhere.account, cursor)

    assert again == first
    assert set(news) <= set(first)
    assert await anywhere.account.sweep_contacts() == set(first)


async def test_a_window_is_the_same_each_time_and_covers_what_was_asked(
    anywhere: Anywhere,
) -> None:
    if not isinstance(anywhere, LocalServer):
        await anywhere.account.push(creation(anywhere, RecordKind.ACTIVITY), None)
    first = await anywhere.account.pull_events(SPAN)
    again = await anywhere.account.pull_events(SPAN)

    assert first.span == again.span == SPAN
    assert first.records == again.records
    assert len({(row.kind, row.remote_id) for row in first.records}) == len(first.records)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_never_there_is_gone(anywhere: Anywhere, kind: RecordKind) -> None:
    assert await anywhere.account.fetch(kind, NOBODY) is None


@pytest.mark.parametrize("kind", KINDS)
async def test_a_create_has_an_id_and_can_be_deleted_twice(
    anywhere: Anywhere, kind: RecordKind
) -> None:
    pushed = await anywhere.account.push(creation(anywhere, kind), None)
    assert pushed.remote_id
    gone = op(kind, None, Verb.DELETE)
    for _time in range(2):
        assert (await anywhere.account.push(gone, pushed.remote_id)).remote_id == pushed.remote_id

    assert await anywhere.account.fetch(kind, pushed.remote_id) is None


async def test_it_may_be_closed_twice(anywhere: Anywhere) -> None:
    await anywhere.account.check()
    await anywhere.account.aclose()
    await anywhere.account.aclose()


# Accounts whose records live elsewhere


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_made_is_there_as_it_was_wished(server: Server, kind: RecordKind) -> None:
    before = server.rows(kind)
    entry = creation(server, kind)
    pushed = await server.account.push(entry, None)
    record = await server.account.fetch(kind, pushed.remote_id)

    assert server.rows(kind) == before + 1
    assert record is not None
    assert (record.kind, record.remote_id) == (kind, pushed.remote_id)
    assert words_of(record.record) == TITLE
    if isinstance(record.record, Event):
        assert record.record.when == HOUR
    assert pushed.record is not None
    assert pushed.record.marker == entry.op_id
    assert pushed.revision == record.revision


@pytest.mark.parametrize("kind", KINDS)
async def test_one_op_is_one_writing_request(server: Server, kind: RecordKind) -> None:
    _entry, record = await made(server, kind)
    assert server.writes() == 1
    base = record.record
    await server.account.push(op(kind, changed(base), Verb.UPDATE, base), record.remote_id)
    assert server.writes() == 2
    await server.account.push(op(kind, None, Verb.DELETE, base), record.remote_id)
    assert server.writes() == 3


@pytest.mark.parametrize("kind", KINDS)
async def test_a_change_changes_what_it_names_and_tells_its_revision(
    server: Server, kind: RecordKind
) -> None:
    _entry, before = await made(server, kind)
    base = before.record
    pushed = await server.account.push(op(kind, changed(base), Verb.UPDATE, base), before.remote_id)
    after = await server.account.fetch(kind, before.remote_id)

    assert after is not None
    assert words_of(after.record) == OTHER_TITLE
    assert pushed.revision == after.revision
    if kind is not RecordKind.CONTACT:  # a changed card is taken whatever its revision
        assert after.revision != before.revision
    if isinstance(base, Event) and isinstance(after.record, Event):
        assert (after.record.when, after.record.contacts) == (base.when, base.contacts)


@pytest.mark.parametrize("kind", [RecordKind.ACTIVITY, RecordKind.EVENT])
async def test_a_move_moves_and_keeps_the_rest(server: Server, kind: RecordKind) -> None:
    _entry, before = await made(server, kind)
    base = before.record
    assert isinstance(base, Event)
    await server.account.push(op(kind, base.moved_to(LATER), Verb.UPDATE, base), before.remote_id)
    window = await server.account.pull_events(SPAN)

    (row,) = window.records
    assert isinstance(row.record, Event)
    assert (row.kind, row.record.when, row.record.summary) == (kind, LATER, TITLE)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_create_is_found_by_its_marker_and_no_other(
    server: Server, kind: RecordKind
) -> None:
    entry, record = await made(server, kind)
    other, _record = await made(server, kind)

    assert [row.remote_id for row in await server.account.look_up(entry)] == [record.remote_id]
    assert len(await server.account.look_up(other)) == 1
    assert await server.account.look_up(creation(server, kind)) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("carried_out", [True, False])
async def test_a_lost_answer_is_unknown_and_looking_tells(
    server: Server, kind: RecordKind, carried_out: bool
) -> None:
    before = server.rows(kind)
    server.lose(kind, Verb.CREATE, carried_out=carried_out)
    entry = creation(server, kind)
    with pytest.raises(OutcomeUnknownError):
        await server.account.push(entry, None)

    assert server.rows(kind) == before + carried_out
    assert len(await server.account.look_up(entry)) == carried_out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", Verb)
async def test_a_refusal_says_why_and_changes_nothing(
    server: Server, kind: RecordKind, verb: Verb
) -> None:
    _entry, record = await made(server, kind)
    rows = server.rows(kind)
    server.refuse(kind, verb)
    base = record.record
    wishes: dict[Verb, Callable[[], OutboxEntry]] = {
        Verb.CREATE: lambda: creation(server, kind),
        Verb.UPDATE: lambda: op(kind, changed(base), Verb.UPDATE, base),
        Verb.DELETE: lambda: op(kind, None, Verb.DELETE, base),
    }
    remote_id = None if verb is Verb.CREATE else record.remote_id
    with pytest.raises(RefusedError) as refused:
        await server.account.push(wishes[verb](), remote_id)

    assert refused.value.reason is Refusal.FORBIDDEN
    assert server.rows(kind) == rows
    kept = await server.account.fetch(kind, record.remote_id)
    assert kept is not None
    assert words_of(kept.record) == TITLE


@pytest.mark.parametrize("kind", KINDS)
async def test_without_a_network_nothing_was_sent(server: Server, kind: RecordKind) -> None:
    server.vanish()
    with pytest.raises(OfflineError):
        await server.account.push(creation(server, kind), None)
    with pytest.raises(OfflineError):
        await server.account.check()


async def test_a_pull_goes_on_from_each_of_its_pages(server: Server) -> None:
    for number in range(3):
        person = make_contact(f"n{number}", f"Anna {number}", account=ACCOUNT)
        await server.account.push(op(RecordKind.CONTACT, person), None)
    whole, cursor = await contacts(server.account)
    pages = [page async for page in server.account.pull_contacts(None)]
    for number, page in enumerate(pages[:-1]):
        seen = {row.remote_id for known in pages[: number + 1] for row in known.records}
        rest, _cursor = await contacts(server.account, page.cursor)
        assert sorted(seen | set(rest)) == whole

    late = await server.account.push(creation(server, RecordKind.CONTACT), None)
    news, _cursor = await contacts(server.account, cursor)
    assert late.remote_id in news


async def test_cancelling_a_write_passes_and_leaves_it_to_a_look(server: Server) -> None:
    entry = creation(server, RecordKind.ACTIVITY)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(server.account.push(entry, None))
        await asyncio.sleep(0)
        task.cancel()
    assert task.cancelled()

    assert len(await server.account.look_up(entry)) <= 1
