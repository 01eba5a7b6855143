"""The words in an event's box, broken into whole lines once and kept between frames."""

import math
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTextLayout, QTextOption

from desktop.domain.event import CalendarEntry
from desktop.domain.timespan import TimeSpan
from desktop.ui.calendar.describe import time_text, times_text, title_text
from desktop.ui.calendar.scene import Key, key_of

DETAIL_SCALE = 0.92
LEAST_FONT_PX = 8
LINE_GAP_PX = 6
"""Between title and time when they share a line."""
MOST_SHAPED_PER_ENTRY = 8
HEIGHT_STEP_PX = 4
NARROW_CHARACTERS = 5


class Fonts:
    """The type of events: the system's font, its title bold, its details a little smaller."""

    def __init__(self, base: QFont) -> None:
        self.title = QFont(base)
        self.title.setBold(True)
        self.detail = QFont(base)
        if base.pointSizeF() > 0:
            self.detail.setPointSizeF(base.pointSizeF() * DETAIL_SCALE)
        self.title_metrics = QFontMetricsF(self.title)
        self.detail_metrics = QFontMetricsF(self.detail)
        self.title_px = self.title_metrics.height()
        self.detail_px = self.detail_metrics.height()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to be drawn at ``at`` from the corner of the text's place."""

    text: QStaticText
    at: QPointF
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class EventText:
    """What is written in one box."""

    titles: tuple[Line, ...] = ()
    details: tuple[Line, ...] = ()
    title_font: QFont | None = None
    """Smaller than usual where the box is too low for a usual line."""


