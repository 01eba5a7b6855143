from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.domain.contact import PostalAddress
from desktop.domain.event import CalendarEntry, DeliveryMark, Occurrence
from desktop.domain.localtime import LocalTime, LocalTimeSource
from desktop.services.contacts import ContactCard
from desktop.ui.contacts.card import ContactCardView
from desktop.ui.contacts.card_rows import mail_url, phone_url
from desktop.ui.contacts.local_time_box import LocalTimeBox
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.labels import PlainLabel
from tests.builders import (
    MOSCOW,
    NOW,
    THURSDAY,
    TUESDAY,
    Clock,
    make_contact,
    make_event,
    make_span,
)
from tests.ui.children import child
from tests.ui.contacts.dossiers import FULL

ALEX = make_contact(
    "1",
    "Alex Vronsky",
    company="Acme <b>GmbH</b>",
    position="CEO",
    phone="+49 30 100-10-20",
    email="alex@acme.de",
    address=PostalAddress("Friedrichstr. 12", "Berlin"),
)


def entry(event_id: str, summary: str, span) -> CalendarEntry:
    event = make_event(event_id, summary, span)
    return CalendarEntry(Occurrence(event, span), "#15803D")


CARD = ContactCard(
    contact=ALEX,
    account_title="Bitrix24 · Anna",
    local_time=LocalTime("Europe/Berlin", "Berlin", LocalTimeSource.PHONE),
    next_entry=entry("e1", "Demo", make_span(THURSDAY, zone=MOSCOW)),
    recent=(entry("e0", "First call", make_span(TUESDAY.replace(day=3), zone=MOSCOW)),),
    free=(make_span(TUESDAY, hours=(13, 14), zone=MOSCOW),),
    as_of=NOW,
    pinned=False,
    mark=DeliveryMark.SETTLED,
)


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def opened() -> list[QUrl]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot, opened, clock) -> ContactCardView:
    view = ContactCardView(clock, MOSCOW, open_url=opened.append)
    qtbot.addWidget(view)
    view.resize(300, 700)
    view.show_card(CARD)
    view.show()
    return view


def texts(view: QWidget) -> str:
    labels = [w.whole_text() for w in view.findChildren(PlainLabel) if w.isVisible()]
    buttons = [w.accessibleName() for w in view.findChildren(QPushButton) if w.isVisible()]
    return "\n".join(labels + buttons)


def button(view: QWidget, name: str) -> QPushButton:
    found = [w for w in view.findChildren(QPushButton) if w.accessibleName().startswith(name)]
    assert found, f"no button {name}"
    return found[0]


def test_it_says_who_it_is_in_plain_text(view):
    assert view.objectName() == "contactCard"
    assert "Alex Vronsky" in texts(view)
    assert "CEO · Acme <b>GmbH</b>" in texts(view)
    assert "Friedrichstr. 12, Berlin" in texts(view)


def test_it_tells_their_time_and_how_we_know(view):
    box = child(view, LocalTimeBox)

    assert box.accessibleName() == ("09:00 in Berlin · 2 h behind you, from the phone code")


def test_their_time_moves_on_with_the_minute(view, clock):
    clock.forward(minutes=1)
    view.refresh_times()

    assert child(view, LocalTimeBox).accessibleName().startswith("09:01")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Kolkata", "2 h 30 min ahead of you"),
        ("Europe/Moscow", "same time as you"),
        ("Europe/London", "3 h behind you"),
    ],
)
def test_the_distance_to_their_clock_is_told(view, zone, words):
    view.show_card(replace(CARD, local_time=LocalTime(zone, "there", LocalTimeSource.MANUAL)))

    assert words in child(view, LocalTimeBox).accessibleName()
    assert "set by hand" in child(view, LocalTimeBox).accessibleName()


def test_an_unknown_zone_is_not_guessed(view):
    view.show_card(replace(CARD, local_time=None))

    assert child(view, LocalTimeBox).isHidden()


def test_the_button_and_a_free_hour_book(qtbot, view):
    schedule = child(view, QPushButton, "scheduleMeetingButton")
    with qtbot.waitSignal(view.schedule_requested) as wished:
        qtbot.mouseClick(schedule, Qt.MouseButton.LeftButton)
    assert wished.args == [ALEX.id, None]

    with qtbot.waitSignal(view.schedule_requested) as wished:
        qtbot.mouseClick(child(view, Chip), Qt.MouseButton.LeftButton)
    assert wished.args == [ALEX.id, CARD.free[0]]
    assert child(view, Chip).text() == "Tue 13:00"


