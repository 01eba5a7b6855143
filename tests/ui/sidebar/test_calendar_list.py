from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId, CalendarId
from desktop.ui.sidebar.calendar_list import CalendarPane
from desktop.ui.sidebar.calendar_model import COLOR_ROLE, SUB_ROLE, VALUE_ROLE, CalendarModel
from tests.builders import make_calendar

HOME, CRM = AccountId("home"), AccountId("crm")
TITLES = {CRM: "Bitrix24 · Anna", HOME: "This computer"}
PRIVATE = make_calendar("home:1", "Private", account_id=HOME, color="#BE185D")
CLIENTS = make_calendar("crm:1", "Clients", account_id=CRM)
TEAM = make_calendar("crm:2", "<b>Team</b>", account_id=CRM, visible=False)


@pytest.fixture
def pane(qtbot) -> CalendarPane:
    pane = CalendarPane()
    qtbot.addWidget(pane)
    pane.resize(240, 200)
    pane.show()
    pane.show_calendars((CLIENTS, TEAM, PRIVATE), TITLES)
    return pane


def texts(pane: CalendarPane) -> list[str]:
    model = pane.list.calendars
    return [model.index(row).data() for row in range(model.rowCount())]


def test_calendars_stand_under_their_accounts(pane):
    assert pane.list.objectName() == "calendarList"
    assert texts(pane) == ["Bitrix24 · Anna", "Clients", "<b>Team</b>", "This computer", "Private"]


def test_the_accounts_keep_their_order_whatever_that_of_the_calendars(pane):
    pane.show_calendars((PRIVATE, CLIENTS, TEAM), TITLES)

    assert texts(pane) == ["Bitrix24 · Anna", "Clients", "<b>Team</b>", "This computer", "Private"]


