"""Colours, distances and type: one `Theme` for light, one for dark."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.ui.contrast import READABLE, contrast_ratio, mixed, readable
from desktop.ui.palettes import DARK, LIGHT, Colors, Theme
from desktop.ui.style_sheet import style_sheet

__all__ = [
    "ANIMATION_MS",
    "CONTROL_HEIGHT_PX",
    "DARK",
    "GRID_PX",
    "ICON_PX",
    "LIGHT",
    "RADIUS_PX",
    "Colors",
    "EventColors",
    "Scheme",
    "Theme",
    "animation_ms",
    "apply",
    "contrast_ratio",
    "current",
    "event_colors",
    "mixed",
    "readable",
    "scaled",
    "tabular",
]

Scheme = Literal["light", "dark", "system"]

GRID_PX = 4
RADIUS_PX = 6
CONTROL_HEIGHT_PX = 32
"""Buttons and fields; they grow with the font."""
ICON_PX = 16
ANIMATION_MS = 150
"""The longest that anything moves; see `animation_ms`."""


@dataclass(frozen=True, slots=True, eq=False)
class EventColors:
    """How an event of one calendar colour is painted; both texts are readable on ``fill``."""

    bar: QColor
    fill: QColor
    text: QColor
    muted: QColor


FILL_SHARE = {"light": 0.12, "dark": 0.30}
DIMMED_FILL_SHARE = {"light": 0.07, "dark": 0.16}
TEXT_RATIO = 7.5
BAR_RATIO = 3.0


@lru_cache(maxsize=512)
def event_colors(color_hex: str, theme: Theme, *, dimmed: bool = False) -> EventColors:
    """The paint of an event in the calendar colour ``color_hex`` (``#rrggbb``).

    What is no colour is painted in the accent. ``dimmed`` is for events of the past: paler, but
    as readable.
    """
    color = QColor(color_hex)
    if not color.isValid():
        color = QColor(theme.colors.accent)
    window = theme.colors.window
    share = (DIMMED_FILL_SHARE if dimmed else FILL_SHARE)[theme.name]
    bar = readable(color, window, BAR_RATIO)
    fill = mixed(window, bar, share)  # of a pale colour, too, something has to be seen
    return EventColors(
        bar=mixed(bar, window, 0.45 if dimmed else 0.0),
        fill=fill,
        text=readable(color, fill, READABLE if dimmed else TEXT_RATIO),
        muted=readable(color, fill, READABLE),
    )


def tabular(font: QFont) -> QFont:
    """``font`` with digits of one width, so that times stand under each other."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def scaled(font: QFont, factor: float = 1.0, *, bold: bool = False) -> QFont:
    """``font`` at ``factor`` times its size; sizes follow the system's, whatever it is."""
    copy = QFont(font)
    if font.pointSizeF() > 0:
        copy.setPointSizeF(font.pointSizeF() * factor)
    else:
        copy.setPixelSize(max(1, round(font.pixelSize() * factor)))
    if bold:
        copy.setWeight(QFont.Weight.DemiBold)
    return copy


def animation_ms(app: QApplication) -> int:
    """How long a movement may take: nothing where the system asks for reduced motion."""
    return ANIMATION_MS if app.isEffectEnabled(Qt.UIEffect.UI_General) else 0


STYLE = "Fusion"
"""The one style that takes a palette whole on every system."""

STYLE_PROPERTY = "parleyStyle"
"""Of the application: which style it was made with."""


class _Look(QObject):
    """Keeps the application's look equal to the chosen scheme, live."""

    only: "_Look | None" = None
    """There is one application at a time, and one look."""

    theme = LIGHT
    """What `current` gives; the same for every widget of the process."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = "system"
        self._painted: Theme | None = None
        if app.property(STYLE_PROPERTY) != STYLE:
            app.setStyle(STYLE)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def choose(self, scheme: Scheme) -> None:
        """Follow ``scheme`` from now on."""
        self._scheme = scheme
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        # Title bars and native menus are the system's: they follow this hint.
        self._app.styleHints().setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        self._paint()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._paint()

    def _paint(self) -> None:
        theme = self._wanted()
        if theme is self._painted:
            return
        self._painted = _Look.theme = theme
        self._app.setPalette(_palette(theme.colors))
        self._app.setStyleSheet(style_sheet(theme))

    def _wanted(self) -> Theme:
        if self._scheme == "system":
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme == "dark" else LIGHT


def current() -> Theme:
    """The look that is on the screen.

    When it changes, this already returns the new one while every widget gets
    ``QEvent.StyleChange``, and those that are shown ``QEvent.PaletteChange``, in ``changeEvent``:
    drop there what was painted with the old colours.
    """
    return _Look.theme


def apply(app: QApplication, scheme: Scheme) -> None:
    """Give ``app`` the look ``scheme``; "system" follows the desktop's light or dark, live."""
    # Looked for among Qt's objects, the binding would make classes for all of them.
    look = _Look.only
    if look is None or not isValid(look):
        look = _Look.only = _Look(app)
    look.choose(scheme)


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, color in {
        roles.Window: colors.window,
        roles.WindowText: colors.text,
        roles.Base: colors.window,
        roles.AlternateBase: colors.pane,
        roles.Text: colors.text,
        roles.PlaceholderText: colors.muted,
        roles.Button: colors.window,
        roles.ButtonText: colors.text,
        roles.BrightText: colors.danger,
        roles.Highlight: colors.accent,
        roles.HighlightedText: colors.on_accent,
        roles.Accent: colors.accent,
        roles.Link: colors.accent_text,
        roles.LinkVisited: colors.accent_text,
        roles.ToolTipBase: colors.tooltip,
        roles.ToolTipText: colors.on_tooltip,
        roles.Light: colors.window,
        roles.Midlight: colors.hover,
        roles.Mid: colors.line,
        roles.Dark: colors.border,
        roles.Shadow: colors.line,
    }.items():
        palette.setColor(role, color)
    disabled = mixed(colors.muted, colors.window, 0.35)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette
