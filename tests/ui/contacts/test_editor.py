from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QToolButton, QWidget

from desktop.domain.contact import AddressKind, Contact, Phone
from desktop.domain.ids import AccountId, ContactId
from desktop.ui.contacts.editing import ContactEditing
from desktop.ui.contacts.editor import ContactEditor
from desktop.ui.contacts.editor_form import ContactForm
from desktop.ui.tasks import TaskRunner
from tests.builders import make_account, make_contact
from tests.services.house import House, open_house
from tests.ui.waiting import until

EMPTY = Contact(ContactId("new"), AccountId("home"))
ALEX = make_contact("alex", "Alex Vronsky", account="home", phone="+49 30 1001020")


def field(parent: QWidget, name: str) -> QLineEdit:
    found = [line for line in parent.findChildren(QLineEdit) if line.accessibleName() == name]
    assert found, name
    return found[-1]


def complaints(form: ContactForm) -> list[str]:
    return [line.accessibleDescription() for line in form.findChildren(QLineEdit)]


@pytest.fixture
def form(qtbot) -> ContactForm:
    form = ContactForm(EMPTY, ())
    qtbot.addWidget(form)
    form.show()
    return form


def test_an_untouched_form_gives_back_what_it_was_given(qtbot):
    known = make_contact(
        "c",
        "Anna Petrova",
        phone="+7 916 123-45-67",
        email="anna@example.com",
        city="Kazan",
        company="Ромашка",
        position="CEO",
        notes="met\nin Kazan",
        time_zone="Europe/Moscow",
    )
    form = ContactForm(known, ())
    qtbot.addWidget(form)

    assert form.contact() == known


def test_what_is_typed_is_what_is_kept(form):
    field(form, "Given name").setText("  Alex ")
    field(form, "Family name").setText("Vronsky")
    field(form, "Phone").setText("+49 30 1001020")
    field(form, "City").setText("Berlin")

    contact = form.contact()

    assert contact.name == "Alex Vronsky"
    assert contact.phones == (Phone("+49 30 1001020", AddressKind.WORK),)
    assert contact.address.city == "Berlin"
    assert contact.time_zone == ""
    assert form.check() is None


def test_nobody_without_any_name_is_kept(form):
    assert form.check() is field(form, "Given name")

    field(form, "Company").setText("Acme")
    assert form.check() is None


@pytest.mark.parametrize("email", ["anna", "anna@", "@example.com", "an na@example.com", "a@b"])
def test_an_email_that_is_none_is_named(form, email: str):
    field(form, "Given name").setText("Anna")
    field(form, "E-mail").setText(email)

    assert form.check() is field(form, "E-mail")
    assert any("name@company.com" in words for words in complaints(form))


def test_a_phone_number_needs_digits(form):
    field(form, "Given name").setText("Anna")
    field(form, "Phone").setText("call me")

    assert form.check() is field(form, "Phone")
    field(form, "Phone").setText("112")
    assert form.check() is None


def test_a_zone_is_chosen_from_those_there_are(form):
    field(form, "Given name").setText("Anna")
    box = next(b for b in form.findChildren(QComboBox) if b.accessibleName() == "Time zone")

    box.setCurrentText("Europe/Atlantis")
    assert form.check() is box
    box.setCurrentText("Europe/Berlin")
    assert form.check() is None
    assert form.contact().time_zone == "Europe/Berlin"


def test_phone_numbers_are_added_and_taken_out(qtbot, form):
    add = next(b for b in form.findChildren(QPushButton) if b.text() == "Add a phone number")
    field(form, "Phone").setText("111")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    field(form, "Phone").setText("222")
    assert [phone.value for phone in form.contact().phones] == ["111", "222"]

    remove = next(b for b in form.findChildren(QToolButton) if b.accessibleName() == "Remove")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)

    assert [phone.value for phone in form.contact().phones] == ["222"]


def test_an_account_is_asked_for_only_where_there_is_a_choice(qtbot):
    one = ContactForm(EMPTY, (make_account("home"),))
    two = ContactForm(EMPTY, (make_account("crm", title="CRM"), make_account("home", title="H")))
    for form in (one, two):
        qtbot.addWidget(form)
        form.show()

    def shown(form: ContactForm) -> list[QComboBox]:
        boxes = form.findChildren(QComboBox)
        return [b for b in boxes if b.accessibleName() == "Account" and b.isVisible()]

    assert shown(one) == []
    assert shown(two)[0].currentText() == "H"
    shown(two)[0].setCurrentText("CRM")
    assert two.contact().account_id == "crm"


@asynccontextmanager
async def open_editor(
    folder: Path, contact: Contact, *, new: bool
) -> AsyncIterator[tuple[House, ContactEditor]]:
    async with open_house(folder) as house:
        await house.contacts.save(ALEX, new=True)
        tasks = TaskRunner()
        editor = ContactEditor(contact, (), house.contacts, tasks, new=new)
        editor.open()
        try:
            yield house, editor
        finally:
            await tasks.close()


async def test_ctrl_enter_keeps_the_contact_and_closes(tmp_path, qapp):
    async with open_editor(tmp_path, EMPTY, new=True) as (house, editor):
        saved: list[object] = []
        editor.saved.connect(saved.append)
        editor.activateWindow()
        await until(editor.isActiveWindow)
        field(editor, "Given name").setText("Zoe")

        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: bool(saved))

        assert (await house.contacts.get(EMPTY.id)).name == "Zoe"


async def test_saving_what_is_wrong_goes_to_the_field(tmp_path, qapp):
    async with open_editor(tmp_path, EMPTY, new=True) as (_, editor):
        editor.activateWindow()
        field(editor, "Given name").setText("Zoe")
        field(editor, "E-mail").setText("zoe")

        editor.save()

        assert editor.isVisible()
        assert editor.focusWidget() is field(editor, "E-mail")


async def test_leaving_asks_before_it_forgets(tmp_path, qapp):
    async with open_editor(tmp_path, ALEX, new=False) as (_, editor):
        field(editor, "Company").setText("Acme")

        editor.reject()
        assert editor.isVisible()
        assert editor.notice().action_text() == "Discard changes"
        field(editor, "Company").setText("Acme GmbH")  # they went on typing
        assert editor.notice().isHidden()
        editor.reject()
        editor.notice().acted.emit()

        assert not editor.isVisible()


async def test_an_untouched_editor_just_closes(tmp_path, qapp):
    async with open_editor(tmp_path, ALEX, new=False) as (_, editor):
        editor.reject()

        assert not editor.isVisible()


async def test_a_likely_twin_is_pointed_out(tmp_path, qapp):
    async with open_editor(tmp_path, EMPTY, new=True) as (_, editor):
        opened: list[object] = []
        editor.contact_opened.connect(opened.append)
        field(editor, "Given name").setText("Alex")
        field(editor, "Family name").setText("Vronsky")
        field(editor, "Phone").setText("+49 30 1001020")
        await until(editor.notice().isVisible)

        assert "Alex Vronsky" in editor.notice().text()
        editor.notice().acted.emit()
        assert opened == [ALEX.id]
        assert editor.isVisible()


async def test_a_new_contact_takes_the_name_that_was_searched_for(tmp_path, qapp, qtbot):
    async with open_house(tmp_path) as house:
        tasks = TaskRunner()
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        editing = ContactEditing(house.contacts, house.accounts.all, tasks, window)

        editing.create("Lena Vrona")
        await until(lambda: bool(window.findChildren(ContactEditor)))

        editor = window.findChildren(ContactEditor)[0]
        assert editor.form.contact().name == "Lena Vrona"
        await tasks.close()
