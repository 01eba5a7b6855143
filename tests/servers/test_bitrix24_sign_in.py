"""Signing in by OAuth 2.0, after sections 2.3 to 2.5 and the samples S24 and S27 of the reference.

Codes live 30 seconds, access tokens an hour, refresh tokens 180 days and until they are used.
"""

import asyncio
import ssl
from collections.abc import Iterator
from typing import Any

import aiohttp
import httpx
import pytest
from b24pysdk import BitrixAppLocal, BitrixToken, Client
from b24pysdk.api.requesters import BitrixOAuthRequester
from fast_bitrix24 import BitrixAsync

from .browser import ScriptedBrowser, answer_of
from .portal import Portal

LOOPBACK = "http://127.0.0.1:7000/"


@pytest.fixture
def app(portal: Portal) -> dict[str, Any]:
    return portal.control.add_app(LOOPBACK, scopes=["crm", "calendar", "user"])


@pytest.fixture
def browser(portal: Portal) -> Iterator[ScriptedBrowser]:
    with ScriptedBrowser(portal) as opened:
        yield opened


def code_for(portal: Portal, app: dict[str, Any]) -> str:
    return portal.control.issue_code(app["client_id"], portal.url)


def ask(portal: Portal, line: httpx.Client, app: dict[str, Any], **params: str) -> httpx.Response:
    known = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    return line.get(f"{portal.sign_in_url}/oauth/token/", params={**known, **params})


def exchange(portal: Portal, line: httpx.Client, app: dict[str, Any], code: str) -> httpx.Response:
    return ask(portal, line, app, grant_type="authorization_code", code=code)


def refresh(portal: Portal, line: httpx.Client, app: dict[str, Any], token: str) -> httpx.Response:
    return ask(portal, line, app, grant_type="refresh_token", refresh_token=token)


def profile(line: httpx.Client, portal: Portal, token: str) -> httpx.Response:
    return line.post(f"{portal.url}/rest/profile", json={"auth": token})


def test_the_login_page_leads_back_with_code_and_state(
    portal: Portal, browser: ScriptedBrowser, app: dict[str, Any]
) -> None:
    shown = browser.open(portal.authorize_url(app["client_id"], "Zx81 &hQ".replace("&", "%26")))
    target = browser.log_in(7)

    assert (shown, browser.status) == ("", 302)
    assert target.startswith(LOOPBACK + "?")
    assert "crm%2Ccalendar%2Cuser" in target
    told = answer_of(target)
    assert len(told.pop("code")) == 70
    assert told == {
        "state": "Zx81 &hQ",
        "domain": f"127.0.0.1:{portal.port}",
        "member_id": portal.control.member_id(),
        "scope": "crm,calendar,user",
        "server_domain": portal.sign_in_url.removeprefix("https://"),
    }
    assert len(told["member_id"]) == 32


def test_a_browser_that_is_signed_in_is_sent_on_at_once(
    portal: Portal, browser: ScriptedBrowser, app: dict[str, Any]
) -> None:
    url = portal.authorize_url(app["client_id"], "s")
    browser.open(url)
    first = answer_of(browser.log_in(12))

    assert answer_of(browser.open(url))["code"] != first["code"]


def test_a_failed_sign_in_is_a_page_and_no_redirect(
    portal: Portal, browser: ScriptedBrowser, app: dict[str, Any]
) -> None:
    assert browser.open(portal.authorize_url("local.unknown")) == ""
    assert (browser.status, "not installed" in browser.page) == (404, True)
    browser.open(portal.authorize_url(app["client_id"]))
    assert browser.log_in(7, password="wrong") == ""
    assert "Incorrect login" in browser.page
    portal.control.change_app(app["client_id"], allowed_users=[1])
    assert browser.log_in(7) == ""
    assert browser.status == 403


def test_an_application_without_an_address_shows_the_code(
    portal: Portal, line: httpx.Client, browser: ScriptedBrowser
) -> None:
    app = portal.control.add_app(client_id="app.65f1.87654321", status="F")
    browser.open(portal.authorize_url("app.65f1.87654321"))
    assert browser.log_in(7) == ""

    assert exchange(portal, line, app, browser.code()).json()["status"] == "F"


