"""The two looks: what each colour is for, and which it is in light and in dark."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, eq=False)
class Colors:
    """What each colour is for. None is ever changed: derive with ``QColor(color)``."""

    window: QColor
    pane: QColor
    """Side panes, the status bar, quiet boxes."""
    line: QColor
    text: QColor
    muted: QColor
    """Secondary text; readable on ``window`` and ``pane``."""
    accent: QColor
    on_accent: QColor
    now_line: QColor
    tinted: QColor
    """Hours outside work."""
    accent_soft: QColor
    """Behind what is chosen: a row, a segment, a chip."""
    accent_text: QColor
    """Links and highlights: the accent, readable on ``window``, ``pane`` and ``accent_soft``."""
    accent_hover: QColor
    accent_pressed: QColor
    hover: QColor
    pressed: QColor
    visible_range: QColor
    """The days of the mini month that the calendar shows."""
    border: QColor
    """The outline of fields and buttons."""
    danger: QColor
    """Text and marks of what failed."""
    danger_soft: QColor
    warning: QColor
    warning_soft: QColor
    success: QColor
    success_soft: QColor
    tooltip: QColor
    on_tooltip: QColor


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """A look. Identity is equality: there is one object per look."""

    name: Literal["light", "dark"]
    colors: Colors

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark window."""
        return self.name == "dark"


LIGHT = Theme(
    "light",
    Colors(
        window=QColor("#FFFFFF"),
        pane=QColor("#F7F7F8"),
        line=QColor("#E4E4E7"),
        text=QColor("#18181B"),
        muted=QColor("#5F5F68"),
        accent=QColor("#4F46E5"),
        on_accent=QColor("#FFFFFF"),
        now_line=QColor("#DC2626"),
        tinted=QColor("#F4F4F6"),
        accent_soft=QColor("#EEEDFD"),
        accent_text=QColor("#4F46E5"),
        accent_hover=QColor("#4338CA"),
        accent_pressed=QColor("#3730A3"),
        hover=QColor("#F1F1F3"),
        pressed=QColor("#E7E7EA"),
        visible_range=QColor("#EDEDF0"),
        border=QColor("#D9D9DE"),
        danger=QColor("#B91C1C"),
        danger_soft=QColor("#FDECEC"),
        warning=QColor("#7C2D12"),
        warning_soft=QColor("#FCF0DC"),
        success=QColor("#166534"),
        success_soft=QColor("#E3F4E8"),
        tooltip=QColor("#27272A"),
        on_tooltip=QColor("#FAFAFA"),
    ),
)

DARK = Theme(
    "dark",
    Colors(
        window=QColor("#1B1B1F"),
        pane=QColor("#212126"),
        line=QColor("#34343A"),
        text=QColor("#F4F4F5"),
        muted=QColor("#A6A6AF"),
        accent=QColor("#8B86F7"),
        on_accent=QColor("#17171B"),
        now_line=QColor("#F87171"),
        tinted=QColor("#202024"),
        accent_soft=QColor("#2C2B46"),
        accent_text=QColor("#A5A1FA"),
        accent_hover=QColor("#9C98F9"),
        accent_pressed=QColor("#7C76F0"),
        hover=QColor("#2A2A30"),
        pressed=QColor("#34343B"),
        visible_range=QColor("#2B2B31"),
        border=QColor("#3E3E46"),
        danger=QColor("#FCA5A5"),
        danger_soft=QColor("#43201F"),
        warning=QColor("#FCD9A0"),
        warning_soft=QColor("#43301A"),
        success=QColor("#86EFAC"),
        success_soft=QColor("#1D3A29"),
        tooltip=QColor("#E4E4E7"),
        on_tooltip=QColor("#18181B"),
    ),
)
