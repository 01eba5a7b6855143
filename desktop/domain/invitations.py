"""Invitations: meetings that somebody else calls, and the user's answer. All pure."""

from dataclasses import replace

from desktop.domain.account import Account, AccountKind
from desktop.domain.event import Attendee, Event, Participation
from desktop.domain.ids import UserId

ANSWERS = (Participation.ACCEPTED, Participation.DECLINED, Participation.NEEDS_ACTION)
"""What can be answered; the last takes an answer back."""


def may_answer(event: Event, account: Account | None) -> bool:
    """Whether the user can answer it through its account."""
    return (
        event.invited
        and account is not None
        and account.kind is not AccountKind.LOCAL
        and account.capabilities.calendar
    )


def in_order(event: Event, me: UserId | None) -> tuple[Attendee, ...]:
    """Who is invited: the organizer first, then as the server lists them.

    The user's own answer is the newest one, which may wait to be sent.
    """
    mine = event.participation
    told = [
        replace(one, participation=mine) if one.user == me and me and mine is not None else one
        for one in event.attendees
    ]
    return tuple(sorted(told, key=lambda one: not _calls(one, event)))


def colleagues(event: Event) -> tuple[UserId, ...]:
    """The colleagues who are invited, without whoever calls it."""
    return tuple(one.user for one in event.attendees if one.user and not _calls(one, event))


def _calls(attendee: Attendee, event: Event) -> bool:
    if attendee.participation is Participation.ORGANIZER:
        return True
    return attendee.user is not None and attendee.user == event.organizer
