from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout


def make_flow(qtbot, width: int, count: int) -> tuple[QWidget, FlowLayout, list[Chip]]:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    chips = [Chip(f"Thu 1{n}:00") for n in range(count)]
    for chip in chips:
        flow.addWidget(chip)
    box.resize(width, 300)
    box.show()
    return box, flow, chips


def test_what_does_not_fit_begins_a_new_line(qtbot):
    _box, _, chips = make_flow(qtbot, 220, 3)

    assert chips[0].y() == chips[1].y()
    assert chips[2].y() > chips[0].y()
    assert chips[2].x() == chips[0].x()


def test_height_grows_as_the_width_shrinks(qtbot):
    _box, flow, _ = make_flow(qtbot, 600, 4)

    assert flow.heightForWidth(110) > 3 * flow.heightForWidth(600)


def test_from_right_to_left_the_first_is_at_the_right(qtbot):
    box, flow, chips = make_flow(qtbot, 600, 2)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.activate()

    assert chips[0].x() > chips[1].x()


def test_clearing_leaves_nothing(qtbot):
    box, flow, _ = make_flow(qtbot, 600, 4)

    flow.clear()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete

    assert flow.count() == 0
    assert box.findChildren(Chip) == []
