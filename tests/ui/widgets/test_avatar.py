import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.contrast import contrast_ratio
from desktop.ui.widgets.avatar import (
    DISC_COLORS,
    avatar_color,
    avatar_pixmap,
    initials,
)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alex Vronsky", "AV"),
        ("Пётр Ильич Вронский", "ПВ"),
        ("madonna", "M"),
        ("(retired) Anna", "A"),
        ("", ""),
        ("🙂", ""),
        ("  ", ""),
    ],
)
def test_initials_are_of_the_first_and_last_word(name: str, letters: str):
    assert initials(name) == letters


@given(st.text())
def test_any_name_has_at_most_two_initials(name: str):
    assert len(initials(name)) <= 2


def test_the_same_person_keeps_the_colour():
    assert avatar_color("acc:contact:7").name() == avatar_color("acc:contact:7").name()
    assert len({avatar_color(f"contact-{n}").name() for n in range(200)}) == len(DISC_COLORS)


@pytest.mark.parametrize("color", DISC_COLORS)
def test_letters_are_readable_on_every_disc(color: str):
    assert contrast_ratio("#FFFFFF", color) >= 4.5


def test_a_disc_is_sharp_on_a_fine_screen(qapp):
    pixmap = avatar_pixmap("Alex Vronsky", "1", 32, 2.0)

    assert pixmap.width() == 64
    assert pixmap.deviceIndependentSize().width() == 32
