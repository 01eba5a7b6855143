"""The layout's model: everything of the reference is read and written, everything else refused."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.bitrix24.activities.layout.actions import (
    Animation,
    OpenApp,
    Redirect,
    RestEvent,
)
from desktop.services.api.bitrix24.activities.layout.blocks import (
    Deadline,
    LargeText,
    LineOfBlocks,
    Link,
    Shade,
    Size,
    TextBlock,
    WithTitle,
)
from desktop.services.api.bitrix24.activities.layout.layout import Layout, layout_from, layout_wire
from desktop.services.api.bitrix24.activities.layout.parts import (
    Button,
    ButtonType,
    Footer,
    Header,
    Logo,
    Menu,
    MenuItem,
    Tag,
    TagType,
)
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError
from desktop.services.api.bitrix24.activities.layout.texts import Scope, Translated
from tests.services.api.bitrix24.samples import SAMPLES

SAMPLE = next(one["layout"] for one in SAMPLES["S18"] if "layout" in one)

_words = st.text(min_size=1, max_size=12)
_texts = _words | st.lists(
    st.tuples(st.sampled_from(["en", "de", "ru"]), _words),
    min_size=1,
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: Translated(tuple(pairs)))
_keys = st.text("abcXYZ019_-", min_size=1, max_size=6)
_scopes = st.none() | st.sampled_from(Scope)
_params = st.dictionaries(st.text(min_size=1, max_size=5), st.integers() | st.text(), max_size=2)
_pixels = st.none() | st.integers(0, 2000)
_actions = (
    st.builds(Redirect, _words)
    | st.builds(RestEvent, _words, _params, st.none() | st.sampled_from(Animation))
    | st.builds(OpenApp, _params, _pixels, st.none(), st.text(max_size=5))
    | st.builds(OpenApp, _params, st.none(), _pixels, st.text(max_size=5))
)


def _maps(things: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[Any]:
    return st.dictionaries(_keys, things, min_size=least, max_size=most).map(
        lambda found: tuple(found.items())
    )


_small = (
    st.builds(
        TextBlock,
        _texts,
        st.booleans(),
        _texts | st.just(""),
        st.booleans(),
        st.none() | st.sampled_from(Size),
        st.none() | st.sampled_from(Shade),
        _scopes,
    )
    | st.builds(Link, _texts, _actions, st.booleans(), _scopes)
    | st.builds(Deadline, st.booleans(), _scopes)
)
_blocks = (
    _small
    | st.builds(LargeText, _texts, _scopes)
    | st.builds(WithTitle, _texts, _small, st.booleans(), _scopes)
    | st.builds(LineOfBlocks, _maps(_small, 1, 3), _scopes)
)
_tags = st.builds(
    Tag, _texts, st.sampled_from(TagType), st.none() | _actions, _scopes, st.booleans()
)
_buttons = st.builds(Button, _texts, st.sampled_from(ButtonType), _actions, _scopes, st.booleans())
_items = st.builds(MenuItem, _texts, _actions, _scopes, st.booleans())
_menus = st.builds(Menu, st.booleans(), st.booleans(), st.booleans(), _maps(_items, 0, 3))
_footers = st.builds(Footer, _maps(_buttons, 1, 2), st.none() | _menus)
layouts = st.builds(
    Layout,
    _words,
    st.builds(Header, _texts, st.none() | _actions, _maps(_tags, 0, 2)),
    st.builds(Logo, _words, st.none() | _actions),
    _maps(_blocks, 0, 4),
    st.none() | _footers,
)


def changed(path: str, value: object) -> dict[str, Any]:
    """The reference's sample with another value at ``path``; ``...`` takes the field away."""
    layout: dict[str, Any] = copy.deepcopy(SAMPLE)
    *way, name = path.split("/")
    place: Any = layout
    for step in way:
        place = place[step]
    if value is ...:
        del place[name]
    else:
        place[name] = value
    return layout


def refused(raw: object, languages: frozenset[str] | None = None) -> tuple[LayoutFault, str]:
    with pytest.raises(LayoutRefusedError) as caught:
        layout_from(raw, languages)
    return caught.value.fault, caught.value.path


def test_the_references_sample_is_read_and_written_as_it_is():
    layout = layout_from(SAMPLE)

    assert layout.header.title == Translated((("en", "Online demo"), ("de", "Online-Demo")))
    assert dict(layout.blocks)["note"] == LargeText("Agenda:\n1. Offer\n2. Questions")
    assert layout_from(layout_wire(layout)) == layout


