"""Words in an event's box."""

from datetime import UTC

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.ui.calendar.describe import minute_text
from desktop.ui.calendar.event_text import TextShaper
from desktop.ui.calendar.metrics import sizes_of
from desktop.ui.theme import scaled
from tests.builders import MONDAY, make_span
from tests.ui.calendar.entries import make_entry


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("title", ["Contract: Acme", "عقد: أكمي"])
def test_the_letters_of_a_title_say_which_way_it_runs(title: str) -> None:
    shaper = TextShaper(QFont(), UTC, rtl=True)
    entry = make_entry("e1", make_span(MONDAY), summary=title)

    (line,) = shaper.shaped(entry, 400, 60).titles

    option = line.text.textOption()
    assert option.textDirection() is Qt.LayoutDirection.LayoutDirectionAuto
    assert option.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize("language", ["en_US", "en_GB", "ar_EG", "hi_IN", "ko_KR"])
def test_every_hour_fits_beside_the_grid(qapp: QApplication, language: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        font = QFont()
        metrics = QFontMetrics(scaled(font, 0.88))
        widest = max(metrics.horizontalAdvance(minute_text(60 * hour)) for hour in range(24))

        assert sizes_of(font, QSize(800, 600), rtl=False).gutter >= widest + 8
    finally:
        QLocale.setDefault(before)


@pytest.mark.usefixtures("qapp")
def test_where_short_words_do_not_fit_each_still_begins_a_line() -> None:
    shaper = TextShaper(QFont(), UTC)
    entry = make_entry("e1", make_span(MONDAY), summary="Acme NDA")
    width = int(3.6 * shaper.fonts.title_metrics.averageCharWidth())

    lines = [line.text.text() for line in shaper.shaped(entry, width, 400).titles]

    assert "".join(lines) == "AcmeNDA"
    assert any(line.startswith("N") for line in lines)
