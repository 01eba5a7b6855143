"""The sign-in server: what it is asked, whom the secret goes to, what its refusals mean."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from desktop.domain.errors import (
    AppError,
    OfflineError,
    OutcomeUnknownError,
    Refusal,
    RefusedError,
    SignInError,
    SignInProblem,
)
from desktop.services.api.bitrix24.signing_in.oauth_server import VENDOR_SERVERS, SignInServer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, TokenPair
from desktop.services.api.http import JsonHttp

KEY = AppKey("local.650b1d4c5e6f71.12345678", "s3cret+canary/=")
VENDOR, OTHER = VENDOR_SERVERS
PAIR = TokenPair("old", "r&fresh", "https://acme.bitrix24.com/rest/", "m" * 32, VENDOR)
TOLD: dict[str, Any] = {
    "access_token": "a1",
    "refresh_token": "r1",
    "client_endpoint": "https://acme.bitrix24.com/rest/",
    "member_id": "m" * 32,
    "domain": "oauth.bitrix.info",
    "user_id": 7,
}


def reply(status: int, body: bytes, location: str = "") -> httpx.Response:
    headers = {"location": location} if location else {}
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


class Wire:
    """The network: answers by a function, and remembers what it was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answer(request)

    def server(self, default: str = VENDOR) -> SignInServer:
        http = JsonHttp("Parley/test", transport=httpx.MockTransport(self))
        return SignInServer(http, default)


def always(status: int = 200, **told: Any) -> Wire:
    return Wire(lambda _request: reply(status, json.dumps(told).encode()))


async def test_a_code_becomes_a_pair():
    wire = always(**TOLD)
    server = wire.server()
    pair = await server.exchange(KEY, "c0de", VENDOR)
    await server.aclose()

    (asked,) = wire.asked
    assert (asked.method, asked.url.host, asked.url.path) == (
        "GET",
        "oauth.bitrix.info",
        "/oauth/token/",
    )
    assert dict(asked.url.params) == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "client_id": KEY.client_id,
        "client_secret": KEY.client_secret,
    }
    assert pair == TokenPair("a1", "r1", TOLD["client_endpoint"], "m" * 32, VENDOR, "7")


async def test_a_refresh_goes_to_the_server_that_gave_the_pair():
    wire = always(**TOLD)
    pair = TokenPair("a", "r&fresh", "", "", "https://eu.oauth.bitrix24.tech")
    await wire.server().refresh(KEY, pair)

    (asked,) = wire.asked
    assert asked.url.host == "eu.oauth.bitrix24.tech"
    assert asked.url.params["refresh_token"] == "r&fresh"


@pytest.mark.parametrize(
    ("default", "named", "server"),
    [
        (VENDOR, "", VENDOR),
        (VENDOR, "oauth.bitrix.info", VENDOR),
        (VENDOR, "OAuth.Bitrix24.tech", OTHER),
        (VENDOR, "ru.oauth.bitrix.info", "https://ru.oauth.bitrix.info"),
        ("https://127.0.0.1:5001", "127.0.0.1:5001", "https://127.0.0.1:5001"),
        ("https://127.0.0.1:5001/", "", "https://127.0.0.1:5001"),
    ],
)
def test_a_server_that_may_be_believed_is_taken(default, named, server):
    assert always().server(default).server_for(named) == server


