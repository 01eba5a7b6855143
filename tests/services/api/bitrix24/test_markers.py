"""The line by which a calendar event is found again."""

import re

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import OpId, new_uid
from desktop.services.api.bitrix24.markers import marker_line, split_marker, with_marker


def test_a_marker_is_twelve_letters_of_crockfords_alphabet():
    line = marker_line(OpId(new_uid()))

    assert re.fullmatch(r"Ref\. P-[0-9ABCDEFGHJKMNPQRSTVWXYZ]{12}", line)


def test_an_op_has_the_same_marker_for_ever():
    assert marker_line(OpId("0b8f2f0e-6d1c-4b0e-9c1b-3f7f4f6f7a11")) == "Ref. P-VPFP9KT9B43M"


def test_many_ops_have_different_markers():
    assert len({marker_line(OpId(new_uid())) for _ in range(10_000)}) == 10_000


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip))
def test_a_description_comes_back_without_its_marker(text):
    line = marker_line(OpId("op"))
    if split_marker(text)[1]:
        return
    assert split_marker(with_marker(text, line)) == (text, line)


def test_only_the_last_line_is_a_marker():
    line = marker_line(OpId("op"))

    assert split_marker(f"{line}\nmore text") == (f"{line}\nmore text", "")
    assert split_marker(f"text\r\n{line}\r\n") == ("text", line)
    assert split_marker("Ref. P-short") == ("Ref. P-short", "")