def test_the_exchange_answers_in_the_documented_form(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    answer = exchange(portal, line, app, code_for(portal, app))

    body, server = answer.json(), portal.sign_in_url.removeprefix("https://")
    assert answer.status_code == 200
    assert list(body) == sorted(body)
    assert {len(body.pop(name)) for name in ("access_token", "refresh_token")} == {70}
    assert body == {
        "client_endpoint": f"{portal.url}/rest/",
        "domain": server,
        "expires_in": 3600,
        "member_id": portal.control.member_id(),
        "scope": "crm,calendar,user",
        "server_endpoint": f"https://{server}/rest/",
        "status": "L",
    }


def test_a_code_works_once(portal: Portal, line: httpx.Client, app: dict[str, Any]) -> None:
    code = code_for(portal, app)
    assert exchange(portal, line, app, code).status_code == 200

    again = exchange(portal, line, app, code)

    assert again.status_code == 400
    assert again.json() == {"error": "invalid_grant", "error_description": "Invalid grant"}


@pytest.mark.parametrize(("seconds", "status"), [(29, 200), (30, 400)])
def test_a_code_lives_thirty_seconds(
    portal: Portal, line: httpx.Client, app: dict[str, Any], seconds: int, status: int
) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    code = code_for(portal, app)
    portal.control.advance(seconds)

    assert exchange(portal, line, app, code).status_code == status


def test_a_refresh_gives_a_new_pair_and_ends_the_old_refresh_token(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    first = exchange(portal, line, app, code_for(portal, app)).json()
    portal.control.advance(3601)
    refused = profile(line, portal, first["access_token"])
    second = refresh(portal, line, app, first["refresh_token"]).json()

    assert (refused.status_code, refused.json()["error"]) == (401, "expired_token")
    assert second["expires"] == portal.control.advance(0) + 3600
    assert second["user_id"] == 7
    assert set(second) - set(first) == {"expires", "user_id"}
    assert second["refresh_token"] != first["refresh_token"]
    assert profile(line, portal, second["access_token"]).json()["result"]["ID"] == "7"
    assert refresh(portal, line, app, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert portal.control.token_requests() == {
        "authorization_code": 1,
        "refresh_token": 2,
        "refused": 1,
    }


@pytest.mark.parametrize(("days", "status"), [(179, 200), (181, 400)])
def test_a_refresh_token_lives_180_days(
    portal: Portal, line: httpx.Client, app: dict[str, Any], days: int, status: int
) -> None:
    pair = portal.control.issue_tokens(app["client_id"], portal.url)
    portal.control.advance(days * 86400)

    assert refresh(portal, line, app, pair["refresh_token"]).status_code == status


def test_who_asks_must_be_known(portal: Portal, line: httpx.Client, app: dict[str, Any]) -> None:
    def error(**params: str) -> tuple[int, str]:
        answer = ask(portal, line, app, **params)
        return answer.status_code, answer.json()["error"]

    code = code_for(portal, app)
    grant = {"grant_type": "authorization_code", "code": code}
    assert error(**grant, client_secret="wrong") == (401, "invalid_client")
    assert error(**grant, client_id="local.other") == (401, "invalid_client")
    assert error(grant_type="password", code=code) == (400, "invalid_request")
    assert error(grant_type="authorization_code") == (400, "invalid_request")
    portal.control.change_app(app["client_id"], installed=False)
    assert error(**grant) == (400, "wrong_client")
    portal.control.change_app(app["client_id"], installed=True, payment_expired=True)
    assert error(**grant) == (402, "PAYMENT_REQUIRED")
    portal.control.change_app(app["client_id"], payment_expired=False)
    portal.control.configure_sign_in(error_status=200)
    assert error(**grant, client_secret="wrong") == (200, "invalid_client")
    assert error(grant_type="refresh_token", refresh_token=code) == (200, "invalid_grant")


def test_another_applications_code_is_no_use(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    other = portal.control.add_app(LOOPBACK)

    answer = exchange(portal, line, other, code_for(portal, app))

    assert answer.json()["error"] == "invalid_grant"


def test_the_portal_itself_gives_no_tokens_and_notes_the_astray_secret(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    sent = {"grant_type": "refresh_token", "client_id": app["client_id"], "client_secret": "x"}

    answer = line.get(f"{portal.url}/oauth/token/", params=sent)

    assert answer.json()["error"] == "invalid_request"
    assert portal.control.token_requests() == {"at_portal": 1}
    (entry,) = portal.control.requests("oauth.token")
    assert (entry["door"], entry["params"]["client_secret"]) == ("portal", "****")


def test_what_the_administrator_changes_meets_the_living_token(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    token = portal.control.issue_tokens(app["client_id"], portal.url)["access_token"]
    url = f"{portal.url}/rest/crm.contact.list"

    def called(**changes: Any) -> tuple[int, str]:
        portal.control.change_app(app["client_id"], **changes)
        answer = line.post(url, json={"auth": token})
        return answer.status_code, answer.json().get("error", "")

    assert called() == (200, "")
    assert called(scopes=["calendar"]) == (403, "insufficient_scope")
    assert called(scopes=["crm"], allowed_users=[12]) == (403, "user_access_error")
    assert called(allowed_users=None, payment_expired=True) == (401, "PAYMENT_REQUIRED")
    assert called(payment_expired=False, installed=False) == (401, "APPLICATION_NOT_FOUND")


def test_tokens_end_when_a_test_says_so(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    client_id = app["client_id"]
    pair = portal.control.issue_tokens(client_id, portal.url, user=12)
    access = pair["access_token"]
    assert profile(line, portal, access).json()["result"]["ID"] == "12"

    portal.control.refuse_tokens(client_id, "invalid_token")
    assert profile(line, portal, access).json()["error"] == "invalid_token"
    portal.control.refuse_tokens(client_id, "")
    assert portal.control.expire_access(client_id) == 1
    assert profile(line, portal, access).json()["error"] == "expired_token"
    portal.control.expire_refresh(client_id)
    assert refresh(portal, line, app, pair["refresh_token"]).json()["error"] == "invalid_grant"
    portal.control.revoke_tokens(client_id)
    assert profile(line, portal, access).json()["error"] == "NO_AUTH_FOUND"
    assert portal.control.tokens(client_id) == {"access": [], "refresh": []}


def test_tokens_and_codes_survive_the_end_of_the_process(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    pair, server = portal.control.issue_tokens(app["client_id"], portal.url), portal.sign_in_url
    portal.kill()
    portal.start()

    assert portal.sign_in_url == server
    assert refresh(portal, line, app, pair["refresh_token"]).status_code == 200


def test_a_renamed_portal_sends_the_login_page_on_and_tells_its_new_address(
    portal: Portal, line: httpx.Client, browser: ScriptedBrowser, app: dict[str, Any]
) -> None:
    pair = portal.control.issue_tokens(app["client_id"], portal.url)
    member = portal.control.member_id()
    portal.control.rename("localhost")

    moved = profile(line, portal, pair["access_token"])
    answer = refresh(portal, line, app, pair["refresh_token"]).json()
    browser.open(portal.authorize_url(app["client_id"]))
    told = answer_of(browser.log_in())

    assert moved.status_code == 302
    assert moved.headers["location"] == f"https://localhost:{portal.port}/rest/profile"
    assert answer["client_endpoint"] == f"https://localhost:{portal.port}/rest/"
    assert (told["domain"], told["member_id"]) == (f"localhost:{portal.port}", member)


def test_a_portal_under_a_path_says_so(
    portal: Portal, line: httpx.Client, browser: ScriptedBrowser, app: dict[str, Any]
) -> None:
    browser.open(f"{portal.url}/crm/b24/oauth/authorize/?client_id={app['client_id']}")
    told = answer_of(browser.log_in())

    pair = exchange(portal, line, app, told["code"]).json()

    assert told["domain"] == f"127.0.0.1:{portal.port}/crm/b24"
    assert pair["client_endpoint"] == f"{portal.url}/crm/b24/rest/"
    answer = line.post(pair["client_endpoint"] + "profile", json={"auth": pair["access_token"]})
    assert answer.json()["result"]["ID"] == "7"


def test_the_token_endpoint_meets_faults(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    pair = portal.control.issue_tokens(app["client_id"], portal.url)
    portal.control.fault("drop_after", "oauth.token")

    with pytest.raises(httpx.HTTPError):
        refresh(portal, line, app, pair["refresh_token"])

    assert refresh(portal, line, app, pair["refresh_token"]).json()["error"] == "invalid_grant"
    assert len(portal.control.tokens(app["client_id"])["refresh"]) == 1


def test_an_applications_own_methods_answer_it_and_refuse_a_webhook(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    token = portal.control.issue_tokens(app["client_id"], portal.url)["access_token"]

    found = line.post(f"{portal.url}/rest/app.info", json={"auth": token}).json()["result"]
    refused = line.post(portal.webhook_url + "app.info", json={}).json()

    assert (found["CODE"], found["STATUS"], found["INSTALLED"]) == (app["client_id"], "L", True)
    assert refused == {
        "error": "ACCESS_DENIED",
        "error_description": "Access denied! Application context required",
    }


def test_the_vendors_client_exchanges_refreshes_and_goes_on(
    portal: Portal, app: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca_file)
    server = portal.sign_in_url
    monkeypatch.setattr(BitrixOAuthRequester, "_OAUTH_TOKEN_URL", f"{server}/oauth/token/")
    monkeypatch.setattr(BitrixOAuthRequester, "_APP_INFO_URL", f"{server}/rest/app.info/")
    # Its strict reader wants the whole form already from the exchange.
    portal.control.configure_sign_in(exchange_shape="full")
    domain, client_id = f"127.0.0.1:{portal.port}", app["client_id"]
    local = BitrixAppLocal(domain=domain, client_id=client_id, client_secret=app["client_secret"])

    signed_in = local.get_oauth_token(code_for(portal, app))
    pair = signed_in.oauth_token
    token = BitrixToken(
        domain=domain,
        auth_token=pair.access_token,
        refresh_token=pair.refresh_token,
        bitrix_app=local,
    )
    client = Client(token)
    assert client.profile().result["ID"] == "7"
    portal.control.expire_access(client_id)
    assert client.profile().result["ID"] == "7"

    assert token.refresh_token != pair.refresh_token
    assert token.get_app_info().result.install.member_id == portal.control.member_id()
    assert portal.control.token_requests() == {"authorization_code": 1, "refresh_token": 1}


def test_a_portal_may_move_to_another_address_altogether(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    pair = portal.control.issue_tokens(app["client_id"], portal.url)
    portal.control.rename("localhost:4443")

    moved = profile(line, portal, pair["access_token"])
    answer = refresh(portal, line, app, pair["refresh_token"]).json()

    assert moved.headers["location"] == "https://localhost:4443/rest/profile"
    assert answer["client_endpoint"] == "https://localhost:4443/rest/"


def test_fast_bitrix24_asks_for_a_token_when_its_own_is_over(
    portal: Portal, line: httpx.Client, app: dict[str, Any]
) -> None:
    portal.control.seed_contacts(120)
    client_id = app["client_id"]
    pairs = [portal.control.issue_tokens(client_id, portal.url) for _ in range(2)]
    tokens = [pair["access_token"] for pair in pairs]
    portal.control.revoke(tokens[0])

    async def next_token() -> str:
        return str(tokens.pop(0))

    async def work() -> Any:
        context = ssl.create_default_context(cafile=portal.ca_file)
        connector = aiohttp.TCPConnector(ssl=context)
        async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as session:
            known = BitrixAsync(
                f"{portal.url}/rest/", token_func=next_token, verbose=False, client=session
            )
            return await known.get_all("crm.contact.list", {"select": ["ID"]})

    assert len(asyncio.run(work())) == 120
    assert tokens == []
    assert portal.control.requests()[0]["status"] == 401
