"""The about dialog names the version and the licence."""

from pytestqt.qtbot import QtBot

from desktop.ui.about import AboutDialog
from desktop.ui.widgets.labels import PlainLabel


def test_it_says_which_version_this_is(qtbot: QtBot) -> None:
    dialog = AboutDialog("1.2.3")
    qtbot.addWidget(dialog)

    words = [label.whole_text() for label in dialog.findChildren(PlainLabel)]

    assert "Version 1.2.3" in words
    assert any("MIT" in text for text in words)
