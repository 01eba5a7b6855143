"""Foreign markup becomes plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.api.bitrix24.plain import one_line, plain_bb, plain_rich, plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The field &quot;Region&quot; is required.<br>\n", 'The field "Region" is required.'),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<img src="file:///etc/passwd">x', "x"),
        ("&lt;b&gt;", "<b>"),
        ("a &amp;amp; b", "a &amp; b"),
    ],
)
def test_html_loses_its_tags_and_entities_are_decoded_once(text, plain):
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[B]Key account[/B]\nPrefers calls", "Key account\nPrefers calls"),
        ("[url=https://a.example]our site[/url]", "our site (https://a.example)"),
        ("[url=https://a.example]https://a.example[/url]", "https://a.example"),
        ("[url]https://a.example[/url]", "https://a.example"),
        ("[list][*]one\n[*]two[/list]", "- one\n- two"),
        ("[user=7]Anna[/user] [x] [1]", "Anna [x] [1]"),
    ],
)
def test_bb_code_goes_and_other_brackets_stay(text, plain):
    assert plain_bb(text) == plain


def test_a_title_is_one_line_decoded_once():
    assert one_line("Call &quot;Acme&quot;\n now") == 'Call "Acme" now'


@given(st.text(alphabet="<>[]/=&;abcurl \n", max_size=200))
def test_no_text_breaks_the_reader(text):
    assert isinstance(plain_rich(text), str)


@pytest.mark.parametrize("text", ["<a" * 100_000, "[url=" * 100_000, "[b]" * 100_000])
def test_hostile_texts_take_no_time(text):
    plain_rich(text)