class TextShaper:
    """Shapes the texts of events, and keeps them as long as event and place stay the same."""

    def __init__(self, base: QFont, zone: tzinfo, *, rtl: bool = False) -> None:
        self.fonts = Fonts(base)
        self._zone = zone
        self._rtl = rtl
        self._kept: dict[Key, tuple[CalendarEntry, dict[tuple[int, int, int], EventText]]] = {}

    def keep_only(self, keys: set[Key]) -> None:
        """Forget what is not shown any more."""
        for key in self._kept.keys() - keys:
            del self._kept[key]

    def shaped(
        self, entry: CalendarEntry, width: int, height: int, badges_px: int = 0
    ) -> EventText:
        """The lines of ``entry`` in so much room; ``badges_px`` are kept free in the first one."""
        key = key_of(entry)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not entry:
            kept = (entry, {})
            self._kept[key] = kept
        if height > self.fonts.title_px:
            # Whole lines alone count, so that zooming shapes anew only where a line comes or goes.
            over = height - self.fonts.title_px
            height = math.ceil(self.fonts.title_px) + int(over // HEIGHT_STEP_PX) * HEIGHT_STEP_PX
        place = (width, height, badges_px)
        found = kept[1].get(place)
        if found is None:
            if len(kept[1]) >= MOST_SHAPED_PER_ENTRY:
                kept[1].clear()
            found = self._shape(entry, width, height, badges_px)
            kept[1][place] = found
        return found

    def _shape(self, entry: CalendarEntry, width: int, height: int, badges_px: int) -> EventText:
        if width < LEAST_FONT_PX:
            return EventText()
        fonts = self.fonts
        title = _one_line(title_text(entry))
        if height < fonts.title_px:
            return self._small(title, width - badges_px, height)
        most = int(height // fonts.title_px)
        texts = self._wrapped(title, width, most, badges_px)
        titles = [
            self._line(text, fonts.title, width, row * fonts.title_px)
            for row, text in enumerate(texts)
        ]
        y = len(titles) * fonts.title_px
        details: list[Line] = []
        facts = self._facts(entry, width)
        if most == 1:
            beside = self._beside(texts[0], facts, width - badges_px)
            details.extend([beside] if beside is not None else [])
        for fact in facts:
            if y + fonts.detail_px > height or most == 1:
                break
            text = fonts.detail_metrics.elidedText(fact, Qt.TextElideMode.ElideRight, width)
            details.append(self._line(text, fonts.detail, width, y))
            y += fonts.detail_px
        return EventText(tuple(titles), tuple(details))

    def _facts(self, entry: CalendarEntry, width: int) -> list[str]:
        """Times and place; where both times find no room the start alone. Days have no times."""
        facts: list[str] = []
        if isinstance(entry.when, TimeSpan):
            times = times_text(entry.when, self._zone)
            advance = self.fonts.detail_metrics.horizontalAdvance
            if advance(times) > width:
                times = time_text(entry.when.start, self._zone)
            if advance(times) <= width:
                facts.append(times)
        if entry.event.location:
            facts.append(_one_line(entry.event.location))
        return facts

    def _beside(self, title: str, facts: list[str], width: int) -> Line | None:
        """The time in the title's own line, if it fits there whole."""
        if not facts:
            return None
        fact = facts[0]
        fonts = self.fonts
        left = fonts.title_metrics.horizontalAdvance(title) + LINE_GAP_PX
        needed = fonts.detail_metrics.horizontalAdvance(fact)
        if left + needed > width:
            return None
        x = width - left - needed if self._rtl else left
        lift = fonts.title_metrics.ascent() - fonts.detail_metrics.ascent()
        return Line(self._static(fact, fonts.detail, 0), QPointF(x, lift))

    def _small(self, title: str, width: int, height: int) -> EventText:
        """One line in a box that is lower than a line: in smaller type, or not at all."""
        ratio = height / self.fonts.title_px
        pixels = int(self.fonts.title_metrics.ascent() * ratio)
        if pixels < LEAST_FONT_PX:
            return EventText()
        font = QFont(self.fonts.title)
        font.setPixelSize(pixels)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
        top = (height - metrics.height()) / 2
        return EventText((self._line(text, font, width, top),), (), font)

    def _wrapped(self, text: str, width: int, most: int, first_less: int) -> list[str]:
        """At most ``most`` lines of ``text``; the last one ends in dots where it is cut."""
        metrics = self.fonts.title_metrics
        if metrics.horizontalAdvance(text) <= width - first_less:
            return [text]
        layout = QTextLayout(text, self.fonts.title)
        option = QTextOption()
        # Where not even short words fit, letters tell more than dots.
        narrow = width < NARROW_CHARACTERS * metrics.averageCharWidth()
        option.setWrapMode(
            QTextOption.WrapMode.WrapAnywhere if narrow else QTextOption.WrapMode.WordWrap
        )
        layout.setTextOption(option)
        lines: list[str] = []
        layout.beginLayout()
        while len(lines) < most:
            room = width - (first_less if not lines else 0)
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, room))
            start = line.textStart()
            last = len(lines) == most - 1
            part = _units(text, start, None if last else line.textLength()).strip()
            lines.append(metrics.elidedText(part, Qt.TextElideMode.ElideRight, room))
        layout.endLayout()
        return lines

    def _line(self, text: str, font: QFont, width: int, y: float) -> Line:
        return Line(
            self._static(text, font, width),
            QPointF(0, y),
            min(float(width), QFontMetricsF(font).horizontalAdvance(text)),
        )

    def _static(self, text: str, font: QFont, width: int) -> QStaticText:
        static = QStaticText(text)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        if self._rtl and width:
            option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            static.setTextOption(option)
            static.setTextWidth(width)
        static.prepare(font=font)
        return static


def _units(text: str, start: int, length: int | None = None) -> str:
    """A part of ``text`` by Qt's counting, in which a character beyond U+FFFF counts twice."""
    end = None if length is None else 2 * (start + length)
    return text.encode("utf-16-le")[2 * start : end].decode("utf-16-le", "ignore")


def _one_line(text: str) -> str:
    """``text`` without line breaks: what is foreign may contain any."""
    return " ".join(text.split())
