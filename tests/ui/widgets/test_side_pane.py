from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.widgets.side_pane import SidePane
from tests.ui.children import child


def test_it_is_hidden_until_there_is_something_to_show(qtbot):
    pane, page = SidePane(), QWidget()
    qtbot.addWidget(pane)
    assert pane.isHidden()

    pane.show_page(page)

    assert pane.shows(page)
    with qtbot.waitSignal(pane.emptied):
        pane.clear()
    assert not pane.shows(page)


def test_a_page_can_have_a_way_back(qtbot):
    pane, event, card = SidePane(), QWidget(), QWidget()
    qtbot.addWidget(pane)
    pane.show_page(event)
    back = child(pane, QPushButton, "sidePaneBack")
    assert not back.isVisible()

    pane.show_page(card, back_to=event, back_text="Demo & more")
    assert back.isVisible()
    assert back.accessibleName() == "Back to Demo & more"
    back.click()

    assert pane.shows(event)
    assert not back.isVisible()


def test_escape_inside_leaves_it(qtbot):
    pane, page = SidePane(), QPushButton()
    qtbot.addWidget(pane)
    pane.show_page(page)

    with qtbot.waitSignal(pane.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)
