from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.domain.timespan import DateSpan
from desktop.ui import theme
from desktop.ui.sidebar.mini_month import MiniMonth, weekday_names

TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def month(qtbot) -> MiniMonth:
    month = MiniMonth(TODAY)
    qtbot.addWidget(month)
    month.resize(260, 240)
    month.show()
    month.activateWindow()
    return month


def days_of(month: MiniMonth):
    return month.focusProxy()


def wheel(month: MiniMonth, angle: int) -> None:
    point = QPointF(50, 50)
    QApplication.sendEvent(
        days_of(month),
        QWheelEvent(
            point,
            point,
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_it_opens_on_the_month_of_today(month):
    assert month.objectName() == "miniMonth"
    assert month.title() == "November 2026"
    assert month.shown_days() == DateSpan(date(2026, 10, 26), date(2026, 12, 7))


def test_a_click_on_a_day_chooses_it(qtbot, month):
    days = days_of(month)
    point = month.day_rect(date(2026, 11, 24)).center() - days.pos()

    with qtbot.waitSignal(month.day_chosen) as chosen:
        qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=point)

    assert chosen.args == [date(2026, 11, 24)]


def test_in_a_window_from_right_to_left_the_days_are_mirrored(qtbot, month):
    left_to_right = month.day_rect(date(2026, 11, 16))
    month.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = month.day_rect(date(2026, 11, 16))

    assert left_to_right.left() == 0
    assert mirrored.right() == month.width() - 1
    with qtbot.waitSignal(month.day_chosen) as chosen:
        qtbot.mouseClick(
            days_of(month),
            Qt.MouseButton.LeftButton,
            pos=mirrored.center() - days_of(month).pos(),
        )
    assert chosen.args == [date(2026, 11, 16)]


def test_arrows_turn_the_month_and_ask_for_its_days(qtbot, month):
    back, forth = month.findChildren(QToolButton)

    with qtbot.waitSignal(month.days_shown) as shown:
        qtbot.mouseClick(forth, Qt.MouseButton.LeftButton)
    assert month.title() == "December 2026"
    assert shown.args == [DateSpan(date(2026, 11, 30), date(2027, 1, 11))]
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert month.title() == "October 2026"


def test_the_wheel_turns_the_month_and_gathers_small_steps(month):
    wheel(month, -120)
    assert month.title() == "December 2026"

    for _ in range(4):
        wheel(month, 30)
    assert month.title() == "November 2026"


def test_the_keyboard_walks_the_days_and_chooses(qtbot, month):
    days = days_of(month)

    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Down)
    with qtbot.waitSignal(month.day_chosen) as chosen:
        qtbot.keyClick(days, Qt.Key.Key_Return)

    assert chosen.args == [date(2026, 11, 26)]
    qtbot.keyClick(days, Qt.Key.Key_PageDown)
    assert month.title() == "December 2026"
    qtbot.keyClick(days, Qt.Key.Key_Home)
    assert month.title() == "November 2026"


def test_the_day_under_the_cursor_is_said_in_words(qtbot, month):
    month.show_busy(frozenset({date(2026, 11, 19)}))

    qtbot.keyClick(days_of(month), Qt.Key.Key_Right)
    assert days_of(month).accessibleName() == "Thursday, 19 November 2026, has events"
    qtbot.keyClick(days_of(month), Qt.Key.Key_Left)
    assert "today" in days_of(month).accessibleName()


def test_it_turns_to_the_days_that_the_calendar_shows(month):
    month.show_visible(DateSpan(date(2027, 3, 1), date(2027, 3, 8)))

    assert month.title() == "March 2027"
    picture = month.grab().toImage()
    inside = month.day_rect(date(2027, 3, 3)).topLeft() + QPoint(3, 4)
    assert picture.pixelColor(inside) == theme.current().colors.visible_range


def test_a_drag_from_elsewhere_finds_its_day(month):
    rect = month.day_rect(date(2026, 11, 24))

    assert month.day_at_global(month.mapToGlobal(rect.center())) == date(2026, 11, 24)
    assert month.day_at_global(month.mapToGlobal(QPoint(10, -50))) is None


def test_days_that_are_not_shown_have_no_place(month):
    assert month.day_rect(date(2027, 6, 1)).isNull()


def test_today_is_marked_also_after_midnight(month):
    month.set_today(date(2026, 11, 19))

    picture = month.grab().toImage()
    rect = month.day_rect(date(2026, 11, 19))
    disc = {
        picture.pixelColor(x, rect.center().y()).name() for x in range(rect.left(), rect.right())
    }
    assert theme.current().colors.accent.name() in disc


@pytest.mark.parametrize("language", ["en_GB", "ru_RU", "de_DE", "ar_EG", "ja_JP"])
def test_every_weekday_has_a_name_of_its_own(qapp, language):
    QLocale.setDefault(QLocale(language))

    names = weekday_names(range(1, 8))

    assert all(names)
    assert len(set(names)) == 7


def test_the_year_has_the_digits_of_the_days(qtbot):
    QLocale.setDefault(QLocale("ar_EG"))
    month = MiniMonth(TODAY)
    qtbot.addWidget(month)

    assert QLocale().toString(2026).replace(QLocale().groupSeparator(), "") in month.title()


def test_weeks_begin_as_it_was_chosen_whatever_the_locale(qtbot, month):
    with qtbot.waitSignal(month.days_shown) as shown:
        month.set_first_weekday(7)

    assert shown.args == [DateSpan(date(2026, 11, 1), date(2026, 12, 13))]
    month.set_first_weekday(0)
    assert month.shown_days().first == date(2026, 10, 26)
