"""Journey 7: the doors, the sample, and each way in which a sign-in fails, in its own words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desktop.services.api.trust import trusted_context
from tests.builders import TUESDAY
from tests.journeys.deeds import book_by_drag, enter_signed_in, finish_sign_in, open_card
from tests.journeys.person import Person
from tests.journeys.stage import Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

CALENDAR_FILE = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tests//EN
BEGIN:VEVENT
UID:fair@example.com
DTSTAMP:20261101T000000Z
DTSTART:20261117T090000Z
DTEND:20261117T100000Z
SUMMARY:Trade fair
LOCATION:Hall 3
END:VEVENT
BEGIN:VEVENT
UID:broken@example.com
DTSTAMP:20261101T000000Z
SUMMARY:Without a start
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")
CARDS_FILE = b"""BEGIN:VCARD
VERSION:3.0
N:Orlova;Vera;;;
FN:Vera Orlova
TEL:+49 30 777 88 99
END:VCARD
""".replace(b"\n", b"\r\n")
TABLE_FILE = "Vorname;Nachname;Firma;Telefon\nJürgen;Müller;Acme GmbH;+49 89 123456\n".encode()


async def enter_locally(stage: Stage, *, sample: bool = False) -> Person:
    """Through the door of this computer."""
    person = await stage.enter()
    await person.until_seen("addLocalButton")
    person.click("addLocalButton")
    if sample:
        person.click("sampleDataCheck")
    person.click("accountFinishButton")
    await person.until_gone("welcomeWizard")
    return person


async def choose_file(person: Person, dialog_name: str, path: Path) -> None:
    """Types a path into the dialog that asks for a file."""
    await person.until_seen(dialog_name)
    dialog = person.see(QFileDialog, dialog_name)
    name = dialog.findChildren(QLineEdit, "fileNameEdit")[0]
    name.selectAll()
    person.type(str(path), on=name)
    person.press(Qt.Key.Key_Return, on=name)
    await person.until_gone(dialog_name)


async def import_file(person: Person, path: Path) -> None:
    """Menu, file, preview, Import, Close."""
    person.trigger("importAction")
    await choose_file(person, "importFileDialog", path)
    await person.until_seen("importDialog")
    button = person.see(QPushButton, "importButton")
    await person.until(button.isEnabled, "the preview")
    person.click("importButton")
    await person.until(lambda: button.text() == "Close", "the import")
    person.click("importButton")
    await person.until_gone("importDialog")


async def test_this_computer_works_without_any_server_and_remembers(stage: Stage) -> None:
    async with stage:
        person = await enter_locally(stage)
        await person.until_status("Saved on this computer")
        await book_by_drag(person, hours(TUESDAY, 14, 15), "Dentist")
        await stage.leave(person)

        again = await stage.enter()
        await again.until_drawn("Dentist")
        assert not again.sees("welcomeWizard")


async def test_sample_data_is_taken_away_without_a_trace(stage: Stage) -> None:
    async with stage:
        person = await enter_locally(stage, sample=True)
        await person.until(lambda: len(person.entries()) > 3, "a filled week")
        person.press(Qt.Key.Key_Slash)
        person.type("a")
        await person.until(lambda: person.names("contactList"), "somebody")

        person.trigger("accountsAction")
        await person.until_seen("accountsDialog")
        await person.until_seen("removeAccountButton")
        person.click("removeAccountButton")
        await person.until_seen("removalSheet")
        await person.until(
            person.see(QPushButton, "confirmRemovalButton").isEnabled, "the count of what goes"
        )
        person.click("confirmRemovalButton")
        await person.until_gone("removalSheet")
        person.click_text("Close", "accountsDialog")
        await person.until_seen("welcomeWizard")
        await person.until(lambda: not person.names("contactList"), "the people to go")
        await stage.leave(person)

        again = await stage.enter()
        await again.until_seen("welcomeWizard")
        assert again.entries() == []
        assert again.names("contactList") == []


async def test_files_of_other_programs_come_in_and_go_out_by_the_dialogs(
    stage: Stage, tmp_path: Path
) -> None:
    files = {"week.ics": CALENDAR_FILE, "card.vcf": CARDS_FILE, "table.csv": TABLE_FILE}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    async with stage:
        person = await enter_locally(stage)
        for name in files:
            await import_file(person, tmp_path / name)
        await person.until_drawn("Trade fair")
        assert person.entries("Without a start") == []
        await open_card(person, "muller", "Jürgen Müller")
        await open_card(person, "orlova", "Vera Orlova")

        for export, ending in (("Calendar (.ics)", "ics"), ("Contacts as vCards (.vcf)", "vcf")):
            person.trigger("accountsAction")
            await person.until_seen("exportButton")
            menu = person.see(QPushButton, "exportButton").menu()
            next(one for one in menu.actions() if one.text() == export).trigger()
            await choose_file(person, "exportFileDialog", tmp_path / f"out.{ending}")
            await person.until_read(f"Written: out.{ending}", "accountsDialog")
            person.click_text("Close", "accountsDialog")
    calendar = (tmp_path / "out.ics").read_text("utf-8")
    assert "SUMMARY:Trade fair" in calendar
    assert "UID:fair@example.com" in calendar
    cards = (tmp_path / "out.vcf").read_text("utf-8")
    assert "Jürgen Müller" in cards
    assert "Vera Orlova" in cards


@pytest.fixture(scope="module")
def bad_portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Portal]]:
    """A portal for each kind of certificate that must not be trusted."""
    folder = tmp_path_factory.mktemp("bad")
    portals = {
        kind: Portal(folder / kind, certificate=kind)
        for kind in ("expired", "wrong-host", "untrusted")
    }
    for portal in portals.values():
        portal.start()
    yield portals
    for portal in portals.values():
        portal.stop()


async def failure_words(person: Person, webhook: str) -> str:
    """What is said about a webhook that does not work."""
    person.write("webhookUrlField", webhook)
    person.click("accountTestButton")
    finish = person.see(QPushButton, "accountFinishButton")
    test = person.see(QPushButton, "accountTestButton")
    await person.until(lambda: test.text() == "Test connection", "the end of the test")
    assert not finish.isEnabled()
    said = person.words("webhookMessage")
    if person.sees("accountMessage"):
        said = person.words("accountMessage")
    return " ".join(said)


async def test_ten_ways_to_fail_have_their_own_words(stage: Stage, trusted: Portal) -> None:
    control, good = trusted.control, trusted.webhook_url
    secret = control.identity()["secret"]
    page = {"status": 200, "times": -1}
    cases: dict[str, tuple[str, Callable[[], object], str]] = {
        "not a link": ("call me maybe", int, ""),
        "wrong path": (good.replace("/rest/", "/desktop/"), int, ""),
        "unknown host": (f"https://portal.invalid/rest/7/{secret}/", int, "name is not known"),
        "refused port": (f"https://127.0.0.1:1/rest/7/{secret}/", int, "does not answer"),
        "wrong secret": (good.replace(secret, "x" * 16), int, "does not accept this key"),
        "a page": (good, lambda: control.fault("status", "*", **page), "page instead of data"),
        "cut": (good, lambda: control.fault("cut", "*", times=-1), "did not arrive whole"),
        "deleted": (good, lambda: control.fail("PORTAL_DELETED", "*", times=-1), "is closed"),
        "moved": (good, lambda: control.rename("localhost"), "has a new address"),
    }  # fmt: skip
    said: dict[str, str] = {}
    async with stage:
        person = await stage.enter()
        await person.until_seen("addBitrix24Button")
        person.click("addBitrix24Button")
        await person.until_seen("webhookUrlField")
        for name, (webhook, arrange, words) in cases.items():
            arrange()
            said[name] = await failure_words(person, webhook)
            assert words in said[name], f"{name}: {said[name]}"
            assert secret not in said[name]
            control.clear_faults()
            control.configure(host="")
        assert len(set(said.values())) == len(said), said

        control.set_scopes("calendar")
        person.write("webhookUrlField", good)
        person.click("accountTestButton")
        await person.until_read("Signed in as", "accountMessage")
        assert person.reads("ask your administrator for the scope crm", "accountMessage")
        control.set_scopes("user")
        person.write("webhookUrlField", good)
        person.click("accountTestButton")
        await person.until_read("Nothing would work with this key", "accountMessage")
        assert not person.see(QPushButton, "accountFinishButton").isEnabled()


async def test_a_certificate_that_does_not_fit_is_refused_before_the_secret_leaves(
    stage: Stage, bad_portals: dict[str, Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage:
        person = await stage.enter()
        await person.until_seen("addBitrix24Button")
        person.click("addBitrix24Button")
        await person.until_seen("webhookUrlField")
        for kind, bad in bad_portals.items():
            monkeypatch.setenv("SSL_CERT_FILE", str(bad.ca_file))
            trusted_context.cache_clear()
            words = await failure_words(person, bad.webhook_url)
            # A name that does not fit is what a guest network does before one has signed in.
            expected = "sign-in first" if kind == "wrong-host" else "not trustworthy"
            assert expected in words, f"{kind}: {words}"
            assert bad.control.count() == 0
    trusted_context.cache_clear()


async def test_the_second_account_of_the_same_user_only_renews_the_first(
    stage: Stage, trusted: Portal
) -> None:
    async with stage:
        person = await enter_signed_in(stage, trusted)
        person.trigger("addAccountAction")
        await person.until_seen("accountDialog")
        person.click("addBitrix24Button")
        await person.until_seen("webhookUrlField")
        await finish_sign_in(person, trusted.webhook_url)
        await person.until_gone("accountDialog")
        await person.until_status("Up to date")
        titles = [word for word in person.words() if word.startswith("127.0.0.1")]
        assert len(set(titles)) == 1
