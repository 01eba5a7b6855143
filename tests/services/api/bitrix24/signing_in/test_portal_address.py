"""The address of a portal as people type it, and what a portal's page answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Field, InvalidInputError, SignInError, SignInProblem
from desktop.services.api.bitrix24.links import in_cloud
from desktop.services.api.bitrix24.signing_in.oauth_answer import (
    PortalAnswer,
    answer_in,
    answer_pasted,
    believe,
)
from desktop.services.api.bitrix24.signing_in.oauth_values import (
    AppKey,
    Generation,
    key_from_text,
    key_to_text,
    parse_app_id,
    parse_app_key,
    parse_port,
)
from desktop.services.api.bitrix24.signing_in.portal_address import (
    PortalAddress,
    endpoint_address,
    parse_portal,
)

ACME = PortalAddress("https://acme.bitrix24.com")
CODE = "avm0cp-canary-" + "x" * 56


@pytest.mark.parametrize(
    ("typed", "portal"),
    [
        ("acme.bitrix24.com", "https://acme.bitrix24.com"),
        (" https://Acme.Bitrix24.com/ ", "https://acme.bitrix24.com"),
        ("http://acme.bitrix24.com", "https://acme.bitrix24.com"),
        ("https://acme.bitrix24.de/company/personal/user/7/?x=1", "https://acme.bitrix24.de"),
        ("https://acme.bitrix24.com/whatever/", "https://acme.bitrix24.com"),
        ("https://acme.bitrix24.com/rest/7/secret/", "https://acme.bitrix24.com"),
        ("«acme.bitrix24.ru».", "https://acme.bitrix24.ru"),
        ("crm.firm.de:8443", "https://crm.firm.de:8443"),
        ("https://crm.firm.de:443/stream/", "https://crm.firm.de"),
        ("http://crm.firm.de:80/", "https://crm.firm.de"),
        ("https://intra.firm.de/portal/stream/", "https://intra.firm.de/portal"),
        ("https://intra.firm.de:8443/a/b_c/crm/deal/list/", "https://intra.firm.de:8443/a/b_c"),
        ("127.0.0.1:45001", "https://127.0.0.1:45001"),
        ("https://localhost:45001/", "https://localhost:45001"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_portal_is_found_in_what_was_typed(typed, portal):
    assert parse_portal(typed).portal == portal


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "empty"),
        (" «» ", "empty"),
        ("acme", "not a link"),
        ("my portal.com", "not a link"),
        ("ftp://acme.bitrix24.com", "not a link"),
        ("https://anna@acme.bitrix24.com", "not a link"),
        ("https://evil.com\\@acme.bitrix24.com", "not a link"),
        ("https://acme..com", "not a link"),
        ("https://acme.com:99999", "not a link"),
        ("https://firm.de/%2e%2e/x", "not a link"),
        ("https://firm.de/../x", "not a link"),
        ("acme.bitrix24.com/" + "x" * 3000, "too long"),
    ],
)
def test_what_is_no_portal_says_why(typed, problem):
    with pytest.raises(InvalidInputError) as wrong:
        parse_portal(typed)

    assert (wrong.value.field, wrong.value.problem) == (Field.PORTAL, problem)


@pytest.mark.parametrize(
    ("address", "cloud"),
    [
        ("https://acme.bitrix24.com", True),
        ("https://acme.bitrix24.com.br", True),
        ("https://b24-x1.bitrix24.site", True),
        ("https://bitrix24.com", False),
        ("https://acme.bitrix24.com.evil.example", False),
        ("https://acmebitrix24.com", False),
        ("https://crm.firm.de", False),
    ],
)
def test_the_vendors_cloud_is_told_from_the_rest(address, cloud):
    assert in_cloud(address) is cloud


@pytest.mark.parametrize(
    ("endpoint", "portal"),
    [
        ("https://acme.bitrix24.com/rest/", "https://acme.bitrix24.com"),
        ("https://firm.de:8443/portal/rest/", "https://firm.de:8443/portal"),
        ("https://firm.de/rest", "https://firm.de"),
        ("http://acme.bitrix24.com/rest/", None),
        ("https://acme.bitrix24.com/", None),
        ("https://acme.bitrix24.com/rest/7/secret/", None),
        ("https://x@acme.bitrix24.com/rest/", None),
        ("", None),
    ],
)
def test_an_endpoint_tells_its_portal(endpoint, portal):
    found = endpoint_address(endpoint)

    assert (None if found is None else found.portal) == portal


def test_the_page_is_asked_with_id_and_state():
    url = ACME.authorize_url("local.1&2", "s t")

    assert url == "https://acme.bitrix24.com/oauth/authorize/?client_id=local.1%262&state=s+t"


QUERY = (
    f"code={CODE}&state=Zx81&domain=acme.bitrix24.com&member_id={'a' * 32}"
    "&scope=crm%2Ccalendar&server_domain=oauth.bitrix.info"
)
ANSWER = PortalAnswer(CODE, "Zx81", "acme.bitrix24.com", "a" * 32, "oauth.bitrix.info")


def test_an_answer_is_read_from_its_query():
    assert answer_in(QUERY) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        f"http://127.0.0.1:47824/?{QUERY}",
        f'  "http://localhost:7000/?{QUERY}"  ',
        QUERY,
        f"https://relay.example/back?{QUERY}#top",
    ],
)
def test_an_answer_is_found_in_what_was_pasted(text):
    assert answer_pasted(text) == ANSWER


def test_a_code_alone_is_an_answer_of_which_nothing_else_is_known():
    assert answer_pasted(f" {CODE}\n") == PortalAnswer(CODE, bare=True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("https://acme.bitrix24.com/stream/", "unreadable"),
        ("code", "unreadable"),
        ("code=&state=x", "unreadable"),
        (f"code={CODE}&code=other-code", "unreadable"),
        ("http://[?code=1", "unreadable"),
        ("x=1&" * 50 + f"code={CODE}", "unreadable"),
        (f"{CODE} {CODE}", "unreadable"),
    ],
)
def test_what_holds_no_code_says_so(text, problem):
    with pytest.raises(InvalidInputError) as wrong:
        answer_pasted(text)

    assert (wrong.value.field, wrong.value.problem) == (Field.SIGN_IN_CODE, problem)
    assert CODE not in str(wrong.value)


def test_the_right_answer_is_believed():
    believe(ANSWER, ACME, "Zx81")
    believe(replace(ANSWER, domain=""), ACME, "Zx81")
    believe(replace(ANSWER, domain="ACME.bitrix24.com:443"), ACME, "Zx81")
    believe(PortalAnswer(CODE, bare=True), ACME, "Zx81")


@pytest.mark.parametrize(
    ("changes", "problem", "subject"),
    [
        ({"state": "other"}, SignInProblem.OTHER_STATE, ""),
        ({"state": ""}, SignInProblem.OTHER_STATE, ""),
        ({"domain": "evil.example"}, SignInProblem.OTHER_PORTAL, "evil.example"),
        ({"domain": "<b>x"}, SignInProblem.OTHER_PORTAL, ""),
        ({"code": "", "error": "access_denied"}, SignInProblem.NOT_ALLOWED, ""),
        ({"error": "access_denied", "state": "x"}, SignInProblem.OTHER_STATE, ""),
    ],
)
def test_any_other_answer_is_not_believed(changes, problem, subject):
    with pytest.raises(SignInError) as doubted:
        believe(replace(ANSWER, **changes), ACME, "Zx81")

    assert (doubted.value.problem, doubted.value.subject) == (problem, subject)


@pytest.mark.parametrize(
    ("parse", "text", "problem"),
    [
        (parse_app_id, "", "empty"),
        (parse_app_id, "x", "unreadable"),
        (parse_app_id, "local 650b", "unreadable"),
        (parse_app_id, "f" * 50, "secret"),
        (parse_app_key, "", "empty"),
        (parse_app_key, "local.650b1d4c5e6f71.12345678", "id"),
        (parse_app_key, "two words", "unreadable"),
    ],
)
def test_what_is_no_key_of_an_application_says_why(parse, text, problem):
    with pytest.raises(InvalidInputError) as wrong:
        parse(text)

    assert wrong.value.problem == problem
    assert not text or text not in str(wrong.value)


def test_ids_and_keys_lose_what_surrounds_them():
    assert parse_app_id(" local.650b1d4c5e6f71.12345678\n") == "local.650b1d4c5e6f71.12345678"
    assert parse_app_key('"AbC123_-xyz"') == "AbC123_-xyz"


@pytest.mark.parametrize("port", [-1, 0, 80, 1023, 65536])
def test_a_port_of_the_system_is_refused(port):
    with pytest.raises(InvalidInputError):
        parse_port(port)


def test_a_key_comes_back_from_the_keyring():
    key = AppKey("local.1", "s3cret-canary", 7000)

    assert key_from_text(key_to_text(key)) == key
    assert key_from_text("nonsense") is None
    assert key_from_text(None) is None
    assert Generation.from_text("[1]") is None
    assert "canary" not in repr(key)


@given(
    st.text(max_size=80) | st.from_regex(r"(https?://)?[a-z0-9.:/@\\%?#-]{1,60}", fullmatch=True)
)
def test_whatever_is_typed_is_a_clean_address_or_a_mistake(text):
    try:
        portal = parse_portal(text)
    except InvalidInputError:
        return
    assert portal.portal.startswith("https://")
    assert "@" not in portal.portal
    assert "?" not in portal.portal
    assert not portal.portal.endswith("/")
    assert parse_portal(portal.portal) == portal


@given(st.text(max_size=120), st.text(max_size=20))
def test_whatever_is_pasted_is_an_answer_or_a_mistake(text, state):
    try:
        answer = answer_pasted(text)
    except InvalidInputError:
        return
    try:
        believe(answer, ACME, f"{state}-mine")
    except SignInError:
        return
    assert answer.bare, "nothing else can guess the state"


@given(st.text(max_size=200))
def test_no_query_of_a_visitor_is_believed_by_chance(query):
    answer = answer_in(query)

    if answer is not None:
        with pytest.raises(SignInError):
            believe(answer, ACME, "the-state-of-this-sign-in")
