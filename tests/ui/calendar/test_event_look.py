import itertools
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QColor

from desktop.domain.event import DeliveryMark, EventStatus, Participation
from desktop.ui.calendar.event_look import EventState, Phase, look_of, phase_of, state_of
from desktop.ui.palettes import DARK, LIGHT
from desktop.ui.theme import contrast_ratio
from tests.builders import MONDAY, TUESDAY, make_days, make_span
from tests.ui.calendar.entries import make_entry

HUES = [
    QColor.fromHsv(hue, saturation, value).name()
    for hue in range(0, 360, 24)
    for saturation, value in ((255, 255), (120, 255), (255, 110))
]
NAMED = [
    "#4F46E5",
    "#15803D",
    "#0369A1",
    "#BE185D",
    "#B45309",
    "#FFFFFF",
    "#000000",
    "",
    "nonsense",
]
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)

STATES = [
    EventState(phase=phase, tentative=tentative, declined=declined, cancelled=cancelled)
    for phase, tentative, declined, cancelled in itertools.product(
        Phase, (False, True), (False, True), (False, True)
    )
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("color", HUES + NAMED)
def test_words_are_readable_in_every_state(color, theme):
    for state in STATES:
        look = look_of(color, state, theme)
        for text in (look.text, look.muted):
            assert contrast_ratio(text, look.fill) >= 4.5
            if state.tentative:
                assert contrast_ratio(text, look.stripe) >= 4.5


def test_an_event_is_past_current_or_coming():
    assert phase_of(make_span(hours=(10, 12)), UTC, NOON) is Phase.PAST
    assert phase_of(make_span(hours=(12, 13)), UTC, NOON) is Phase.CURRENT
    assert phase_of(make_span(hours=(13, 14)), UTC, NOON) is Phase.COMING


def test_whole_days_are_past_when_the_day_is_over():
    assert phase_of(make_days(MONDAY), UTC, NOON) is Phase.COMING
    assert phase_of(make_days(MONDAY), UTC, datetime(2026, 11, 17, tzinfo=UTC)) is Phase.PAST
    assert phase_of(make_days(TUESDAY), UTC, NOON) is Phase.COMING


def test_each_state_has_a_sign_besides_its_colour():
    def state(**more):
        return state_of(make_entry(**more), Phase.COMING)

    assert state(status=EventStatus.TENTATIVE).tentative
    assert state(participation=Participation.NEEDS_ACTION).tentative
    assert state(participation=Participation.DECLINED).struck
    assert state(status=EventStatus.CANCELLED).struck
    assert state(mark=DeliveryMark.WAITING).dashed
    assert not state().dashed


def test_past_events_are_paler():
    coming = look_of("#15803D", EventState(), LIGHT)
    past = look_of("#15803D", EventState(phase=Phase.PAST), LIGHT)

    assert past.fill.lightnessF() > coming.fill.lightnessF()
    assert past.bar.lightnessF() > coming.bar.lightnessF()
