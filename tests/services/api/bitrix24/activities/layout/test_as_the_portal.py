"""The model refuses exactly what the emulated portal refuses, which has rules of its own making."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.bitrix24.activities.layout.layout import layout_from, layout_wire
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutRefusedError
from tests.servers.bitrix24.errors import RestError
from tests.servers.bitrix24.layouts import check_layout
from tests.services.api.bitrix24.activities.layout.test_layout import SAMPLE, layouts

LANGUAGES = ("en", "de", "ru")

_values = st.sampled_from(
    [
        None,
        "",
        "x",
        "text",
        "largeText",
        "deadline",
        "redirect",
        "restEvent",
        "openRestApp",
        "primary",
        "web",
        "xs",
        "base_50",
        "true",
        "Y",
        "1",
        True,
        0,
        1,
        5,
        5.5,
        {},
        {"en": "x"},
        {"fr": "x"},
        {"en": 5},
        {"a": {"type": "deadline"}},
        {"a b": {"type": "deadline"}},
        {"type": "redirect", "uri": "/"},
        {"width": 5, "leftBoundary": 5},
    ]
)
_names = st.sampled_from(
    "type properties value title text action uri id bold scope color size code items blocks tags "
    "buttons menu width leftBoundary sliderParams actionParams animationType colour x".split()
)


def places(layout: Any) -> list[tuple[Any, Any]]:
    """Every object of a layout with each of its keys, the outermost first."""
    found = []
    if isinstance(layout, dict):
        for key, value in layout.items():
            found.append((layout, key))
            found += places(value)
    return found


@st.composite
def damaged(draw: st.DrawFn, faults: int) -> Any:
    """A layout with some values replaced, taken away or added."""
    start = SAMPLE if draw(st.booleans()) else layout_wire(draw(layouts))
    layout = copy.deepcopy(start)
    for _each in range(draw(st.integers(1, faults))):
        known = places(layout)
        if not known:
            break
        parent, key = draw(st.sampled_from(known))
        what = draw(st.sampled_from(["put", "take", "add"]))
        if what == "take":
            del parent[key]
        else:
            parent[key if what == "put" else draw(_names)] = copy.deepcopy(draw(_values))
    return layout


def ours(layout: Any) -> str:
    try:
        layout_from(layout, frozenset(LANGUAGES))
    except LayoutRefusedError as error:
        return error.fault.value
    return ""


def theirs(layout: Any) -> str:
    try:
        check_layout(layout, LANGUAGES)
    except RestError as error:
        return str(error.code)
    return ""


@given(layouts)
def test_what_the_model_writes_is_never_refused(layout):
    assert theirs(layout_wire(layout)) == ""


@given(damaged(faults=1))
def test_one_fault_has_the_portals_code(layout):
    assert ours(layout) == theirs(layout)


@given(damaged(faults=4))
def test_several_faults_are_refused_together_or_not_at_all(layout):
    assert bool(ours(layout)) is bool(theirs(layout))
