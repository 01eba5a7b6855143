"""A webhook in every shape that people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Field, InvalidInputError
from desktop.services.api.bitrix24.address import parse_webhook

SECRET = "s3cretcanary"


@pytest.mark.parametrize(
    ("text", "portal", "user"),
    [
        ("https://acme.bitrix24.com/rest/1/{}/", "https://acme.bitrix24.com", "1"),
        ("https://acme.bitrix24.com/rest/1/{}", "https://acme.bitrix24.com", "1"),
        ("https://acme.bitrix24.com/rest/1/{}/profile.json", "https://acme.bitrix24.com", "1"),
        ("https://acme.bitrix24.com/rest/1/{}/profile", "https://acme.bitrix24.com", "1"),
        ("  https://acme.bitrix24.com/rest/1/{}/\n", "https://acme.bitrix24.com", "1"),
        ('"https://acme.bitrix24.com/rest/1/{}/"', "https://acme.bitrix24.com", "1"),
        ("«https://acme.bitrix24.com/rest/1/{}/».", "https://acme.bitrix24.com", "1"),
        ("<https://acme.bitrix24.com/rest/1/{}/>", "https://acme.bitrix24.com", "1"),
        ("HTTPS://ACME.Bitrix24.COM/rest/1/{}/", "https://acme.bitrix24.com", "1"),
        ("http://acme.bitrix24.com/rest/1/{}/", "https://acme.bitrix24.com", "1"),
        ("http://acme.bitrix24.com:80/rest/1/{}/", "https://acme.bitrix24.com", "1"),
        ("acme.bitrix24.com/rest/1/{}/", "https://acme.bitrix24.com", "1"),
        ("https://crm.firm.example:8443/rest/12/{}/", "https://crm.firm.example:8443", "12"),
        ("https://firm.example/b24/x/rest/12/{}/", "https://firm.example/b24/x", "12"),
        ("https://acme.bitrix24.com/rest/api/7/{}/tasks.list", "https://acme.bitrix24.com", "7"),
        ("https://acme.bitrix24.com/rest/7/{}/?x=1#y", "https://acme.bitrix24.com", "7"),
        ("https://портал.рф/rest/7/{}/", "https://xn--80awhdgm.xn--p1ai", "7"),
        ("https://intranet/rest/7/{}/", "https://intranet", "7"),
        ("https://127.0.0.1:4443/rest/7/{}/", "https://127.0.0.1:4443", "7"),
    ],
)
def test_a_webhook_is_read_in_every_shape(text, portal, user):
    address = parse_webhook(text.format(SECRET))

    assert (address.portal, address.user_id, address.secret) == (portal, user, SECRET)
    assert address.url("profile") == f"{portal}/rest/{user}/{SECRET}/profile"
    assert parse_webhook(address.text) == address


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\"' ", "empty"),
        ("https://acme.bitrix24.com/rest/1/" + "x" * 3_000, "too long"),
        ("8f3k2j5h6g7d8s9a", "only a code"),
        ("webhook", "not a link"),
        ("Anna's webhook", "not a link"),
        ("ftp://acme.bitrix24.com/rest/1/abcdefgh/", "not a link"),
        ("https://evil.com\\@good.com/rest/1/abcdefgh/", "not a link"),
        ("https://user:pass@good.com/rest/1/abcdefgh/", "not a link"),
        ("https://good.com:99999/rest/1/abcdefgh/", "not a link"),
        ("https:///rest/1/abcdefgh/", "not a link"),
        ("https://bad_host.com/rest/1/abcdefgh/", "not a link"),
        ("https://acme.bitrix24.com/\x00rest/1/abcdefgh/", "not a link"),
        ("https://acme.bitrix24.com", "other page"),
        ("https://acme.bitrix24.com/devops/edit/in-hook/3/", "other page"),
        ("https://acme.bitrix24.com/crm/contact/details/43/", "other page"),
        ("https://handler.example/outgoing.php", "other page"),
        ("https://acme.bitrix24.com/rest/crm.contact.list", "app address"),
        ("https://acme.bitrix24.com/rest/", "no user"),
        ("https://acme.bitrix24.com/rest/anna/abcdefgh/", "no user"),
        ("https://acme.bitrix24.com/rest/1/", "no secret"),
        ("https://acme.bitrix24.com/rest/1/profile.json", "no secret"),
        ("https://acme.bitrix24.com/rest/1/ab/", "no secret"),
    ],
)
def test_what_is_wrong_is_said(text, problem):
    with pytest.raises(InvalidInputError) as caught:
        parse_webhook(text)

    assert (caught.value.field, caught.value.problem) == (Field.WEBHOOK, problem)
    assert caught.value.detail == ""


def test_an_address_shows_itself_without_its_secret():
    address = parse_webhook(f"https://acme.bitrix24.com/rest/7/{SECRET}/")

    shown = [repr(address), str(address), f"{address}", f"{[address]!r}"]
    assert not any(SECRET in one for one in shown)
    assert repr(address) == "https://acme.bitrix24.com/rest/7/****/"
    assert address.host == "acme.bitrix24.com"


@given(st.text() | st.from_regex(r"https?://[a-z.@:\\]{0,12}/rest/[0-9a-z/]{0,20}"))
def test_any_text_is_an_address_or_an_input_error(text):
    try:
        address = parse_webhook(text)
    except InvalidInputError:
        return
    assert address.portal.startswith("https://")
    assert "@" not in address.portal
    assert address.user_id.isdigit()
