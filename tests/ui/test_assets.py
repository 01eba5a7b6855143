import gc
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from desktop.ui import assets, theme
from desktop.ui.palettes import DARK, LIGHT

ICONS = sorted(
    path.stem for path in assets.resource("icons").glob("*.svg") if path.stem != "parley"
)


def colors_of(image: QImage) -> set[str]:
    """The colours of the pixels that are not see-through."""
    return {
        QColor(pixel).name()
        for x in range(image.width())
        for y in range(image.height())
        if (pixel := image.pixelColor(x, y)).alpha() == 255
    }


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_of_one_family(name: str):
    root = ET.fromstring(assets.resource(f"icons/{name}.svg").read_text("utf-8"))

    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "1.75"


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_inside_its_box(qapp: QApplication, name: str):
    image = assets.icon_pixmap(name, QColor("#ff0000"), 48).toImage()

    assert colors_of(image) == {"#ff0000"}
    edge = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    assert max(edge) == 0


def test_an_icon_follows_the_look(qapp: QApplication):
    theme.apply(qapp, "light")
    icon = assets.icon("phone")
    gc.collect()
    light = colors_of(icon.pixmap(QSize(48, 48)).toImage())

    theme.apply(qapp, "dark")
    dark = colors_of(icon.pixmap(QSize(48, 48)).toImage())
    theme.apply(qapp, "light")

    assert light == {LIGHT.colors.text.name()}
    assert dark == {DARK.colors.text.name()}


def test_an_icon_is_sharp_on_a_fine_screen(qapp: QApplication):
    pixmap = assets.icon("phone", "accent").pixmap(QSize(16, 16), 3.0)

    assert pixmap.devicePixelRatio() == 3.0
    assert pixmap.size() == QSize(48, 48)
    assert colors_of(pixmap.toImage()) == {LIGHT.colors.accent.name()}


def test_a_disabled_icon_is_paler(qapp: QApplication):
    icon = assets.icon("phone")

    normal = colors_of(icon.pixmap(QSize(48, 48)).toImage())
    disabled = colors_of(icon.pixmap(QSize(48, 48), QIcon.Mode.Disabled).toImage())

    assert normal.isdisjoint(disabled)


def test_resources_are_found_in_the_checkout():
    assert assets.resource("icons/parley.svg") == (
        Path(__file__).parents[2] / "resources" / "icons" / "parley.svg"
    )
    assert not assets.app_icon().isNull()


def test_an_icon_that_nobody_keeps_leaves_its_engine_alone(qapp: QApplication):
    icon = assets.icon("phone")
    engine = icon.cacheKey()

    del icon
    gc.collect()

    assert assets.icon("phone").cacheKey() == engine
