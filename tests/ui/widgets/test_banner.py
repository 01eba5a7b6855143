from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from desktop.ui.widgets.banner import NoticeBanner
from tests.ui.children import child


def test_a_notice_says_what_and_offers_one_thing(qtbot):
    banner = NoticeBanner()
    qtbot.addWidget(banner)

    banner.show_notice("warning", "Overlaps “Stand-up” by 15 min.", "Take 10:15 instead")

    assert banner.text() == "Overlaps “Stand-up” by 15 min."
    assert banner.accessibleName() == banner.text()
    with qtbot.waitSignal(banner.acted):
        qtbot.mouseClick(child(banner, QPushButton), Qt.MouseButton.LeftButton)


def test_without_an_action_there_is_no_button(qtbot):
    banner = NoticeBanner()
    qtbot.addWidget(banner)

    banner.show_notice("info", "Saved.")

    assert child(banner, QPushButton).isHidden()


def test_closing_hides_it_and_says_so(qtbot):
    banner = NoticeBanner(closable=True)
    qtbot.addWidget(banner)
    banner.show_notice("error", "No connection.")

    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(child(banner, QToolButton), Qt.MouseButton.LeftButton)

    assert banner.isHidden()
