"""Files go with a meeting, once."""

from base64 import b64decode
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.attachment import LONGEST_NAME, MOST_BYTES, Attachment, fitting
from desktop.domain.event import Recording
from desktop.services.api.bitrix24.activities.meetings_write import file_fields
from desktop.services.api.bitrix24.activities.wire_activity import ACTIVITIES, files_of
from tests.builders import make_event
from tests.servers.portal import Portal
from tests.services.api.bitrix24.hostile import ANY
from tests.services.api.bitrix24.samples import raw
from tests.services.api.bitrix24.test_todos import alex, booking, change, create

__all__ = ["alex"]

OFFER = Attachment("offer.pdf", b"%PDF-1.7 \x00\xff")


async def test_a_meeting_takes_its_files_along(portal: Portal, b24, alex) -> None:
    wish = booking(alex, recorded_as=Recording.ACTIVITY, files=(OFFER,))
    pushed = await b24.push(create(wish), None)

    (row,) = portal.control.activities()
    (stored,) = row["_FILES"]
    assert stored["name"] == "offer.pdf"
    assert b64decode(stored["data"]) == OFFER.content
    (told,) = pushed.record.record.files
    assert (told.content, told.remote_id) == (b"", str(stored["id"]))


async def test_a_later_change_sends_no_file_again(portal: Portal, b24, alex) -> None:
    wish = booking(alex, recorded_as=Recording.ACTIVITY, files=(OFFER,))
    pushed = await b24.push(create(wish), None)
    portal.control.clear_requests()

    await change(b24, pushed, summary="Demo")

    (sent,) = portal.control.requests("crm.activity.update")
    assert sent["params"]["fields"] == {"SUBJECT": "Demo"}
    (row,) = portal.control.activities()
    assert len(row["_FILES"]) == 1


@given(st.lists(st.builds(Attachment, st.text(max_size=300), st.binary(max_size=50)), max_size=4))
def test_every_name_and_every_byte_can_be_sent(files):
    sent: Any = file_fields(make_event(files=tuple(files)))
    told = [one["fileData"] for one in sent]

    full = [one for one in files if one.content]
    assert [b64decode(data) for _name, data in told] == [one.content for one in full]
    assert all(0 < len(name) <= LONGEST_NAME for name, _data in told)


@given(ANY)
def test_whatever_stands_for_files_is_read(value):
    row = ACTIVITIES.row(raw({"ID": "1", "FILES": value}))

    assert row is None or all(one.remote_id.isdigit() for one in files_of(row))


def test_all_files_of_a_meeting_have_a_most():
    half = Attachment("a", b"x" * (MOST_BYTES // 2))

    assert fitting((half,), half)
    assert not fitting((half, half), replace(half, content=b"xx"))


def test_a_file_shows_nothing_of_itself_in_a_log():
    assert "PDF" not in repr(OFFER)
