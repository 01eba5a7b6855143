"""The one answer that counts: the first that fits, from the browser or by hand."""

import gc
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.domain.errors import SignInError, SignInProblem
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.sign_in.app_sign_in import Page, Pages
from desktop.services.sign_in.browser_wait import BrowserWait

ACME = PortalAddress("https://acme.bitrix24.com")
PAGES = Pages(Page("Taken", ""), Page("Refused", ""))
CODE = "c0decodecode1234"


def ask(life_s: float = 5.0) -> BrowserWait:
    return BrowserWait(ACME, AppKey("local.1.2222", "k3y-canary", 0), PAGES, life_s=life_s)


def state_of(wait: BrowserWait) -> str:
    return parse_qs(urlsplit(wait.url).query)["state"][0]


def pasted(wait: BrowserWait, **changes: str) -> str:
    told = {"code": CODE, "state": state_of(wait), "domain": "acme.bitrix24.com", **changes}
    return "http://127.0.0.1/?" + "&".join(f"{name}={value}" for name, value in told.items())


async def test_each_question_has_a_state_of_its_own_and_no_secret():
    first, second = ask(), ask()

    assert state_of(first) != state_of(second)
    assert len(state_of(first)) >= 32
    assert "canary" not in first.url
    await first.close()
    await second.close()


async def test_the_first_answer_that_fits_counts_and_its_state_is_used_up():
    wait = ask()
    wait.paste(pasted(wait))
    with pytest.raises(SignInError) as again:
        wait.paste(pasted(wait, code="another-code-1234"))

    assert (await wait.answer()).code == CODE
    assert again.value.problem is SignInProblem.OTHER_STATE


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"domain": "evil.example"}, SignInProblem.OTHER_PORTAL),
        ({"error": "access_denied"}, SignInProblem.NOT_ALLOWED),
    ],
)
async def test_an_answer_that_says_no_ends_the_wait(changes, problem):
    wait = ask()
    wait.paste(pasted(wait, **changes))
    with pytest.raises(SignInError) as refused:
        await wait.answer()

    assert refused.value.problem is problem


async def test_it_lives_so_long_and_not_longer():
    wait = ask(life_s=0.01)
    assert await wait.open() is None
    assert wait.listening
    with pytest.raises(SignInError) as late:
        await wait.answer()

    assert late.value.problem is SignInProblem.TIMED_OUT
    assert not wait.listening


async def test_an_answer_that_nobody_waits_for_any_more_is_no_error():
    wait = ask()
    wait.paste(pasted(wait, domain="evil.example"))
    await wait.close()
    del wait
    gc.collect()  # an error that nobody saw would be told now
