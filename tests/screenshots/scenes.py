"""What is photographed, in the order of a first day with Parley."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from tests.builders import THURSDAY, WEDNESDAY
from tests.journeys.deeds import sign_in
from tests.journeys.person import Person
from tests.screenshots import story
from tests.screenshots.studio import SIZE, Studio, at_home, book, call_it, span
from tests.servers.portal import Portal

CONTACTS_CSV = """\
First name;Last name;Company;Phone;E-mail;City
Greta;Lindqvist;Fjord Foods;+46 8 550 101 00;greta@fjord.example;Stockholm
Jonas;Müller;Rheinwerk GmbH;+49 221 900 30 01;mueller@rheinwerk.example;Köln
Priya;Raman;Lotus Labs;+44 20 7946 0456;priya@lotus.example;London
;;;;not an address;
Tomás;Rivera;Puerto Azul;+34 91 555 01 77;rivera@azul.example;Madrid
"""


async def first_run(studio: Studio, portal: Portal) -> None:
    """The welcome, the step of Bitrix24, an empty calendar, an import."""
    person = await enter(studio)
    window = person.application.window
    await person.until_seen("addBitrix24Button")
    await studio.both("welcome", window)
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    person.write("webhookUrlField", portal.webhook_url)
    person.click("accountTestButton")
    await person.until(person.see(QPushButton, "accountFinishButton").isEnabled, "the test")
    await studio.both("bitrix24", window)
    person.click("accountBackButton")
    await person.until_seen("addLocalButton")
    person.click("addLocalButton")
    await person.until_seen("localNameField")
    person.see(QCheckBox, "sampleDataCheck").setChecked(False)
    await studio.picture("this-computer", window)
    person.click("accountFinishButton")
    await person.until_gone("welcomeWizard")
    await studio.both("empty", window)
    file = studio.profile.parent / "contacts.csv"
    file.write_text(CONTACTS_CSV, "utf-8")
    person.application._running.back._back.files.look_at(file)
    await person.until_seen("importDialog")
    await studio.both("import", person.see(QWidget, "importDialog"))
    await studio.leave(person)


async def a_week(studio: Studio, portal: Portal) -> None:
    """The filled window, the dialog, no network, trouble, a conflict."""
    person = await enter(studio)
    await sign_in(person, portal)
    await person.until_status("Up to date")
    await call_it(person, "acme.bitrix24.com · Anna Titova")
    await at_home(person)
    for plan in story.MEETINGS:
        await book(person, plan)
    await person.until(lambda: len(portal.control.activities()) == len(story.MEETINGS), "the CRM")
    await person.until_status("Up to date")
    person.application.window.toast.hide()
    await at_the_client(studio, person)
    await dialog(studio, person)
    await on_the_train(studio, person, portal)
    await both_changed(studio, person, portal)
    await trouble(studio, person, portal)
    await studio.leave(person)


async def enter(studio: Studio) -> Person:
    """The program in the size of the pictures."""
    person = await studio.enter()
    person.application.window.resize(*SIZE)
    return person


async def at_the_client(studio: Studio, person: Person) -> None:
    """A search, the card of who was found, the week."""
    person.write("contactSearchField", "vron")
    await person.until(lambda: len(person.names("contactList")) >= 4, "the four of them")
    person.press(Qt.Key.Key_Return, on=person.see(QLineEdit, "contactSearchField"))
    await person.until_read("Alex Vronsky", "contactCard")
    person.see(QLineEdit, "contactSearchField").setFocus()
    await studio.both("main", person.application.window)


async def dialog(studio: Studio, person: Person) -> None:
    """A meeting with the contact that is shown."""
    person.application.window.setFocus()
    person.press(Qt.Key.Key_M, on=person.application.window)
    await person.until_seen("meetingDialog")
    await studio.both("meeting", person.see(QWidget, "meetingDialog"))
    person.press(Qt.Key.Key_Escape, on=person.see(QWidget, "meetingDialog"))
    await person.until_gone("meetingDialog")


async def on_the_train(studio: Studio, person: Person, portal: Portal) -> None:
    """The portal is away; what is booked waits."""
    portal.stop()
    for plan in story.WAITING:
        await book(person, plan)
    await person.until_status("Offline · 2 changes waiting")
    person.application.window.toast.hide()
    await studio.both("offline", person.application.window)
    person.application._running.front.actions.show_outbox.trigger()
    await person.until_seen("syncPanel")
    await studio.both("outbox", person.see(QWidget, "syncPanel"))
    person.see(QWidget, "syncPanel").close()
    portal.start()
    await person.until_status("Up to date")


async def both_changed(studio: Studio, person: Person, portal: Portal) -> None:
    """A colleague and I moved the same event, each without knowing of the other."""
    portal.control.fail("OVERLOAD_LIMIT", times=-1)
    entry = person.entry("Offer review")
    schedule = person.application._running.backend.schedule
    await schedule.move(entry.event.id, span(WEDNESDAY, (15, 16)))
    (number,) = [one["id"] for one in portal.control.events() if one["name"] == "Offer review"]
    start, end = (story.at(THURSDAY, hour).isoformat() for hour in (11, 12))
    fields = {"id": number, "type": "user", "ownerId": 7, "name": "Offer review with Olga"}
    zones = {"timezone_from": story.ZONE, "timezone_to": story.ZONE}
    portal.control.call(
        "calendar.event.update", {**fields, **zones, "from": start, "to": end}, by=7
    )
    portal.control.clear_faults()
    await person.until_status("Needs attention")
    person.application._running.front.actions.show_outbox.trigger()
    await person.until_seen("syncPanel")
    await studio.both("outbox-conflict", person.see(QWidget, "syncPanel"))
    person.click_text("Choose a version", "syncPanel")
    await person.until_seen("conflictSheet")
    await studio.both("conflict", person.see(QWidget, "conflictSheet"))
    person.click("keepMineButton")
    await person.until_gone("conflictSheet")
    person.see(QWidget, "syncPanel").close()
    await person.until_status("Up to date")


async def trouble(studio: Studio, person: Person, portal: Portal) -> None:
    """The webhook is gone: the only thing that somebody has to do."""
    portal.control.revoke()
    await person.until_status("Needs attention")
    await studio.both("attention", person.application.window)
    person.application._running.front.actions.show_outbox.trigger()
    await person.until_seen("syncPanel")
    await studio.both("attention-panel", person.see(QWidget, "syncPanel"))
    person.see(QWidget, "syncPanel").close()
