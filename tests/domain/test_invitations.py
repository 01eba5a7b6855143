"""Whose meeting it is, who may answer, and in which order the invited are told."""

from dataclasses import replace

import pytest

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.event import Attendee, EventStatus, Participation
from desktop.domain.ids import UserId
from desktop.domain.invitations import colleagues, in_order, may_answer
from tests.builders import make_account, make_event

ME, ANNA, BORIS = UserId("7"), UserId("12"), UserId("13")


def asked(**more):
    people = (
        Attendee(ME),
        Attendee(BORIS, participation=Participation.ACCEPTED),
        Attendee(ANNA, participation=Participation.ORGANIZER),
    )
    values = {"participation": Participation.NEEDS_ACTION, "read_only": True, "attendees": people}
    return make_event(**{**values, "organizer": ANNA, **more})


@pytest.mark.parametrize(
    ("changes", "is_invited"),
    [
        ({}, True),
        ({"participation": Participation.DECLINED}, True),
        ({"participation": Participation.ORGANIZER}, False),
        ({"participation": None}, False),
        ({"read_only": False}, False),
        ({"status": EventStatus.CANCELLED}, False),
    ],
)
def test_only_somebody_elses_meeting_that_takes_place_can_be_answered(changes, is_invited):
    assert asked(**changes).invited is is_invited


def test_the_account_has_to_carry_the_answer():
    able = make_account()
    assert may_answer(asked(), able)
    assert not may_answer(asked(), None)
    assert not may_answer(asked(), make_account(kind=AccountKind.LOCAL))
    assert not may_answer(asked(), replace(able, capabilities=Capabilities(calendar=False)))


def test_the_organizer_comes_first_and_my_newest_answer_is_told():
    event = asked(participation=Participation.ACCEPTED)

    told = in_order(event, ME)

    assert [one.user for one in told] == [ANNA, ME, BORIS]
    assert told[1].participation is Participation.ACCEPTED


def test_colleagues_are_those_who_are_invited():
    assert colleagues(asked()) == (ME, BORIS)
