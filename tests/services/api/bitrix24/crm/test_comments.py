"""Comments of a contact's timeline against the emulated portal."""

import pytest

from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.ids import ContactId, RecordKind, new_uid
from desktop.domain.sync import Verb
from desktop.services.api.bitrix24.markers import marker_line
from tests.builders import make_comment, make_op
from tests.servers.portal import Portal


@pytest.fixture
def alex(portal: Portal) -> str:
    return str(portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky"))


def add(contact: str, text: str = "Prefers mornings", **more):
    wish = make_comment("m1", f"b1:contact:{contact}", text=text, account_id="b1")
    return make_op(new_uid(), wish, kind=RecordKind.COMMENT, account="b1", **more)


async def test_a_comment_stands_in_the_timeline_in_the_users_name(portal, b24, alex):
    entry = add(alex)
    pushed = await b24.push(entry, None)

    (row,) = portal.control.records("comment")
    assert row["COMMENT"] == f"Prefers mornings\n{marker_line(entry.op_id)}"
    assert (row["ENTITY_TYPE"], row["ENTITY_ID"], row["AUTHOR_ID"]) == ("contact", alex, "7")
    assert pushed.record.record.text == "Prefers mornings"
    assert pushed.record.record.contact == ContactId(f"b1:contact:{alex}")
    assert pushed.record.marker == entry.op_id


async def test_a_comment_is_found_again_among_many(portal, b24, alex):
    entry = add(alex)
    await b24.push(entry, None)
    for number in range(60):
        fields = {"ENTITY_ID": alex, "ENTITY_TYPE": "contact", "COMMENT": f"Later {number}"}
        portal.control.call("crm.timeline.comment.add", {"fields": fields})

    (found,) = await b24.look_up(entry)
    assert found.marker == entry.op_id
    assert found.record.text == "Prefers mornings"
    assert await b24.look_up(add(alex)) == ()


async def test_a_lost_answer_leaves_one_comment_that_can_be_found(portal, b24, alex):
    entry = add(alex)
    portal.control.fault("drop_after", "crm.timeline.comment.add")
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    assert len(await b24.look_up(entry)) == 1


async def test_a_changed_comment_keeps_its_marker(portal, b24, alex):
    entry = add(alex)
    pushed = await b24.push(entry, None)
    wish = make_comment("m1", f"b1:contact:{alex}", text="Prefers evenings", account_id="b1")
    change = make_op(
        new_uid(),
        wish,
        verb=Verb.UPDATE,
        kind=RecordKind.COMMENT,
        account="b1",
        base=pushed.record.record,
    )
    changed = await b24.push(change, pushed.remote_id)

    assert changed.record.record.text == "Prefers evenings"
    assert len(await b24.look_up(entry)) == 1


async def test_a_deleted_comment_is_gone_and_may_be_deleted_twice(portal, b24, alex):
    pushed = await b24.push(add(alex), None)
    base = pushed.record.record
    gone = make_op(new_uid(), verb=Verb.DELETE, kind=RecordKind.COMMENT, account="b1", base=base)
    await b24.push(gone, pushed.remote_id)
    await b24.push(gone, pushed.remote_id)

    assert portal.control.records("comment") == []
    assert await b24.fetch(RecordKind.COMMENT, pushed.remote_id) is None


async def test_a_comment_about_nobody_is_refused(portal, b24, alex):
    with pytest.raises(RefusedError) as refused:
        await b24.push(add("999999"), None)

    assert refused.value.reason is Refusal.NOT_FOUND