def test_a_row_gives_its_calendar_and_whether_it_is_shown(pane):
    model = pane.list.calendars

    assert model.index(1).data(VALUE_ROLE) == CLIENTS
    assert model.index(1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(2).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked


def test_a_click_wishes_a_calendar_hidden_and_changes_nothing_yet(qtbot, pane):
    rect = pane.list.visualRect(pane.list.calendars.index(1))

    with qtbot.waitSignal(pane.visibility_requested) as wished:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    assert wished.args == [CalendarId("crm:1"), False]
    assert pane.list.calendars.calendar(pane.list.calendars.index(1)) == CLIENTS


def test_the_keyboard_shows_and_hides(qtbot, pane):
    pane.list.setCurrentIndex(pane.list.calendars.index(2))

    with qtbot.waitSignal(pane.visibility_requested) as wished:
        qtbot.keyClick(pane.list, Qt.Key.Key_Space)

    assert wished.args == [CalendarId("crm:2"), True]


def test_the_heading_of_the_only_account_is_no_switch(qtbot, pane):
    pane.show_calendars((CLIENTS, TEAM), {CRM: TITLES[CRM]})
    rect = pane.list.visualRect(pane.list.calendars.index(0))

    assert pane.list.calendars.index(0).data(Qt.ItemDataRole.CheckStateRole) is None
    with qtbot.assertNotEmitted(pane.account_visibility_requested):
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_the_heading_of_one_of_several_accounts_shows_all_then_hides_all(qtbot, pane):
    heading = pane.list.calendars.index(0)
    rect = pane.list.visualRect(heading)

    with qtbot.waitSignal(pane.account_visibility_requested) as wished:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert wished.args == [(TEAM.id,), True]

    pane.show_calendars((CLIENTS, replace(TEAM, visible=True), PRIVATE), TITLES)
    assert heading.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    pane.list.setCurrentIndex(heading)
    with qtbot.waitSignal(pane.account_visibility_requested) as wished:
        qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert wished.args == [(CLIENTS.id, TEAM.id), False]


def test_an_account_of_which_nothing_is_shown_says_so(pane):
    pane.show_calendars((TEAM, PRIVATE), TITLES)

    state = pane.list.calendars.index(0).data(Qt.ItemDataRole.CheckStateRole)
    assert state == Qt.CheckState.Unchecked


def test_letters_are_left_to_the_commands(qtbot, pane):
    pane.list.setCurrentIndex(pane.list.calendars.index(1))

    qtbot.keyClick(pane.list, Qt.Key.Key_P)

    assert pane.list.currentIndex().row() == 1


def test_a_wish_come_true_keeps_the_cursor_where_it_is(pane):
    pane.list.setCurrentIndex(pane.list.calendars.index(1))
    hidden = Calendar(CLIENTS.id, CRM, "Clients", CLIENTS.color, visible=False)

    pane.show_calendars((hidden, TEAM, PRIVATE), TITLES)

    assert pane.list.currentIndex().row() == 1
    state = pane.list.calendars.index(1).data(Qt.ItemDataRole.CheckStateRole)
    assert state == Qt.CheckState.Unchecked


def test_without_calendars_there_is_a_way_to_get_one(qtbot, pane):
    pane.show_calendars((), {})

    assert pane.empty.isVisible()
    assert pane.empty.action_text() == "Add account"
    with qtbot.waitSignal(pane.account_requested):
        pane.empty.acted.emit()


def test_an_account_whose_calendars_are_on_their_way_need_not_be_added_again(pane):
    pane.show_calendars((), TITLES)

    assert pane.empty.isVisible()
    assert "first sync" in pane.empty.text()
    assert pane.empty.action_text() == ""


def test_the_model_keeps_qts_rules(qapp):
    model = CalendarModel()
    tester = QAbstractItemModelTester(model)

    model.show((CLIENTS, PRIVATE), TITLES)
    model.show((CLIENTS, TEAM), TITLES)
    model.show((), {})

    assert tester.failureReportingMode() is not None
    assert model.rowCount() == 0


@pytest.mark.parametrize("color", ["", "red; drop", "#FFFFFF", "#000000"])
def test_any_colour_can_be_painted(qtbot, color):
    pane = CalendarPane()
    qtbot.addWidget(pane)
    pane.show_calendars((make_calendar("c", "C", account_id=CRM, color=color),), TITLES)
    pane.show()

    assert not pane.grab().isNull()


def test_headings_of_several_accounts_have_their_colours(qapp: object) -> None:
    model = CalendarModel()
    colors = dict.fromkeys(TITLES, "#0d9488")
    model.show((CLIENTS, TEAM, PRIVATE), TITLES, colors)
    shown = [model.index(row).data(COLOR_ROLE) for row in range(model.rowCount())]
    names = [model.index(row).data() for row in range(model.rowCount())]

    headings = [color for color, name in zip(shown, names, strict=True) if name in TITLES.values()]
    assert headings == ["#0d9488"] * len(headings)
    assert set(shown) == {"#0d9488", ""}

    model.show((CLIENTS, TEAM, PRIVATE), TITLES)
    assert {model.index(row).data(COLOR_ROLE) for row in range(model.rowCount())} == {""}


def test_others_calendars_stand_apart_from_ones_own(pane):
    company = make_calendar("crm:company_calendar0:9", "Acme", account_id=CRM)
    sales = make_calendar("crm:group6:8", "Sales", account_id=CRM)
    shared = (
        replace(company, kind=CalendarKind.COMPANY),
        replace(sales, kind=CalendarKind.GROUP),
    )

    pane.show_calendars((CLIENTS, TEAM, *shared, PRIVATE), TITLES, {CRM: "#0d9488"})

    mine = ["Bitrix24 · Anna", "Mine", "Clients", "<b>Team</b>"]
    others = ["Groups", "Sales", "Company", "Acme"]
    assert texts(pane) == [*mine, *others, "This computer", "Private"]
    model = pane.list.calendars
    colors = [model.index(row).data(COLOR_ROLE) for row in range(model.rowCount())]
    assert colors == ["#0d9488"] + [""] * 9
    assert model.calendar(model.index(1)) is None
    within = [model.index(row).data() for row in range(10) if model.index(row).data(SUB_ROLE)]
    assert within == ["Mine", "Groups", "Company"]
    assert not pane.grab().isNull()
