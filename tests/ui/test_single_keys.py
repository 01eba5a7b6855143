import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from desktop.ui.single_keys import KeyReader, SingleKeys, physical_key, types_text

X11_M = 50 + 8
X11_SLASH = 53 + 8


def press(
    text: str,
    key: Qt.Key = Qt.Key.Key_unknown,
    *,
    code: int = 0,
    virtual: int = 0,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, virtual, 0, text)


@pytest.fixture
def keys(qapp) -> tuple[SingleKeys, list[str]]:
    said: list[str] = []
    book, find, back = QAction("book", qapp), QAction("find", qapp), QAction("back", qapp)
    for action in (book, find, back):
        action.triggered.connect(lambda _checked, name=action.text(): said.append(name))
    reader = KeyReader(latin=lambda: False, platform="linux")
    return SingleKeys({"m": book, "/": find}, {Qt.Key.Key_PageUp: back}, reader), said


def test_a_typed_letter_is_a_command_where_nobody_types(keys):
    single, said = keys

    assert single.take(press("m", Qt.Key.Key_M), None)
    assert single.take(press("M", modifiers=Qt.KeyboardModifier.ShiftModifier), QPushButton())
    assert said == ["book", "book"]


@pytest.mark.parametrize(
    "make", [QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit], ids=lambda m: m.__name__
)
def test_a_letter_is_never_stolen_from_a_text_field(qtbot, keys, make):
    single, said = keys
    field = make()
    qtbot.addWidget(field)

    for letter in "abcdefghijklmnopqrstuvwxyz0123456789/?":
        assert not single.take(press(letter), field)
    assert said == []


def test_a_box_to_choose_from_types_only_if_it_can_be_edited(qtbot):
    box = QComboBox()
    qtbot.addWidget(box)

    assert not types_text(box)
    box.setEditable(True)
    assert types_text(box)
    assert not types_text(QWidget())
    assert not types_text(None)


def test_the_physical_key_counts_where_the_layout_has_no_latin_letters(keys):
    single, said = keys

    assert single.take(press("ь", code=X11_M), None)  # Russian
    assert single.take(press("μ", code=X11_M), None)  # Greek
    assert single.take(press("צ", code=X11_M), None)  # Hebrew
    assert single.take(press(".", code=X11_SLASH), None)  # Russian: a full stop where / is
    assert said == ["book", "book", "book", "find"]


def test_a_latin_layout_counts_by_the_character_only(qapp):
    said: list[str] = []
    book = QAction("book", qapp)
    book.triggered.connect(lambda: said.append("book"))
    single = SingleKeys({"m": book, "/": book}, {}, KeyReader(latin=lambda: True, platform="linux"))

    assert not single.take(press(",", code=X11_M), None)  # AZERTY, Dvorak: another character
    assert not single.take(press("-", code=X11_SLASH), None)  # German
    assert said == []


@pytest.mark.parametrize(
    ("platform", "code", "virtual"), [("linux", X11_M, 0), ("win32", 50, 0), ("darwin", 1, 46)]
)
def test_each_system_tells_the_physical_key_in_its_way(platform, code, virtual):
    assert physical_key(press("ь", code=code, virtual=virtual), platform) == "m"


def test_a_system_that_does_not_tell_the_key_gives_none():
    assert physical_key(press("ь"), "linux") == ""
    assert physical_key(press("ь"), "darwin") == ""


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    ],
)
def test_with_another_key_held_it_is_not_a_single_key(keys, modifier):
    single, said = keys

    assert not single.take(press("m", modifiers=modifier), None)
    assert said == []


def test_keys_without_a_character_count_too_but_not_with_shift(keys):
    single, said = keys

    assert single.take(press("", Qt.Key.Key_PageUp), None)
    shift = Qt.KeyboardModifier.ShiftModifier
    assert not single.take(press("", Qt.Key.Key_PageUp, modifiers=shift), None)
    assert said == ["back"]


def test_a_hidden_or_disabled_command_lets_the_key_pass(qapp):
    action = QAction("month", qapp)
    single = SingleKeys({"6": action}, {})

    action.setVisible(False)
    assert not single.take(press("6"), None)
    action.setVisible(True)
    action.setEnabled(False)
    assert not single.take(press("6"), None)
