from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.ui.widgets.labels import PlainLabel, plain_tooltip

LONG = "Федеральное государственное бюджетное учреждение <b>наука</b> " * 4


def test_foreign_text_is_never_taken_for_markup(qtbot):
    label = PlainLabel("<b>Acme</b> & Co")
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>Acme</b> & Co"
    assert label.accessibleName() == "<b>Acme</b> & Co"


def test_a_long_line_can_get_narrow(qtbot):
    label = PlainLabel(LONG)
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() < 60
    assert label.sizeHint().width() > 600


def test_several_lines_break_even_inside_a_word_without_end(qtbot):
    label = PlainLabel("x" * 400, wrap=True)
    qtbot.addWidget(label)
    label.resize(200, 10)

    assert label.minimumSizeHint().width() <= 200
    assert label.heightForWidth(200) > 4 * label.fontMetrics().height()
    assert label.whole_text() == "x" * 400


def test_only_a_cut_text_has_a_tooltip(qtbot):
    label = PlainLabel(LONG)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()

    QApplication.sendEvent(
        label, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)))
    )
    told = QToolTip.text()
    QToolTip.hideText()

    assert told == plain_tooltip(LONG)
    assert "&lt;b&gt;" in told


def test_a_line_feed_does_not_make_a_second_line(qtbot):
    label = PlainLabel("one\ntwo")
    qtbot.addWidget(label)

    assert label.text() == "one two"
