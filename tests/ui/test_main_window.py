import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.ui.actions import Actions
from desktop.ui.main_window import MainWindow, Pages
from desktop.ui.preferences import MemoryPreferences
from desktop.ui.widgets.side_pane import SidePane
from tests.ui.children import child


def stop(name: str) -> QPushButton:
    button = QPushButton(name)
    button.setObjectName(name)
    return button


def make_window(preferences: MemoryPreferences | None = None) -> MainWindow:
    details = SidePane()
    search = QLineEdit()
    search.setObjectName("search")
    window = MainWindow(Actions(), search, stop("grid"), preferences or MemoryPreferences())
    contacts = QWidget()
    column = QVBoxLayout(contacts)
    column.addWidget(search)
    column.addWidget(stop("people"))
    window.fill(Pages(contacts, stop("month"), stop("calendars"), details, stop("status")))
    details.show_page(stop("card"))
    return window


@pytest.fixture
def window(qtbot) -> MainWindow:
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_has_the_designed_sizes(window):
    assert window.objectName() == "mainWindow"
    assert (window.minimumWidth(), window.minimumHeight()) == (960, 600)
    assert (window.width(), window.height()) == (1280, 800)


def test_everything_fits_the_smallest_window(window):
    window.resize(960, 600)

    assert window.centralWidget().minimumSizeHint().width() <= 960
    assert window.centralWidget().minimumSizeHint().height() <= 600


def test_tab_goes_from_search_over_toolbar_and_month_to_grid_and_card(qtbot, window):
    child(window, QLineEdit, "search").setFocus()
    seen: list[str] = []
    for _ in range(14):
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused.objectName() or type(focused).__name__)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    order = [name for name in seen if name in {"search", "people", "month", "grid", "card"}]
    assert order[:5] == ["search", "people", "month", "grid", "card"]
    assert seen.index("newMeetingButton") < seen.index("month")


def test_the_pane_at_the_right_is_hidden_while_it_is_empty(window):
    pane = child(window, SidePane)

    pane.clear()
    assert pane.isHidden()
    pane.show_page(QWidget())
    assert not pane.isHidden()


def test_a_single_key_acts_where_nobody_types(qtbot, window):
    actions = window._actions
    child(window, QPushButton, "grid").setFocus()

    with qtbot.waitSignal(actions.today.triggered):
        qtbot.keyClick(child(window, QPushButton, "grid"), Qt.Key.Key_T)
    with qtbot.waitSignal(actions.next.triggered):
        qtbot.keyClick(window, Qt.Key.Key_PageDown)


def test_no_letter_leaves_a_text_field(qtbot, window):
    field = child(window, QLineEdit, "search")
    field.setFocus()
    triggered: list[str] = []
    for action in window.actions():
        action.triggered.connect(lambda _checked=False, a=action: triggered.append(a.objectName()))

    typed = "abcdefghijklmnopqrstuvwxyz0123456789/?"
    qtbot.keyClicks(field, typed)

    assert field.text() == typed
    assert triggered == []


def test_shortcuts_act_from_anywhere(qtbot, window):
    actions = window._actions
    child(window, QLineEdit, "search").setFocus()

    with qtbot.waitSignal(actions.new_meeting.triggered):
        qtbot.keyClick(
            child(window, QLineEdit, "search"), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier
        )


def test_sizes_are_remembered_for_the_screen(qtbot):
    preferences = MemoryPreferences()
    first = make_window(preferences)
    qtbot.addWidget(first)
    first.show()
    first.resize(960, 700)  # the screen of the tests is no wider
    columns = child(first, QSplitter)
    columns.setSizes([250, 400, 310])
    widths = columns.sizes()
    first.close()

    second = make_window(preferences)
    qtbot.addWidget(second)
    second.restore()
    second.show()

    assert (second.width(), second.height()) == (960, 700)
    assert child(second, QSplitter).sizes() == widths


def test_without_a_memory_it_opens_as_designed_and_no_larger_than_the_screen(qtbot):
    window = make_window()
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1280, 800)

    window.restore()

    room = window.screen().availableSize()
    assert window.width() == max(960, min(1280, room.width()))
    assert window.height() < max(600, min(801, room.height()))


def test_closing_is_told_once_and_remembers(qtbot):
    preferences = MemoryPreferences()
    window = make_window(preferences)
    qtbot.addWidget(window)
    window.show()

    with qtbot.waitSignal(window.closing):
        window.close()

    assert preferences.get(window._name("window")) is not None


def test_the_range_and_the_week_stand_in_the_bar(window):
    window.top_bar.show_range("16 – 22 November 2026", "Week 47")

    assert window.top_bar.range_text() == "16 – 22 November 2026"


def test_the_menu_offers_what_has_no_button(window):
    names = [action.objectName() for action in window.top_bar.menu().actions()]

    for name in ("newContactAction", "undoAction", "syncNowAction", "importAction", "quitAction"):
        assert name in names


def test_a_button_cannot_be_pressed_while_its_command_cannot_be_given(qtbot, window):
    button = child(window, QPushButton, "newMeetingButton")

    window._actions.new_meeting.setEnabled(False)
    assert not button.isEnabled()

    window._actions.new_meeting.setEnabled(True)
    assert button.isEnabled()


def test_the_week_stands_right_beside_the_dates_whatever_was_shown_before(window):
    def gap() -> int:
        window.top_bar.layout().activate()
        shown = window.top_bar._range
        text = shown.fontMetrics().horizontalAdvance(shown.text())
        return int(window.top_bar._note.x() - shown.x() - text)

    window.top_bar.show_range("16 – 20 November 2026", "Week 47")
    before = gap()
    window.top_bar.show_range("Wednesday, 30 September 2026", "Week 40")
    window.top_bar.show_range("16 – 20 November 2026", "Week 47")

    assert gap() == before


@pytest.mark.parametrize("width", [960, 1280])
def test_the_week_is_said_in_full_or_not_at_all(window, width):
    window.resize(width, 700)
    window.top_bar.show_range("Wednesday, 30 September 2026", "Week 40")
    window.top_bar.layout().activate()
    note = window.top_bar._note
    ground = note.palette().color(note.backgroundRole()).rgb()
    picture = note.grab().toImage()

    empty = all(
        picture.pixelColor(x, y).rgb() == ground
        for x in range(picture.width())
        for y in range(picture.height())
    )

    assert empty is (note.width() < note.sizeHint().width())


def test_the_dates_are_told_in_full_where_there_is_room(window):
    window.resize(1280, 800)
    window.top_bar.show_range("26 October – 1 November 2026", "Week 44")
    window.top_bar.layout().activate()

    shown = window.top_bar._range

    assert shown.width() >= shown.fontMetrics().horizontalAdvance(shown.text())
