"""What somebody does in journeys again and again."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.domain.timespan import TimeSpan
from tests.journeys.person import LEFT, Person
from tests.journeys.stage import Stage
from tests.servers.portal import Portal


async def sign_in(person: Person, portal: Portal) -> None:
    """Through the welcome page's Bitrix24 door."""
    await sign_in_by(person, portal.webhook_url)


async def sign_in_by(person: Person, webhook: str) -> None:
    """Through that door with this webhook."""
    await person.until_seen("addBitrix24Button")
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    await finish_sign_in(person, webhook)
    await person.until_gone("welcomeWizard")


async def finish_sign_in(person: Person, webhook: str) -> None:
    """Paste an address, test it, take it."""
    person.write("webhookUrlField", webhook)
    person.click("accountTestButton")
    finish = person.see(QPushButton, "accountFinishButton")
    await person.until(finish.isEnabled, "the test of the connection")
    person.click("accountFinishButton")


async def enter_signed_in(stage: Stage, portal: Portal) -> Person:
    """The program with the portal's account, after its first sync."""
    person = await stage.enter()
    await sign_in(person, portal)
    await person.until_status("Up to date")
    return person


async def open_card(person: Person, query: str, name: str) -> None:
    """Find a contact by keyboard and open the card."""
    person.press(Qt.Key.Key_Slash)
    person.type(query)
    await person.until(lambda: any(name in row for row in person.names("contactList")), name)
    person.press(Qt.Key.Key_Return)
    await person.until_read(name, "contactCard")


def upper(rect: QRect) -> QPoint:
    """A point just inside the upper edge."""
    return QPoint(rect.center().x(), rect.top() + 1)


def lower(rect: QRect) -> QPoint:
    """A point on the lower edge."""
    return QPoint(rect.center().x(), rect.bottom())


async def drag_over(person: Person, span: TimeSpan) -> None:
    """Press at the start, let go at the end."""
    person.calendar.show_time(span)
    rect = person.rect_of(span)
    await person.drag(upper(rect), lower(rect))
    await person.until_seen("eventPopover")


async def until_chosen(person: Person, title: str) -> None:
    """Waits for what was booked to be drawn and selected: now the grid stands still."""
    await person.until_drawn(title)
    booked = person.entry(title).event.id
    await person.until(lambda: (person.calendar.state.selected or ("",))[0] == booked, "a choice")
    await person.until_seen("sidePane")  # which makes the columns narrower
    await person.until_still()


async def book_by_drag(person: Person, span: TimeSpan, title: str) -> None:
    """A quick event, by mouse and Enter."""
    await drag_over(person, span)
    person.type(title)
    person.press(Qt.Key.Key_Return)
    await until_chosen(person, title)


def span_of(person: Person, title: str) -> TimeSpan:
    """When the event of this title is drawn."""
    when = person.entry(title).when
    assert isinstance(when, TimeSpan)
    return when


def add_alex(portal: Portal, **fields: Any) -> int:
    """Somebody to meet; a field that is None is left out."""
    values = {"PHONE": "+49 30 100 10 20", "ASSIGNED_BY_ID": 7, **fields}
    given = {name: value for name, value in values.items() if value is not None}
    return portal.control.add_contact(NAME="Alex", LAST_NAME="Vronskij", **given)


async def book_with_alex(person: Person, span: TimeSpan, title: str) -> None:
    """A meeting with a contact from the popover: the CRM has it as an activity."""
    await drag_over(person, span)
    person.type(title)
    person.press(Qt.Key.Key_Tab)
    person.type("vronskij")
    await person.until_seen("popoverContactList")
    person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_Return)
    await until_chosen(person, title)


async def move_by_drag(person: Person, title: str, to: TimeSpan) -> None:
    """Takes an event by its middle and lets it go so that it begins at ``to``."""
    person.calendar.show_time(to)
    place, target = person.rect_of_entry(title), person.rect_of(to)
    grip = QPoint(place.left() + 20, place.center().y())
    await person.drag(grip, grip + (target.topLeft() - place.topLeft()))
    await person.until(lambda: span_of(person, title) == to, f"{title} to move")
    await person.until_seen("sidePane")
    await person.until_still()


async def delete_by_key(person: Person, title: str) -> None:
    """Selects an event and presses Delete."""
    person.calendar.show_time(person.entry(title).when)
    QTest.mouseClick(person.grid, LEFT, pos=person.rect_of_entry(title).center())
    person.press(Qt.Key.Key_Delete)
    await person.until(lambda: not person.entries(title), f"{title} to go")
