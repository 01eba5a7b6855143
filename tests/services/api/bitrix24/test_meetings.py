"""Colleagues at meetings, against the emulated portal: invited, kept, taken out; and answers."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.event import Attendee, Event, EventStatus, Participation
from desktop.domain.ids import RecordKind, RemoteId, UserId, new_uid
from desktop.domain.sync import OutboxEntry, Verb
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.sync.merge import filled, holds
from tests.builders import make_event, make_op

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 17, 14, tzinfo=MOSCOW)
WHEN = TimeSpan(START, START + timedelta(hours=1))
SPAN = TimeSpan(START - timedelta(days=5), START + timedelta(days=5))
ME, COLLEAGUE, ADMIN = UserId("7"), UserId("12"), UserId("1")
HERE = {"start": "2026-11-17T10:00:00", "end": "2026-11-17T11:00:00"}


def planned(*invited: UserId, **more: Any) -> Event:
    attendees = tuple(map(Attendee, invited))
    if invited:
        first = Attendee(ME, participation=Participation.ORGANIZER)
        more = {"organizer": ME, "participation": Participation.ORGANIZER, **more}
        attendees = (first, *attendees)
    values = {"when": WHEN, "time_zone": "Europe/Moscow", "attendees": attendees}
    return make_event("e1", "Planning", account="b1", calendar="b1:41", **{**values, **more})


def op(wish: Event | None, verb: Verb = Verb.CREATE, **more: Any) -> OutboxEntry:
    return make_op(new_uid(), wish, verb=verb, kind=RecordKind.EVENT, account="b1", **more)


async def change(b24: Bitrix24Account, remote: RemoteId, *, sends: int = 1, **changes: Any) -> Any:
    found = await b24.fetch(RecordKind.EVENT, remote)
    assert found is not None
    assert isinstance(found.record, Event)
    wish = replace(found.record, **changes)
    entry = op(wish, Verb.UPDATE, base=found.record, sends=sends)
    pushed = await b24.push(entry, remote)
    return pushed.record.record if pushed.record else None


def told(portal: Any, number: object) -> list[tuple[int, str]]:
    row = portal.control.record("event", int(str(number)))
    return [(one["id"], one["status"]) for one in row["attendees"]]


async def test_invited_colleagues_get_a_copy_and_what_comes_back_is_what_was_wished(portal, b24):
    await b24.check()
    wish = planned(COLLEAGUE)

    pushed = await b24.push(op(wish), None)

    assert told(portal, pushed.remote_id) == [(7, "H"), (12, "Q")]
    (sent,) = portal.control.commands("calendar.event.add")
    assert sent["meeting"]["notify"] is True
    assert holds(pushed.record.record, None, filled(wish, pushed.record.record))
    assert [one.user for one in pushed.record.record.attendees] == [ME, COLLEAGUE]


async def test_a_new_title_keeps_the_colleagues_their_answers_and_the_options(portal, b24):
    await b24.check()
    pushed = await b24.push(op(planned(COLLEAGUE, ADMIN)), None)
    number = int(pushed.remote_id)
    portal.control.answer_invitation(number, 12, "Y")
    portal.control.change_event(
        number, is_meeting="Y", attendees=[7, 12, 1], meeting={"hide_guests": True}
    )

    after = await change(b24, pushed.remote_id, summary="Planning, the second")

    assert after.summary == "Planning, the second"
    assert sorted(told(portal, number)) == [(1, "Q"), (7, "H"), (12, "Y")]
    assert portal.control.record("event", number)["meeting"]["HIDE_GUESTS"] is True


async def test_one_more_colleague_joins_those_whom_the_portal_knows_by_now(portal, b24):
    await b24.check()
    pushed = await b24.push(op(planned(COLLEAGUE)), None)
    base = pushed.record.record
    portal.control.change_event(int(pushed.remote_id), is_meeting="Y", attendees=[7])
    wish = replace(base, attendees=(*base.attendees, Attendee(ADMIN)))

    await b24.push(op(wish, Verb.UPDATE, base=base), pushed.remote_id)

    assert sorted(told(portal, pushed.remote_id)) == [(1, "Q"), (7, "H")]


async def test_a_colleague_who_is_taken_out_loses_the_copy(portal, b24):
    await b24.check()
    pushed = await b24.push(op(planned(COLLEAGUE, ADMIN)), None)

    stays = [one for one in pushed.record.record.attendees if one.user != COLLEAGUE]
    await change(b24, pushed.remote_id, attendees=tuple(stays))

    assert sorted(told(portal, pushed.remote_id)) == [(1, "Q"), (7, "H")]


async def test_inviting_to_an_event_that_was_none_makes_it_a_meeting_of_its_owner(portal, b24):
    await b24.check()
    pushed = await b24.push(op(planned()), None)

    after = await change(b24, pushed.remote_id, attendees=(Attendee(COLLEAGUE),))

    assert told(portal, pushed.remote_id) == [(7, "H"), (12, "Q")]
    assert after.participation is Participation.ORGANIZER


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        ({}, "busy"),
        ({"busy": False}, "free"),
        ({"away": True}, "absent"),
        ({"status": EventStatus.TENTATIVE}, "quest"),
    ],
)
async def test_how_the_time_is_taken_goes_there_and_comes_back(portal, b24, shown, word):
    await b24.check()

    pushed = await b24.push(op(planned(private=True, **shown)), None)

    row = portal.control.record("event", int(pushed.remote_id))
    assert (row["accessibility"], row["private"]) == (word, True)
    read = pushed.record.record
    assert {name: getattr(read, name) for name in shown} == shown
    assert read.private


async def test_out_of_office_is_written_over_busy_and_stays_with_another_title(portal, b24):
    await b24.check()
    pushed = await b24.push(op(planned()), None)

    await change(b24, pushed.remote_id, away=True)
    after = await change(b24, pushed.remote_id, summary="Holidays")

    assert after.away
    assert portal.control.record("event", int(pushed.remote_id))["accessibility"] == "absent"


async def invitation(portal: Any, b24: Bitrix24Account) -> Any:
    """The copy of a colleague's meeting in the user's own calendar."""
    portal.control.add_event(12, name="Review", is_meeting="Y", attendees=[12, 7], **HERE)
    window = await b24.pull_events(SPAN)
    (record,) = window.records
    return record


async def test_an_invitation_is_read_with_its_answers_and_cannot_be_edited(portal, b24):
    await b24.check()

    record = await invitation(portal, b24)

    assert record.record.participation is Participation.NEEDS_ACTION
    assert (record.record.organizer, record.record.read_only) == (COLLEAGUE, True)


async def test_an_answer_is_given_with_the_number_of_the_own_copy_and_with_nothing_else(
    portal, b24
):
    await b24.check()
    record = await invitation(portal, b24)

    after = await change(b24, record.remote_id, participation=Participation.ACCEPTED)

    assert after.participation is Participation.ACCEPTED
    (sent,) = portal.control.commands("calendar.meeting.status.set")
    assert (str(sent["eventId"]), sent["status"]) == (record.remote_id, "Y")
    assert portal.control.commands("calendar.event.update") == []
    assert portal.control.commands("calendar.meeting.status.get") == []
    assert sorted(told(portal, record.remote_id)) == [(7, "Y"), (12, "H")]


async def test_an_answer_is_taken_back_as_none_given(portal, b24):
    await b24.check()
    record = await invitation(portal, b24)
    await change(b24, record.remote_id, participation=Participation.DECLINED)

    after = await change(b24, record.remote_id, participation=Participation.NEEDS_ACTION)

    assert after.participation is Participation.NEEDS_ACTION


async def test_an_answer_that_may_have_arrived_is_asked_for_before_it_is_given_again(portal, b24):
    await b24.check()
    record = await invitation(portal, b24)
    wish = replace(record.record, participation=Participation.ACCEPTED)
    portal.control.answer_invitation(int(record.remote_id), 7, "Y")

    await b24.push(op(wish, Verb.UPDATE, base=record.record, sends=2), record.remote_id)

    assert len(portal.control.commands("calendar.meeting.status.get")) == 1
    assert portal.control.commands("calendar.meeting.status.set") == []


async def test_whoever_is_not_invited_any_more_cannot_answer(portal, b24):
    await b24.check()
    record = await invitation(portal, b24)
    parent = portal.control.record("event", int(record.remote_id))["parent"]
    portal.control.change_event(parent, is_meeting="Y", attendees=[12])
    wish = replace(record.record, participation=Participation.ACCEPTED)

    with pytest.raises(RefusedError) as caught:
        await b24.push(op(wish, Verb.UPDATE, base=record.record), record.remote_id)

    assert caught.value.reason is Refusal.NOT_FOUND


@pytest.mark.parametrize("grows", [True, False])
async def test_a_colleagues_answer_makes_another_revision_whatever_the_version(portal, b24, grows):
    portal.control.configure(answers_grow_version=grows)
    await b24.check()
    pushed = await b24.push(op(planned(COLLEAGUE)), None)

    portal.control.answer_invitation(int(pushed.remote_id), 12, "N")
    found = await b24.fetch(RecordKind.EVENT, pushed.remote_id)

    assert found.revision != pushed.record.revision
    assert found.record.attendees[1].participation is Participation.DECLINED


async def test_what_inviting_needs_is_told_by_scopes(portal, b24):
    assert (await b24.check()).capabilities.attendees
    portal.control.set_scopes("crm", "calendar")
    able = (await b24.check()).capabilities
    assert not able.attendees
    assert able.create_events
