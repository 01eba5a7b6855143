"""Figures as a table: for the terminal, and for the README between its two markers."""

import math
import re
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import Figure

HEAD = ("", "what", "measured", "target", "limit", "measured beside it", "verdict")
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def plain(figures: Sequence[Figure]) -> str:
    """Aligned columns."""
    rows = [HEAD, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines)


def markdown(figures: Sequence[Figure], where: str) -> str:
    """A table for a reader who has not got the machine at hand."""
    rows = [HEAD[:6], ("---",) * 6, *(_cells(figure)[:6] for figure in figures)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([f"Measured on {where}:", "", *lines])


def update(readme: Path, text: str) -> None:
    """Put ``text`` between the markers. Raises `ValueError` where there are none."""
    old = readme.read_text("utf-8")
    pattern = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
    if not pattern.search(old):
        raise ValueError(f"{readme.name} has no place for the figures: {BEGIN} … {END}")
    new = pattern.sub(lambda _found: f"{BEGIN}\n{text}\n{END}", old)
    readme.write_text(new, "utf-8")


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.id,
        figure.what,
        _number(figure.value, figure.unit),
        _number(figure.target, figure.unit),
        _number(figure.limit, figure.unit),
        figure.reference,
        figure.verdict,
    )


def _number(value: float, unit: str) -> str:
    if math.isinf(value):
        return ""
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    text = f"{value:.{digits}f}"
    return f"{text} ×" if unit == "x" else f"{text} {unit}".rstrip()
