"""A booked meeting as a card: good to look at, allowed by the portal, and read back."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.event import EventKind, Priority, Reminder
from desktop.services.api.bitrix24.activities.card_layout import (
    CardContent,
    CardPerson,
    card_layout,
    content_from,
)
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, CrmBooking
from desktop.services.api.bitrix24.activities.layout.blocks import Deadline, WithTitle
from desktop.services.api.bitrix24.activities.layout.layout import layout_wire
from tests.services.api.bitrix24.hostile import ANY

ALEX = CardPerson("Alex Vronsky", "/crm/contact/details/43/")
ANNA = CardPerson("Anna Karenina", "/crm/contact/details/44/")
DEMO = CardContent(
    "Online demo",
    CrmBooking("Agenda", EventKind.MEETING, 45, (), "Office", Priority.HIGH),
    (ALEX, ANNA),
    "parley://show?at=2026-11-17",
)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


_bookings = st.builds(
    CrmBooking,
    st.text(max_size=60).map(_lines).map(_lines),
    st.sampled_from(EventKind),
    st.integers(1, LONGEST_MIN),
    st.just(()),
    st.text(max_size=30).map(lambda text: " ".join(text.split())),
    st.sampled_from(Priority),
)


def test_the_card_says_when_how_long_where_and_with_whom():
    layout = card_layout(DEMO)
    blocks = dict(layout.blocks)

    assert list(blocks) == ["when", "length", "place", "with", "with1", "note"]
    assert blocks["when"] == WithTitle("When", Deadline(), inline=True)
    assert [tag.title for _key, tag in layout.header.tags] == ["Important"]


def test_the_buttons_open_the_contact_and_parley():
    footer = card_layout(DEMO).footer
    assert footer is not None
    assert footer.menu is not None

    wire = layout_wire(card_layout(DEMO))["footer"]
    assert isinstance(wire, dict)
    uris = [one["action"]["uri"] for one in wire["buttons"].values()]
    assert uris == ["/crm/contact/details/43/", "parley://show?at=2026-11-17"]
    assert [item.title for _key, item in footer.menu.items] == ["Anna Karenina"]


@given(st.text(min_size=1, max_size=30), _bookings, st.lists(st.text(max_size=9), max_size=12))
def test_every_booking_is_allowed_and_read_back(title, booking, names):
    people = [CardPerson(name, "/crm/") for name in names]
    wire = layout_wire(card_layout(CardContent(title, booking, people)))
    told = content_from(wire, booking.reminders)

    assert told is not None
    assert (told.title, told.booking) == (title.strip() or "–", booking)


def test_reminders_come_from_the_fields_beside_the_layout():
    told = content_from(layout_wire(card_layout(DEMO)), (Reminder(5),))

    assert told is not None
    assert told.booking.reminders == (Reminder(5),)


@given(ANY)
def test_a_layout_that_is_none_is_not_believed(raw):
    told = content_from(raw)

    assert told is None or isinstance(told.title, str)
