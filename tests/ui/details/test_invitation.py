"""Invitations in the details: what was answered, how one answers, and who else is invited."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.event import Attendee, CalendarEntry, Occurrence, Participation
from desktop.domain.ids import EventId, UserId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.services.invitations import InvitationService
from desktop.ui.details.guests import FOLDED, GuestList
from desktop.ui.details.invitation import InvitationBlock
from desktop.ui.details.snapshot import EventDetails
from tests.builders import make_account, make_event, make_remote, make_user
from tests.services.house import CRM
from tests.ui.details.test_page import details
from tests.ui.waiting import until

ME, VERA, BORIS = UserId("a1:7"), UserId("a1:12"), UserId("a1:13")
USERS = (make_user(VERA, "Vera Kim"), make_user(BORIS, "Boris Orlov"))
WAITS, YES, NO = Participation.NEEDS_ACTION, Participation.ACCEPTED, Participation.DECLINED


def review(answer=WAITS, *others, **more):
    people = (
        Attendee(ME, participation=WAITS),
        *others,
        Attendee(VERA, participation=Participation.ORGANIZER),
    )
    values = {"read_only": True, "participation": answer, "attendees": people, "organizer": VERA}
    return make_event("a1:event:5", "Review", **{**values, **more})


def snapshot(event, users=USERS):
    entry = CalendarEntry(Occurrence(event, event.when), "#3366cc")
    return EventDetails(entry, account=make_account(), users=users)


@pytest.fixture
def block(qtbot):
    block = InvitationBlock()
    qtbot.addWidget(block)
    return block


@pytest.fixture
def guests(qtbot):
    guests = GuestList()
    qtbot.addWidget(guests)
    return guests


@pytest.mark.parametrize(
    ("answer", "words", "offered"),
    [
        (WAITS, "Vera Kim invites you. You have not answered yet.", ["accept", "decline"]),
        (YES, "You accepted.", ["decline", "withdraw"]),
        (NO, "You declined.", ["accept", "withdraw"]),
    ],
)
def test_what_was_answered_is_said_and_only_other_answers_are_offered(
    block, answer, words, offered
):
    block.show_details(snapshot(review(answer)))

    assert block.words.text() == words
    buttons = {name: getattr(block, name) for name in ("accept", "decline", "withdraw")}
    assert [name for name, button in buttons.items() if not button.isHidden()] == offered


@pytest.mark.parametrize(
    "event",
    [
        review(Participation.ORGANIZER, read_only=False),
        make_event("a1:event:6"),
    ],
)
def test_whoever_is_not_invited_is_asked_nothing(block, event):
    block.show_details(snapshot(event))
    assert block.isHidden()


def test_a_series_says_that_it_is_answered_as_a_whole(block):
    block.show_details(snapshot(review(recurrence=RecurrenceRule(Frequency.WEEKLY))))
    assert not block._series.isHidden()
    block.show_details(snapshot(review(YES)))
    assert block._series.isHidden()


@pytest.mark.parametrize(
    ("button", "answer", "before"),
    [("accept", YES, WAITS), ("decline", NO, WAITS), ("withdraw", WAITS, YES)],
)
def test_a_button_says_the_answer(qtbot, block, button, answer, before):
    block.show_details(snapshot(review(before)))
    with qtbot.waitSignal(block.answer_wished) as said:
        QTest.mouseClick(getattr(block, button), Qt.MouseButton.LeftButton)
    assert said.args == [answer]


def test_the_organizer_stands_first_and_my_answer_is_the_newest(guests):
    guests.show_details(snapshot(review(YES, Attendee(BORIS, participation=NO))))

    texts = guests.texts()
    assert texts[0] == "Vera Kim · organizer"
    assert texts[1].endswith("· accepted")
    assert texts[2] == "Boris Orlov · declined"
    assert guests._counts.text() == "1 accepted · 1 declined"


def test_a_long_list_is_folded_and_unfolds(guests):
    others = [Attendee(UserId(f"a1:{number}")) for number in range(20, 32)]
    guests.show_details(snapshot(review(WAITS, *others)))

    assert len(guests.texts()) == FOLDED
    assert guests._fold.text() == "Show 8 more"
    guests._fold.click()
    assert len(guests.texts()) == 14
    assert guests._fold.text() == "Show fewer"


def test_a_meeting_of_mine_with_nobody_has_no_list(guests):
    mine = (Attendee(ME, participation=Participation.ORGANIZER),)
    guests.show_details(snapshot(make_event("e", attendees=mine, organizer=ME)))
    assert guests.isHidden()


async def test_an_answer_is_seen_where_it_was_given_and_the_focus_stays_at_hand(tmp_path, qapp):
    async with details(tmp_path) as scene:
        house = scene.house
        await house.add(replace(CRM, user_id=ME))
        row = make_remote(review(), "5")
        await house.files.cache.write(lambda cache: cache.users.replace(CRM.id, USERS))
        await house.files.cache.write(lambda cache: cache.events.upsert_records([row]))
        wished: list[tuple[object, ...]] = []
        scene.page.answer_requested.connect(lambda *what: wished.append(what))
        await scene.show(review())
        block = scene.page.view.invitation
        block.accept.setFocus()
        QTest.keyClick(block.accept, Qt.Key.Key_Return)
        assert wished == [("a1:event:5", YES)]

        await InvitationService(house.files, house.undo).answer(EventId("a1:event:5"), YES)
        await until(lambda: block.words.text() == "You accepted.")
        assert block.accept.isHidden()
        assert block.first() is block.decline


async def test_delete_on_an_invitation_offers_to_decline(tmp_path, qapp):
    async with details(tmp_path) as scene:
        row = make_remote(review(), "5")
        await scene.house.files.cache.write(lambda cache: cache.events.upsert_records([row]))
        offered: list[EventId] = []
        scene.page.decline_offered.connect(offered.append)
        await scene.show(review())

        QTest.keyClick(scene.page, Qt.Key.Key_Delete)

        assert offered == ["a1:event:5"]