@given(layouts)
def test_every_layout_survives_the_wire(layout):
    wire = layout_wire(layout)

    assert layout_from(wire) == layout
    assert layout_wire(layout_from(wire)) == wire


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("icon", ..., LayoutFault.REQUIRED),
        ("icon/code", "", LayoutFault.REQUIRED),
        ("header", ..., LayoutFault.REQUIRED),
        ("header/title", ..., LayoutFault.REQUIRED),
        ("body/logo", ..., LayoutFault.REQUIRED),
        ("body/blocks", {}, LayoutFault.REQUIRED),
        ("body/blocks/link/properties/action", ..., LayoutFault.REQUIRED),
        ("body/blocks/link/properties/action/uri", ..., LayoutFault.REQUIRED),
        ("body/blocks/link/type", ..., LayoutFault.REQUIRED),
        ("colour", "red", LayoutFault.REDUNDANT),
        ("header/colour", "red", LayoutFault.REDUNDANT),
        ("body/blocks/link/properties/colour", "red", LayoutFault.REDUNDANT),
        ("body/blocks/link/properties/action/actionParams", {}, LayoutFault.REDUNDANT),
        ("footer/menu/showPin", True, LayoutFault.REDUNDANT),
        ("header/tags/state/type", "red", LayoutFault.ENUM),
        ("body/blocks/link/type", "html", LayoutFault.ENUM),
        ("body/blocks/when/properties/block/type", "largeText", LayoutFault.ENUM),
        ("body/blocks/link/properties/scope", "desktop", LayoutFault.ENUM),
        ("footer/buttons/open/type", "warning", LayoutFault.ENUM),
        ("body/blocks/a b", {"type": "deadline"}, LayoutFault.KEY),
        ("body/blocks/größe", {"type": "deadline"}, LayoutFault.KEY),
        ("header/title", {}, LayoutFault.REQUIRED),
        ("header/title", 5, LayoutFault.VALUE),
        ("header/title", [1], LayoutFault.VALUE),
        ("body/blocks/link/properties/bold", "perhaps", LayoutFault.VALUE),
    ],
)
def test_each_fault_is_refused_with_the_portals_code(path, value, fault):
    assert refused(changed(path, value))[0] is fault


@pytest.mark.parametrize("nothing", [None, {}, [], ""])
def test_an_empty_layout_has_a_code_of_its_own(nothing):
    assert refused(nothing)[0] is LayoutFault.EMPTY


@pytest.mark.parametrize(
    ("path", "most", "thing"),
    [
        ("header/tags", 2, {"title": "x", "type": "primary"}),
        ("body/blocks", 20, {"type": "deadline", "properties": {}}),
        (
            "footer/buttons",
            2,
            {"title": "x", "type": "primary", "action": {"type": "redirect", "uri": "/"}},
        ),
    ],
)
def test_maps_have_a_most(path, most, thing):
    many = {f"k{number}": thing for number in range(most + 1)}

    assert refused(changed(path, many))[0] is LayoutFault.TOO_MANY
    many.popitem()
    assert isinstance(layout_from(changed(path, many)), Layout)


def test_the_path_leads_to_the_fault():
    raw = changed("body/blocks/link/properties/action/type", "jump")

    assert refused(raw) == (LayoutFault.ENUM, "body.blocks.link.properties.action.type")


def test_languages_that_the_portal_does_not_have_are_refused():
    assert isinstance(layout_from(SAMPLE, frozenset({"en", "de"})), Layout)
    assert refused(SAMPLE, frozenset({"en"}))[0] is LayoutFault.LANGUAGE


def test_a_slider_has_a_width_or_a_boundary():
    both = {"type": "openRestApp", "sliderParams": {"width": 400, "leftBoundary": 0}}

    assert refused(changed("body/blocks/link/properties/action", both))[0] is LayoutFault.VALUE


def test_flags_are_read_in_every_spelling_of_the_portal():
    for told, meant in ((True, True), ("Y", True), ("false", False), (0, False), ("N", False)):
        layout = layout_from(changed("footer/menu/showPinItem", told))
        assert layout.footer is not None
        assert layout.footer.menu is not None
        assert layout.footer.menu.pin is meant


def test_nothing_that_would_be_refused_is_written():
    logo = Logo("document")
    for layout in (
        Layout("", Header("x"), logo, ()),
        Layout("info", Header(""), logo, ()),
        Layout("info", Header("x"), logo, (("a b", Deadline()),)),
        Layout("info", Header("x"), logo, tuple((f"k{n}", Deadline()) for n in range(21))),
        Layout("info", Header("x"), logo, (("k", LargeText("")),)),
    ):
        with pytest.raises(LayoutRefusedError):
            layout_wire(layout)
