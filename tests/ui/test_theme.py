from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import theme
from desktop.ui.palettes import DARK, LIGHT, Theme
from desktop.ui.style_sheet import style_sheet

CALENDAR_COLORS = (
    "#4F46E5", "#15803D", "#0369A1", "#BE185D", "#C2410C", "#7C3AED",
    "#FFFF00", "#00FF00", "#000000", "#FFFFFF", "#86B100", "#9DCF00",
)  # fmt: skip
LOOKS = (LIGHT, DARK)


@pytest.fixture(autouse=True)
def _light_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def test_the_palettes_are_the_designed_ones():
    light, dark = LIGHT.colors, DARK.colors

    assert [light.window.name(), light.pane.name(), light.line.name()] == [
        "#ffffff", "#f7f7f8", "#e4e4e7",
    ]  # fmt: skip
    assert [light.text.name(), light.muted.name(), light.accent.name()] == [
        "#18181b", "#5f5f68", "#4f46e5",
    ]  # fmt: skip
    assert [dark.window.name(), dark.pane.name(), dark.line.name()] == [
        "#1b1b1f", "#212126", "#34343a",
    ]  # fmt: skip
    assert [dark.text.name(), dark.muted.name(), dark.accent.name()] == [
        "#f4f4f5", "#a6a6af", "#8b86f7",
    ]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("color", CALENDAR_COLORS)
@pytest.mark.parametrize("dimmed", [False, True])
def test_event_text_is_readable_on_its_fill(look: Theme, color: str, dimmed: bool):
    paint = theme.event_colors(color, look, dimmed=dimmed)

    assert theme.contrast_ratio(paint.text, paint.fill) >= 4.5
    assert theme.contrast_ratio(paint.muted, paint.fill) >= 4.5


@given(st.integers(0, 0xFFFFFF), st.sampled_from(LOOKS))
def test_any_colour_gives_readable_events(color: int, look: Theme):
    paint = theme.event_colors(f"#{color:06x}", look)

    assert theme.contrast_ratio(paint.text, paint.fill) >= 4.5
    assert theme.contrast_ratio(paint.bar, look.colors.window) >= 3.0


def test_what_is_no_colour_is_painted_in_the_accent():
    assert theme.event_colors("<b>red</b>", LIGHT).fill == theme.event_colors("#4F46E5", LIGHT).fill


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_text_colour_is_readable_where_it_stands(look: Theme):
    colors = look.colors
    pairs = [
        (text, behind)
        for text in (colors.text, colors.muted, colors.accent_text)
        for behind in (colors.window, colors.pane, colors.accent_soft, colors.tinted)
    ]
    pairs += [
        (colors.on_accent, colors.accent),
        (colors.on_accent, colors.accent_hover),
        (colors.on_accent, colors.accent_pressed),
        (colors.danger, colors.window),
        (colors.danger, colors.danger_soft),
        (colors.warning, colors.warning_soft),
        (colors.success, colors.success_soft),
        (colors.on_tooltip, colors.tooltip),
        (colors.text, colors.visible_range),
        (colors.text, colors.hover),
    ]

    poor = [(t.name(), b.name()) for t, b in pairs if theme.contrast_ratio(t, b) < 4.5]

    assert poor == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_focus_ring_stands_out(look: Theme):
    for behind in (look.colors.window, look.colors.pane):
        assert theme.contrast_ratio(look.colors.accent, behind) >= 3.0


def test_black_on_white_has_the_greatest_contrast():
    assert theme.contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast_ratio("#777777", "#777777") == 1


class PaletteWatch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self.seen.append(theme.current().name)
        return False


def test_a_widget_is_told_of_a_new_look_when_it_is_already_current(qapp, qtbot):
    theme.apply(qapp, "light")
    widget = QWidget()
    qtbot.addWidget(widget)
    watch = PaletteWatch()
    widget.installEventFilter(watch)
    widget.show()

    theme.apply(qapp, "dark")

    assert theme.current() is DARK
    assert watch.seen
    assert set(watch.seen) == {"dark"}
    assert widget.palette().color(QPalette.ColorRole.Window) == DARK.colors.window


def test_system_without_a_preference_is_light(qapp):
    theme.apply(qapp, "dark")

    theme.apply(qapp, "system")

    assert theme.current() is LIGHT


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_style_sheet_names_only_colours_that_exist(look: Theme):
    sheet = style_sheet(look)

    assert "$" not in sheet
    assert look.colors.accent.name() in sheet


def test_each_colour_is_a_solid_one():
    for look in LOOKS:
        for field in fields(look.colors):
            color: QColor = getattr(look.colors, field.name)
            assert color.isValid(), field.name
            assert color.alpha() == 255, field.name


def test_tabular_digits_have_one_width(qapp):
    metrics = QFontMetricsF(theme.tabular(qapp.font()))

    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("08:30")


def test_scaled_fonts_follow_the_size_they_come_from():
    pixels = QFont()
    pixels.setPixelSize(20)
    points = QFont()
    points.setPointSizeF(10.0)

    assert theme.scaled(pixels, 1.5).pixelSize() == 30
    assert theme.scaled(points, 1.5, bold=True).pointSizeF() == 15.0
    assert points.pointSizeF() == 10.0