def test_the_focus_goes_where_a_meeting_is_booked(qtbot, view):
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)

    view.focus_card()

    assert child(view, QPushButton, "scheduleMeetingButton").hasFocus()


def test_a_phone_and_an_email_go_to_the_system(qtbot, view, opened):
    qtbot.mouseClick(button(view, "+49 30"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(view, "alex@"), Qt.MouseButton.LeftButton)

    assert [url.toString() for url in opened] == ["tel:+49301001020", "mailto:alex@acme.de"]


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (phone_url("8 (800) 100-10-20 доб. 5"), "tel:880010010205"),
        (phone_url(" +1 555;ext=1"), "tel:+15551"),
        (mail_url("a@b.c?bcc=x@y.z&body=hi"), "mailto:a@b.c%3Fbcc%3Dx@y.z%26body%3Dhi"),
    ],
)
def test_nothing_can_be_smuggled_into_an_address(url: QUrl, text: str):
    assert url.toString(QUrl.ComponentFormattingOption.FullyEncoded) == text


def test_copying_puts_the_number_on_the_clipboard_and_says_so(qtbot, view):
    copy = next(w for w in view.findChildren(QToolButton) if "+49" in w.accessibleName())

    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == "+49 30 100-10-20"
    assert copy.accessibleName() == "Copied +49 30 100-10-20"


def test_meetings_open(qtbot, view):
    assert "Thu 19 Nov, 10:00 – 11:00" in texts(view)

    with qtbot.waitSignal(view.event_activated) as activated:
        qtbot.mouseClick(button(view, "Thu 19 Nov"), Qt.MouseButton.LeftButton)
    assert activated.args == ["e1", None]
    with qtbot.waitSignal(view.event_activated) as activated:
        qtbot.mouseClick(button(view, "3 Nov"), Qt.MouseButton.LeftButton)
    assert activated.args == ["e0", None]


def test_somebody_new_has_no_meetings_in_words(view):
    view.show_card(replace(CARD, next_entry=None, recent=()))

    assert "No meetings with this contact yet." in texts(view)


def test_nobody_can_be_reached_without_phone_and_email(qtbot, view):
    silent = replace(ALEX, phones=(), emails=())
    view.show_card(replace(CARD, contact=silent))
    banner = child(view, NoticeBanner)

    assert not banner.isHidden()
    assert banner.action_text() == "Add one"
    with qtbot.waitSignal(view.edit_requested):
        banner.acted.emit()
    view.show_card(replace(CARD, contact=replace(silent, read_only=True)))
    assert banner.action_text() == ""


def test_a_record_that_cannot_be_changed_offers_no_change(view):
    view.show_card(replace(CARD, contact=replace(ALEX, read_only=True)))

    more = next(w for w in view.findChildren(QToolButton) if w.accessibleName() == "More")
    assert more.isHidden()


def test_pinning_is_a_wish(qtbot, view):
    pin = next(w for w in view.findChildren(QToolButton) if w.accessibleName() == "Pin")

    with qtbot.waitSignal(view.pin_requested) as wished:
        qtbot.mouseClick(pin, Qt.MouseButton.LeftButton)
    assert wished.args == [ALEX.id, True]

    view.show_card(replace(CARD, pinned=True))
    assert pin.accessibleName() == "Unpin"


def test_newer_values_leave_the_focus_where_it_is(qtbot, view):
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    button(view, "alex@").setFocus()

    view.show_card(replace(CARD, pinned=True, mark=DeliveryMark.WAITING))

    assert button(view, "alex@").hasFocus()
    assert "Changes waiting to be sent" in texts(view)


def test_the_longest_names_leave_no_part_outside(view):
    monster = replace(ALEX, family_name="x" * 300, company="Ж" * 200, position="ש" * 80)
    view.show_card(replace(CARD, contact=monster))
    view.resize(260, 700)

    assert view.widget().minimumSizeHint().width() <= 260


def test_it_says_how_old_it_is(view):
    assert "As of 11:00" in texts(view)


def test_a_comment_is_typed_in_sight_with_its_buttons(qtbot, view):
    view.resize(300, 320)
    view.show_dossier(replace(FULL, contact=ALEX.id, commentable=True))
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    button = child(view, QPushButton, "addCommentButton")
    view.ensureWidgetVisible(button)

    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)

    save = child(view, QPushButton, "saveCommentButton")
    qtbot.waitUntil(lambda: save.visibleRegion().boundingRect().height() == save.height())
