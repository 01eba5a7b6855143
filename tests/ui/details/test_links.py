import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.details.links import MOST_LINKS, link_of, links_in, map_link


def opened(text: str) -> list[str]:
    return [link.whole for link in links_in(text)]


def test_links_are_found_in_the_middle_of_a_sentence() -> None:
    text = "Join (https://meet.example.com/a_(b)), or see www.example.org/x. Bye!"

    assert opened(text) == ["https://meet.example.com/a_(b)", "https://www.example.org/x"]


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://server/share",
        "data:text/html,x",
        "parley://open",
        "ms-excel:ofe|u|http://x",
        "https://",
        "http:///nowhere",
        "mailto:",
        "mailto:nobody",
        "tel:abc",
        "no link at all",
        "",
    ],
)
def test_nothing_that_could_start_a_program_becomes_a_link(text: str) -> None:
    assert link_of(text) is None


def test_the_real_host_is_named_and_whoever_stands_before_it_is_left_out() -> None:
    link = link_of("https://bank.example@evil.example:8443/login")

    assert link is not None
    assert link.text == "Open evil.example:8443"
    assert link.whole == "https://evil.example:8443/login"


def test_a_host_in_other_letters_is_shown_as_it_is_looked_up_too() -> None:
    link = link_of("https://pаypal.com/")  # the second letter is Cyrillic

    assert link is not None
    assert "xn--" in link.text


def test_a_letter_goes_to_one_address_and_carries_nothing_else() -> None:
    link = link_of("mailto:anna@example.com?bcc=spy@example.com&body=secret")

    assert link is not None
    assert link.whole == "mailto:anna@example.com"
    assert link.text == "anna@example.com"


def test_a_number_is_dialled_by_its_digits() -> None:
    link = link_of("tel:+49-30-100")

    assert link is not None
    assert link.whole == "tel:+4930100"


def test_the_same_link_is_named_once_and_many_are_cut() -> None:
    many = " ".join(f"https://h{number}.example" for number in range(20))

    assert opened("https://a.example https://a.example") == ["https://a.example"]
    assert len(links_in(many)) == MOST_LINKS


def test_a_place_is_looked_up_on_a_map_unless_it_is_a_link() -> None:
    link = map_link("Friedrichstraße 12,\nBerlin & more")

    assert link is not None
    assert link.whole == (
        "https://www.openstreetmap.org/search?query=Friedrichstra%C3%9Fe%2012%2C%20Berlin%20%26%20more"
    )
    assert "openstreetmap.org" in link.text
    assert map_link("https://meet.example.com") is None
    assert map_link("12") is None


@given(st.text(max_size=200))
def test_whatever_is_written_only_safe_addresses_come_out(text: str) -> None:
    for link in links_in(f"{text} https://{text} mailto:{text} www.{text}"):
        assert link.url.scheme() in ("http", "https", "mailto", "tel")
        assert "\n" not in link.whole
        if link.url.scheme().startswith("http"):
            assert link.url.host()
            assert not link.url.userInfo()
