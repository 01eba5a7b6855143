"""A to-do's lines: written to be read by people, and read back whatever they wrote around them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import EventKind, Priority, Reminder
from desktop.domain.ids import OpId
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, CrmBooking
from desktop.services.api.bitrix24.activities.todo_text import read, written
from desktop.services.api.bitrix24.markers import marker_line, split_marker

REF = marker_line(OpId("op"))
WHOLE = CrmBooking(
    "Bring the revised offer",
    EventKind.MEETING,
    60,
    (Reminder(15), Reminder(0)),
    "Office, room 3",
    Priority.HIGH,
)

_reminders = st.lists(st.integers(0, LONGEST_MIN).map(Reminder), max_size=10, unique=True).map(
    tuple
)
_bookings = st.builds(
    CrmBooking,
    st.text(max_size=60).map(lambda text: "\n".join(text.split("\r")).strip()),
    st.sampled_from(EventKind),
    st.integers(1, LONGEST_MIN),
    _reminders,
    st.text(max_size=30).map(lambda text: " ".join(text.split())),
    st.sampled_from(Priority),
)


def test_the_lines_are_readable_and_stand_below_the_note():
    assert written(WHOLE, REF) == (
        "Bring the revised offer\n\n"
        "Meeting, 60 min, remind 15+0 min, important\n"
        "Place: Office, room 3\n"
        f"{REF}"
    )


def test_a_plain_to_do_is_its_note_alone():
    assert written(CrmBooking("Call back")) == "Call back"
    assert read("Call back") == (CrmBooking("Call back"), "")


@given(_bookings, st.sampled_from([REF, ""]))
def test_what_is_written_is_read_back(booking, ref):
    text = written(booking, ref)

    assert read(text) == (booking, ref)
    assert read(text.replace("\n", "\r\n")) == (booking, ref)


@given(_bookings)
def test_the_marker_is_always_the_last_line(booking):
    assert split_marker(written(booking, REF))[1] == REF


@given(_bookings, _bookings)
def test_lines_that_somebody_pasted_into_the_note_do_not_mislead(booking, pasted):
    note = f"{written(pasted, marker_line(OpId('another')))}\n\n{booking.note} below"
    whole = CrmBooking(
        note.strip(),
        booking.kind,
        booking.minutes,
        booking.reminders,
        booking.place,
        booking.priority,
    )

    assert read(written(whole, REF)) == (whole, REF)


def test_what_a_colleague_wrote_below_belongs_to_the_note():
    text = f"{written(WHOLE, REF)}\n\nHe asked for the price list."
    booking, ref = read(text)

    assert ref == REF
    assert booking.note == "Bring the revised offer\n\nHe asked for the price list."
    assert (booking.minutes, booking.place) == (60, "Office, room 3")


def test_a_marker_without_the_other_lines_is_found():
    assert read(f"Ask for the order\n{REF}") == (CrmBooking("Ask for the order"), REF)


@given(st.text(alphabet="Meeting, 60 min\nPlace: Ref. P-0ABC+remind ", max_size=120))
def test_no_text_is_too_odd_to_be_read(text):
    booking, _ref = read(text)

    assert 1 <= booking.minutes <= LONGEST_MIN
