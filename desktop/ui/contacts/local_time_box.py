"""What time it is for a contact, how far that is from here, and how we know."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.localtime import LocalTime, LocalTimeSource
from desktop.ui import theme
from desktop.ui.time_texts import time_text
from desktop.ui.widgets.icon_mark import IconMark
from desktop.ui.widgets.labels import PlainLabel


class LocalTimeBox(QWidget):
    """A quiet box; hidden where nothing tells the contact's zone."""

    def __init__(self, clock: Callable[[], datetime], zone: tzinfo) -> None:
        super().__init__()
        self._clock, self._zone = clock, zone
        self._local: LocalTime | None = None
        self._time = PlainLabel()
        self._time.setFont(theme.tabular(theme.scaled(self._time.font(), bold=True)))
        self._words = PlainLabel(tone="muted", wrap=True)
        self.setProperty("surface", "box")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconMark("clock"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def show_local_time(self, local: LocalTime | None) -> None:
        """Show another contact's time; None hides the box."""
        self._local = local
        self.setVisible(local is not None)
        self.refresh()

    def refresh(self) -> None:
        """Tell the time anew."""
        if self._local is None:
            return
        there = self._local.at(self._clock())
        here = self._clock().astimezone(self._zone)
        self._time.setText(time_text(there))
        self._words.setText(
            self.tr("in {place} · {distance}, {source}").format(
                place=self._local.place,
                distance=self._distance(there, here),
                source=self._source(self._local.source),
            )
        )
        self.setAccessibleName(f"{self._time.whole_text()} {self._words.whole_text()}")

    def _distance(self, there: datetime, here: datetime) -> str:
        apart = (there.utcoffset() or timedelta()) - (here.utcoffset() or timedelta())
        minutes = round(abs(apart) / timedelta(minutes=1))
        hours, rest = divmod(minutes, 60)
        span = self.tr("{hours} h {minutes} min") if rest else self.tr("{hours} h")
        span = span.format(hours=hours, minutes=rest)
        if not minutes:
            return self.tr("same time as you")
        if apart > timedelta():
            return self.tr("{span} ahead of you").format(span=span)
        return self.tr("{span} behind you").format(span=span)

    def _source(self, source: LocalTimeSource) -> str:
        return {
            LocalTimeSource.MANUAL: self.tr("set by hand"),
            LocalTimeSource.ADDRESS: self.tr("from the address"),
            LocalTimeSource.PHONE: self.tr("from the phone code"),
        }[source]
