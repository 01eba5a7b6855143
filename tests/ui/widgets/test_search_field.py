from PySide6.QtCore import Qt

from desktop.ui.widgets.search_field import SearchField


def test_escape_clears_the_text_first(qtbot):
    field = SearchField("Search contacts", key_hint="/")
    qtbot.addWidget(field)
    field.setText("vron")

    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert field.text() == ""


def test_the_cross_is_there_only_when_there_is_something_to_clear(qtbot):
    field = SearchField("Search contacts")
    qtbot.addWidget(field)
    _, cross = field.actions()

    assert not cross.isVisible()
    field.setText("v")
    assert cross.isVisible()
    cross.trigger()

    assert field.text() == ""
    assert not cross.isVisible()


def test_the_drawn_key_never_covers_the_placeholder(qtbot):
    field = SearchField("Search contacts", key_hint="/")
    qtbot.addWidget(field)

    assert field.textMargins().right() > 0
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert field.textMargins().left() > 0
    field.setText("v")
    assert field.textMargins().left() == 0


def test_the_key_that_leads_here_is_no_text(qtbot):
    field = SearchField("Search contacts", key_hint="/")
    qtbot.addWidget(field)

    qtbot.keyClicks(field, "/vron/")

    assert field.text() == "vron/"
