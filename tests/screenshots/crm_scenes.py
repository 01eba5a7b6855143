"""What is photographed of the CRM: the card with its deals, colleagues, series, outcomes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.builders import TUESDAY
from tests.journeys.deeds import open_card, sign_in
from tests.journeys.person import LEFT, Person
from tests.screenshots import story
from tests.screenshots.crm_story import FIELDS
from tests.screenshots.scenes import enter
from tests.screenshots.studio import Studio, book, call_it, span
from tests.servers.portal import Portal


async def the_crm(studio: Studio, portal: Portal) -> None:
    """A portal in full use, seen from the window."""
    person = await enter(studio)
    await browser_way(studio, person, portal)
    await sign_in(person, portal)
    await person.until_status("Up to date")
    await call_it(person, "acme.bitrix24.com · Anna Titova")
    for plan in story.MEETINGS:
        await book(person, plan)
    await person.until(lambda: len(portal.control.activities()) == len(story.MEETINGS), "the CRM")
    await person.until_status("Up to date")
    person.application.window.toast.hide()
    await client(studio, person)
    await colleagues(studio, person)
    await invitation(studio, person)
    await series(studio, person)
    await outcome(studio, person)
    await accounts(studio, person)
    await studio.leave(person)


async def browser_way(studio: Studio, person: Person, portal: Portal) -> None:
    """The other door of Bitrix24; then back to the webhook's."""
    await person.until_seen("addBitrix24Button")
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    person.click_text("With the browser", "welcomeWizard")
    await person.until_seen("oauthPortalField")
    person.write("oauthPortalField", portal.url)
    person.write("oauthClientIdField", "local.6553c1b0e8a5d1.31480294")
    await studio.both("bitrix24-browser", person.application.window)
    person.click_text("With a webhook", "welcomeWizard")
    await person.until_seen("webhookUrlField")
    person.click("accountBackButton")
    await person.until_seen("addBitrix24Button")


async def client(studio: Studio, person: Person) -> None:
    """The card with deals, own fields, the timeline; a comment being written."""
    backend = person.application._running.backend
    (account,) = await backend.accounts.all()
    await backend.dossiers.choose_fields(account.id, tuple(name for name, *_more in FIELDS))
    person.application.window.setFocus()
    await open_card(person, "vronsky", "Alex Vronsky")
    await person.until_read("Annual licence 2027", "contactCard")
    await person.until_read("Sent the offer", "contactCard")
    await studio.both("client", person.application.window)


async def colleagues(studio: Studio, person: Person) -> None:
    """A meeting with two colleagues, their busy times beside the day."""
    person.application.window.setFocus()
    person.press(Qt.Key.Key_M, on=person.application.window)
    await person.until_seen("meetingDialog")
    if not person.sees("meetingAttendees"):
        person.click("meetingMore")
    await person.until_seen("meetingAttendees")
    line = person.see(QWidget, "meetingAttendeeSearch")
    for name in ("olga", "murat"):
        line.setFocus()
        person.type(name, on=line)
        person.press(Qt.Key.Key_Return, on=line)
    await person.until_read("busy times as of", "meetingDialog")
    await studio.both("colleagues", person.see(QWidget, "meetingDialog"))
    person.press(Qt.Key.Key_Escape, on=person.see(QWidget, "meetingDialog"))
    person.click_text("Discard", "meetingDialog")
    await person.until_gone("meetingDialog")


async def select(person: Person, title: str) -> None:
    """Click on the event of this title."""
    await person.until_drawn(title)
    person.calendar.show_time(person.entry(title).when)
    await person.until_still()
    QTest.mouseClick(person.grid, LEFT, pos=person.rect_of_entry(title).center())
    await person.until_seen("eventDetails")


async def invitation(studio: Studio, person: Person) -> None:
    """A colleague's meeting, with the answers so far."""
    await select(person, "Offer for Nordlicht: prices")
    await studio.both("invitation", person.application.window)


async def series(studio: Studio, person: Person) -> None:
    """Delete on one of a series."""
    title = "Coffee with the team"
    await person.until(lambda: len(person.entries(title)) > 1, "the series")
    one = next(one for one in person.entries(title) if one.when == span(TUESDAY, (8.5, 9)))
    person.calendar.show_time(one.when)
    await person.until_still()
    QTest.mouseClick(person.grid, LEFT, pos=person.rect_of(one.when).center())
    person.press(Qt.Key.Key_Delete, on=person.calendar)
    await person.until_seen("seriesSheet")
    await studio.both("series", person.see(QWidget, "seriesSheet"))
    person.click("seriesCancel")
    await person.until_gone("seriesSheet")


async def outcome(studio: Studio, person: Person) -> None:
    """What became of yesterday's meeting."""
    await select(person, "Acme NDA")
    person.press(Qt.Key.Key_O, on=person.calendar)
    await person.until_seen("outcomeSheet")
    person.press(Qt.Key.Key_H)
    person.type("Signed; wants the offer for the annual licence by Friday")
    await studio.both("outcome", person.see(QWidget, "outcomeSheet"))
    person.press(Qt.Key.Key_Escape)
    await person.until_gone("outcomeSheet")


async def accounts(studio: Studio, person: Person) -> None:
    """The accounts' cards, with what each portal allows."""
    person.trigger("accountsAction")
    await person.until_seen("accountsDialog")
    await person.until_read("Taken over", "accountsDialog")
    await studio.both("accounts", person.see(QWidget, "accountsDialog"))
    person.press(Qt.Key.Key_Escape)
    await person.until_gone("accountsDialog")
