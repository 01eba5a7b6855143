"""How well one colour can be read on another (WCAG 2.2, 1.4.3), and mending it."""

from PySide6.QtGui import QColor

READABLE = 4.5
"""The least contrast between text and what is behind it."""

STEPS = 20


def contrast_ratio(one: QColor | str, other: QColor | str) -> float:
    """WCAG's ratio of two opaque colours: 1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(base: QColor, other: QColor, share: float) -> QColor:
    """``base`` with so much of ``other`` in it: 0 is all ``base``, 1 is all ``other``."""
    return QColor(
        round(base.red() + (other.red() - base.red()) * share),
        round(base.green() + (other.green() - base.green()) * share),
        round(base.blue() + (other.blue() - base.blue()) * share),
    )


def readable(color: QColor, behind: QColor, ratio: float = READABLE) -> QColor:
    """``color``, moved towards black or white only as far as ``ratio`` on ``behind`` needs."""
    black, white = QColor("#000000"), QColor("#ffffff")
    towards = max(black, white, key=lambda end: contrast_ratio(end, behind))
    for step in range(STEPS + 1):
        candidate = mixed(color, towards, step / STEPS)
        if contrast_ratio(candidate, behind) >= ratio:
            return candidate
    return towards


def _luminance(color: QColor) -> float:
    red, green, blue = (
        _linear(channel) for channel in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
