"""What a to-do has no field for, kept as readable lines at the end of its description.

A to-do is a title, a deadline and a text. How long a booking takes, its place, its reminders and
its importance stand in the text, so that colleagues read them in the CRM and Parley reads them
back. How long, not until when: a colleague who moves the deadline moves the whole meeting.

    Bring the revised offer

    Meeting, 60 min, remind 15 min, important
    Place: Office, room 3
    Ref. P-0123456789AB
"""

import re

from desktop.domain.event import EventKind, Priority, Reminder
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, CrmBooking

MOST_REMINDERS = 10

_KINDS = {EventKind.MEETING: "Meeting", EventKind.CALL: "Call", EventKind.EVENT: "To-do"}
_WEIGHTS = {Priority.HIGH: "important", Priority.LOW: "unimportant"}
_PLACE = "Place: "
_FACTS = (
    r"(?P<kind>Meeting|Call|To-do), (?P<minutes>[0-9]{1,6}) min"
    r"(?:, remind (?P<remind>[0-9]{1,6}(?:\+[0-9]{1,6}){0,9}) min)?"
    r"(?:, (?P<weight>important|unimportant))?"
    rf"[ \t]*(?:\n{_PLACE}(?P<place>[^\n]+))?"
)
_REF = r"[ \t]*(?P<ref>Ref\. P-[0-9A-HJKMNP-TV-Z]{12})[ \t]*"
_AT_THE_END = re.compile(rf"(?:\A|\n){_FACTS}(?:\n{_REF})?\s*\Z")
_WITHIN = re.compile(rf"(?:\A|\n){_FACTS}\n{_REF}(?=\n)")
_REF_ALONE = re.compile(rf"(?:\A|\n){_REF}\s*\Z")


def written(booking: CrmBooking, ref: str = "") -> str:
    """The description; ``ref`` is the line that finds a to-do of ours again.

    Nothing but the note where there is nothing else to tell.
    """
    lines = []
    if ref or booking != CrmBooking(booking.note):
        lines.append(_facts(booking))
        place = " ".join(booking.place.split())
        lines += [part for part in (place and _PLACE + place, ref) if part]
    note = _unix(booking.note).strip()
    return "\n\n".join(part for part in (note, "\n".join(lines)) if part)


def read(description: str) -> tuple[CrmBooking, str]:
    """What `written` was given. Text that colleagues wrote around the lines belongs to the note."""
    text = _unix(description)
    match = _AT_THE_END.search(text) or next(_WITHIN.finditer(text), None)
    if match is None:
        alone = _REF_ALONE.search(text)
        if alone is None:
            return CrmBooking(text.strip()), ""
        return CrmBooking(text[: alone.start()].strip()), alone["ref"]
    around = (text[: match.start()].strip(), text[match.end() :].strip())
    booking = CrmBooking(
        "\n\n".join(part for part in around if part),
        next(kind for kind, word in _KINDS.items() if word == match["kind"]),
        _within(int(match["minutes"])),
        _reminders(match["remind"]),
        (match["place"] or "").strip(),
        next((p for p, word in _WEIGHTS.items() if word == match["weight"]), Priority.NORMAL),
    )
    return booking, match["ref"] or ""


def _facts(booking: CrmBooking) -> str:
    facts = [_KINDS[booking.kind], f"{_within(booking.minutes)} min"]
    if booking.reminders:
        counts = [str(one.minutes_before) for one in booking.reminders[:MOST_REMINDERS]]
        facts.append(f"remind {'+'.join(counts)} min")
    if booking.priority in _WEIGHTS:
        facts.append(_WEIGHTS[booking.priority])
    return ", ".join(facts)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _within(minutes: int) -> int:
    return min(max(minutes, 1), LONGEST_MIN)


def _reminders(counts: str | None) -> tuple[Reminder, ...]:
    minutes = dict.fromkeys(int(one) for one in (counts or "").split("+") if one)
    return tuple(Reminder(one) for one in minutes if one <= LONGEST_MIN)
