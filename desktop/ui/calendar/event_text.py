"""The words in an event's box, broken into whole lines once and kept between frames."""

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
MOST_LINES = 12
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


@dataclass(frozen=True, slots=True)
class _Room:
    """How many lines a box has room for, or how low it is where it has none."""

    titles: int
    details: int
    low_px: int
    beside: bool = False
    """A single line: the time stands beside the title."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was shaped for an entry at one width."""

    entry: CalendarEntry
    place: tuple[int, int]
    title: str
    lines: tuple[str, ...]
    facts: tuple[str, ...]
    texts: dict[_Room, EventText]


class TextShaper:
    """Shapes the texts of events, and keeps them as long as event and place stay the same."""

    def __init__(self, base: QFont, zone: tzinfo, *, rtl: bool = False) -> None:
        self.fonts = Fonts(base)
        self._zone = zone
        self._rtl = rtl
        self._kept: dict[Key, _Kept] = {}

    def keep_only(self, keys: set[Key]) -> None:
        """Forget what is not shown any more."""
        for key in self._kept.keys() - keys:
            del self._kept[key]

    def shaped(
        self, entry: CalendarEntry, width: int, height: int, badges_px: int = 0
    ) -> EventText:
        """The lines of ``entry`` in so much room; ``badges_px`` are kept free in the first one."""
        if width < LEAST_FONT_PX:
            return EventText()
        kept = self._of(entry, width, badges_px)
        room = self._room(kept, height)
        found = kept.texts.get(room)
        if found is None:
            found = self._shape(kept, room, width, badges_px)
            kept.texts[room] = found
        return found

    def _of(self, entry: CalendarEntry, width: int, badges_px: int) -> _Kept:
        """What is known of an entry at this width; a change of either begins anew."""
        key = key_of(entry)
        kept = self._kept.get(key)
        same = kept is not None and kept.entry is entry
        if kept is None or not same or kept.place != (width, badges_px):
            title = _one_line(title_text(entry))
            lines = tuple(self._wrapped(title, width, MOST_LINES, badges_px))
            kept = _Kept(entry, (width, badges_px), title, lines, self._facts(entry, width), {})
            self._kept[key] = kept
        return kept

    def _room(self, kept: _Kept, height: int) -> _Room:
        """Whole lines alone count, so zooming shapes anew only where a line comes or goes."""
        title_px, detail_px = self.fonts.title_px, self.fonts.detail_px
        most = int(height // title_px)
        if not most:
            return _Room(0, 0, height)
        titles = min(most, len(kept.lines))
        left = int((height - titles * title_px) // detail_px)
        return _Room(titles, min(left, len(kept.facts)), 0, beside=most == 1)

    def _shape(self, kept: _Kept, room: _Room, width: int, badges_px: int) -> EventText:
        fonts = self.fonts
        if not room.titles:
            return self._small(kept.title, width - badges_px, room.low_px)
        texts = list(kept.lines)
        if room.titles < len(texts):
            texts = self._wrapped(kept.title, width, room.titles, badges_px)
        titles = [
            self._line(text, fonts.title, width, row * fonts.title_px)
            for row, text in enumerate(texts)
        ]
        if room.beside:
            beside = self._beside(texts[0], kept.facts, width - badges_px)
            return EventText(tuple(titles), () if beside is None else (beside,))
        details = []
        y = len(titles) * fonts.title_px
        for fact in kept.facts[: room.details]:
            text = fonts.detail_metrics.elidedText(fact, Qt.TextElideMode.ElideRight, width)
            details.append(self._line(text, fonts.detail, width, y))
            y += fonts.detail_px
        return EventText(tuple(titles), tuple(details))

    def _facts(self, entry: CalendarEntry, width: int) -> tuple[str, ...]:
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
        return tuple(facts)

    def _beside(self, title: str, facts: tuple[str, ...], width: int) -> Line | None:
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
        # Where not even short words fit, letters tell more than dots; a word begins a line.
        narrow = width < NARROW_CHARACTERS * metrics.averageCharWidth()
        option.setWrapMode(
            QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
            if narrow
            else QTextOption.WrapMode.WordWrap
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
            option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the letters' own
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