@pytest.mark.parametrize(
    ("default", "named"),
    [
        (VENDOR, "evil.example"),
        (VENDOR, "oauth.bitrix.info.evil.example"),
        (VENDOR, "notbitrix.info"),
        (VENDOR, "oauth.bitrix.info:8443"),
        (VENDOR, "oauth.bitrix.info@evil.example"),
        (VENDOR, "evil.example/oauth.bitrix.info"),
        (VENDOR, "acme.bitrix24.com"),
        (VENDOR, "127.0.0.1:5001"),
        ("https://127.0.0.1:5001", "oauth.bitrix.info"),
        ("https://127.0.0.1:5001", "127.0.0.1:5002"),
        (VENDOR, "["),
    ],
)
def test_the_secret_goes_to_nobody_else(default, named):
    with pytest.raises(SignInError) as strange:
        always().server(default).server_for(named)

    assert strange.value.problem is SignInProblem.STRANGE_SERVER


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        ("invalid_grant", 400, SignInProblem.CODE_EXPIRED),
        ("invalid_client", 401, SignInProblem.WRONG_APPLICATION),
        ("wrong_client", 200, SignInProblem.WRONG_APPLICATION),
        ("ERROR_OAUTH", 401, SignInProblem.WRONG_APPLICATION),
        ("invalid_scope", 400, SignInProblem.NO_SCOPES),
        ("insufficient_scope", 403, SignInProblem.NO_SCOPES),
        ("PAYMENT_REQUIRED", 402, SignInProblem.NOT_PAID),
        ("user_access_error", 403, SignInProblem.NOT_ALLOWED),
    ],
)
async def test_each_refusal_of_a_code_has_its_meaning_whatever_the_status(code, status, problem):
    server = always(status, error=code, error_description="said so").server()
    with pytest.raises(SignInError) as refused:
        await server.exchange(KEY, "c", VENDOR)

    assert refused.value.problem is problem
    assert (refused.value.code, refused.value.text) == (code, "said so")


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("invalid_request", 400, Refusal.OUR_BUG),
        ("QUERY_LIMIT_EXCEEDED", 503, Refusal.BUSY),
        ("PORTAL_DELETED", 403, Refusal.STOPPED),
    ],
)
async def test_other_refusals_of_a_code_are_the_portals_own(code, status, reason):
    with pytest.raises(RefusedError) as refused:
        await always(status, error=code).server().exchange(KEY, "c", VENDOR)

    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("invalid_grant", Refusal.SIGN_IN),
        ("invalid_client", Refusal.SIGN_IN),
        ("wrong_client", Refusal.SIGN_IN),
        ("invalid_scope", Refusal.SIGN_IN),
        ("insufficient_scope", Refusal.SIGN_IN),
        ("something new", Refusal.SIGN_IN),
        ("PAYMENT_REQUIRED", Refusal.STOPPED),
        ("QUERY_LIMIT_EXCEEDED", Refusal.BUSY),
    ],
)
async def test_each_refusal_of_a_renewal_says_what_to_do(code, reason):
    with pytest.raises(RefusedError) as refused:
        await always(400, error=code).server().refresh(KEY, PAIR)

    assert refused.value.reason is reason


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"{}", b'{"access_token": "a"}'])
async def test_an_answer_that_is_none_leaves_a_code_unknown_and_a_renewal_for_later(body):
    def wire() -> SignInServer:
        return Wire(lambda _request: reply(200, body)).server()

    with pytest.raises(OutcomeUnknownError):
        await wire().exchange(KEY, "c", VENDOR)
    with pytest.raises(OfflineError):
        await wire().refresh(KEY, PAIR)


async def test_where_nothing_could_be_sent_the_vendors_other_server_is_asked():
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "oauth.bitrix.info":
            raise httpx.ConnectError("no way", request=request)
        return reply(200, json.dumps(TOLD).encode())

    wire = Wire(answer)
    pair = await wire.server().exchange(KEY, "c", VENDOR)

    assert [asked.url.host for asked in wire.asked] == ["oauth.bitrix.info", "oauth.bitrix24.tech"]
    assert pair.server == OTHER


async def test_after_something_was_sent_nobody_else_is_asked():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late", request=request)

    wire = Wire(answer)
    with pytest.raises(OutcomeUnknownError):
        await wire.server().exchange(KEY, "c", VENDOR)

    assert len(wire.asked) == 1


async def test_a_server_of_ones_own_has_no_second():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no way", request=request)

    wire = Wire(answer)
    with pytest.raises(OfflineError):
        await wire.server("https://sign-in.example").exchange(KEY, "c", "https://sign-in.example")

    assert len(wire.asked) == 1


@pytest.mark.parametrize(
    "location", ["https://evil.example/oauth/token/", "http://x/", "https://[", "https://x:y/rest/"]
)
async def test_a_redirect_is_not_followed(location):
    wire = Wire(lambda _request: reply(302, b"", location))
    with pytest.raises(AppError):
        await wire.server().exchange(KEY, "c", VENDOR)

    assert {asked.url.host for asked in wire.asked} <= {"oauth.bitrix.info", "oauth.bitrix24.tech"}


async def test_no_failure_tells_a_secret():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(str(request.url), request=request)

    with pytest.raises(AppError) as lost:
        await Wire(answer).server().exchange(KEY, "c0de-canary", VENDOR)

    chain = [lost.value, lost.value.__cause__, lost.value.__context__]
    assert "canary" not in " ".join(f"{one!r} {one}" for one in chain)
