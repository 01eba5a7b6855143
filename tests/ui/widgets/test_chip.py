from PySide6.QtCore import QPoint, Qt

from desktop.ui.widgets.chip import LONGEST_PX, Chip


def test_a_removable_chip_goes_by_key(qtbot):
    chip = Chip("Alex Vronsky", removable=True)
    qtbot.addWidget(chip)

    with qtbot.waitSignal(chip.remove_requested):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.remove_requested):
        qtbot.keyClick(chip, Qt.Key.Key_Backspace)


def test_a_removable_chip_goes_by_its_cross_and_only_there(qtbot):
    chip = Chip("Alex Vronsky", removable=True)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()

    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.remove_requested):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, chip.height() // 2))
    with qtbot.waitSignal(chip.remove_requested), qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(
            chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 15, chip.height() // 2)
        )


def test_a_plain_chip_is_not_removed(qtbot):
    chip = Chip("60")
    qtbot.addWidget(chip)

    with qtbot.assertNotEmitted(chip.remove_requested):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_a_long_value_is_cut_but_told_whole(qtbot):
    chip = Chip("Волжско-Камское акционерное общество <b>строителей</b> & сыновья")
    qtbot.addWidget(chip)

    assert chip.sizeHint().width() <= LONGEST_PX
    assert chip.accessibleName() == chip.value()
    assert "&lt;b&gt;" in chip.toolTip()
