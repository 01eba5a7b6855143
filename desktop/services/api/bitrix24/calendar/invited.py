"""Who is invited to an event, as it is sent and read: a list that is never left out by accident."""

import re

from desktop.domain.event import Event, Participation
from desktop.services.api.bitrix24.calendar.calendar_rows import EventRow
from desktop.services.api.bitrix24.values import as_flag, as_id, as_list, as_text
from desktop.services.api.bitrix24.wire import user_number

Fields = dict[str, object]

ANSWERS = {
    "H": Participation.ORGANIZER,
    "Y": Participation.ACCEPTED,
    "N": Participation.DECLINED,
    "Q": Participation.NEEDS_ACTION,
}
"""The portal's letters for an answer; the caller's own or that of an attendee."""

_LETTERS = {answer: letter for letter, answer in ANSWERS.items() if letter != "H"}
_USER_CODE = re.compile(r"^U(\d{1,15})$")
_OPTIONS = ("notify", "reinvite", "allow_invite", "hide_guests")
_USUAL: Fields = {"notify": True, "reinvite": False, "allow_invite": False, "hide_guests": False}


def letter_of(answer: Participation | None) -> str | None:
    """How an answer is told to the portal; None for what nobody can answer there."""
    return None if answer is None else _LETTERS.get(answer)


def invited_fields(wish: Event, user: str) -> Fields:
    """A new event's attendees, ``user`` who calls it among them; nothing where nobody else is."""
    colleagues = _numbers(wish) - {int(user)}
    if not colleagues:
        return {}
    return {
        "is_meeting": "Y",
        "attendees": sorted({int(user), *colleagues}),
        "meeting": dict(_USUAL),
    }


def kept_invited_fields(row: EventRow, wish: Event, base: Event, user: str = "") -> Fields:
    """The attendees again, with those whom ``user`` added or took out since ``base``.

    "It is a meeting" without the list would clear it; and whoever edits without being the
    organizer has to name them.
    """
    present = attendee_numbers(row)
    wanted, before = _numbers(wish), _numbers(base)
    host = as_id(row.meeting_host) or (as_id(row.owner_id) if stands_with_user(row) else user)
    fields: Fields = {}
    if as_flag(row.is_meeting) and as_id(row.meeting_host):
        fields["host"] = int(host)
    if wanted == before and (not as_flag(row.is_meeting) or not present):
        return fields  # what is not seen is not sent, and stays
    stays = {int(host)} if host else set()
    left = [one for one in present if one in stays or one not in before - wanted]
    first = sorted(stays - set(left))
    added = sorted(wanted - before - stays - set(left))
    attendees = [*first, *left, *added]
    return fields | {"is_meeting": "Y", "attendees": attendees, "meeting": _options(row)}


def attendee_numbers(row: EventRow) -> list[int]:
    """The portal's numbers of all who are invited, in its order."""
    listed = [as_id(one.get("id")) for one in as_list(row.attendee_list) if isinstance(one, dict)]
    if not listed:
        codes = (_USER_CODE.match(as_text(one)) for one in as_list(row.attendees_codes))
        listed = [code[1] for code in codes if code]
    return list(dict.fromkeys(int(one) for one in listed if one))


def own_copy(row: EventRow, user: str) -> str:
    """The number of the copy that ``user`` answers with; empty where there is none.

    Every attendee has a copy with a number of its own; in other calendars than the user's the
    organizer's is seen, which names it.
    """
    for one in as_list(row.attendee_list):
        if isinstance(one, dict) and as_id(one.get("id")) == user and as_id(one.get("entryId")):
            return as_id(one.get("entryId"))
    own = stands_with_user(row) and as_id(row.owner_id) in ("", user)
    return as_id(row.id) if own else ""


def stands_with_user(row: EventRow) -> bool:
    """Whether it is in somebody's own calendar: elsewhere its owner is no user."""
    return as_text(row.cal_type).lower() in ("", "user")


def answers_mark(row: EventRow) -> str:
    """Changes when somebody answers, which need not change the event's version."""
    if not as_flag(row.is_meeting):
        return ""
    given = sorted(
        f"{as_id(one.get('id'))}{as_text(one.get('status'))}"
        for one in as_list(row.attendee_list)
        if isinstance(one, dict)
    )
    return "|".join((as_text(row.meeting_status), *given))


def _numbers(event: Event) -> set[int]:
    return {number for one in event.attendees if (number := user_number(one.user)) is not None}


def _options(row: EventRow) -> Fields:
    """The meeting's options as they are there: what a portal does without them is not known."""
    told = row.meeting if isinstance(row.meeting, dict) else {}
    return {
        name: as_flag(told[name.upper()]) if name.upper() in told else _USUAL[name]
        for name in _OPTIONS
    }
