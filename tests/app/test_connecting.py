"""Accounts on real portals over HTTPS: signing in by browser, renewing, moving, several at once."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from desktop.app.connecting import Connecting
from desktop.domain.account import Account, AccountState, SignIn
from desktop.domain.errors import (
    AppError,
    Field,
    IdentityChangedError,
    InvalidInputError,
    KeyringError,
    OfflineError,
    Refusal,
    RefusedError,
    SignInError,
    SignInProblem,
    Unreachable,
)
from desktop.services.api.bitrix24.signing_in.oauth_answer import PortalAnswer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation, TokenPair
from desktop.services.api.port import RemoteAccount
from desktop.services.api.trust import trusted_context
from desktop.services.sign_in.account_secrets import (
    app_secret_name,
    app_secret_names,
    token_secret_name,
    webhook_secret_name,
)
from desktop.services.sign_in.app_sign_in import AppForm, Page, Pages
from desktop.services.sign_in.browser_wait import BrowserWait
from desktop.services.sign_in.connection import ConnectionReport
from tests.builders import Clock
from tests.servers.browser import ScriptedBrowser
from tests.servers.fixtures import portal, portal_process
from tests.servers.portal import Portal
from tests.services.house import House, open_house

__all__ = ["portal", "portal_process"]

PAGES = Pages(Page("Taken", ""), Page("Refused", ""))


@pytest.fixture
def trusted(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal whose certificate this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(portal.ca_file))
    trusted_context.cache_clear()
    yield portal
    trusted_context.cache_clear()


@pytest.fixture
def port() -> int:
    """A port that is free, and may be told to the portal before anybody listens on it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Wires:
    """What makes the clients, once the house stands that it needs."""

    def __init__(self) -> None:
        self.connecting: Connecting | None = None

    def _ready(self) -> Connecting:
        assert self.connecting is not None
        return self.connecting

    async def connect(self, account: Account, secret: str) -> RemoteAccount:
        return await self._ready().make(account, secret)

    async def exchange(self, key: AppKey, answer: PortalAnswer) -> TokenPair:
        return await self._ready().exchange(key, answer)

    async def try_app(self, account: Account, key: AppKey, pair: TokenPair) -> RemoteAccount:
        return await self._ready().try_app(account, key, pair)

    async def at_new_home(self, account: Account) -> RemoteAccount:
        return await self._ready().at_new_home(account)


@dataclass
class Desk:
    """A house whose accounts live on the emulated portal."""

    house: House
    portal: Portal
    app: dict[str, Any]
    port: int
    connecting: Connecting

    def form(self, **changes: Any) -> AppForm:
        usual = AppForm(
            self.portal.url.removeprefix("https://"),
            self.app["client_id"],
            self.app["client_secret"],
            self.port,
        )
        return replace(usual, **changes)

    @asynccontextmanager
    async def asked(self, **changes: Any) -> AsyncIterator[BrowserWait]:
        wait = self.house.accounts.apps.ask(self.form(**changes), PAGES)
        try:
            assert await wait.open() is None
            yield wait
        finally:
            await wait.close()

    async def browse(self, url: str, user: int = 7) -> str:
        """A person signs in there; the title of the page that comes at the end."""

        def walk() -> str:
            with ScriptedBrowser(self.portal) as browser:
                browser.sign_in(url, user)
                return browser.page.partition("<title>")[2].partition("</title>")[0]

        return await asyncio.to_thread(walk)

    async def sign_in(self, user: int = 7) -> ConnectionReport:
        async with self.asked() as wait:
            browsing = asyncio.ensure_future(self.browse(wait.url, user))
            report = await self.house.accounts.apps.finish(wait)
            assert await browsing == "Taken"
        return report

    async def client(self, account: Account) -> RemoteAccount:
        return await self.connecting.connect(account)


@asynccontextmanager
async def desk_in(folder: Path, portal: Portal, port: int) -> AsyncIterator[Desk]:
    wires: Any = Wires()
    app = portal.control.add_app(f"http://127.0.0.1:{port}/", scopes=["crm", "calendar", "user"])
    async with open_house(folder, Clock(), wires) as house:
        vault: Any = house.secrets
        connecting = Connecting(
            house.files, vault, house.clock, tempo=100.0, sign_in_server=portal.sign_in_url
        )
        wires.connecting = connecting
        yield Desk(house, portal, app, port, connecting)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "profile"


async def check(client: RemoteAccount) -> str:
    try:
        return (await client.check()).user_name
    finally:
        await client.aclose()


# Signing in


async def test_the_browser_brings_the_code_and_the_account_works(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        report = await desk.sign_in()
        account = await desk.house.accounts.add_bitrix24(report)

        assert report.who == "Anna Titova"
        assert (account.sign_in, account.address) == (SignIn.OAUTH, trusted.url)
        assert account.member_id == trusted.control.member_id()
        assert account.capabilities.application
        assert await check(await desk.client(account)) == "Anna Titova"
        assert report.app is not None
        for secret in (desk.app["client_secret"], report.app[1].access, report.app[1].refresh):
            assert secret not in repr(report)


async def test_nothing_listens_afterwards_and_a_second_visit_is_refused(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        async with desk.asked() as wait:
            with ScriptedBrowser(trusted) as browser:
                target = await asyncio.to_thread(browser.open, wait.url)
                target = target or await asyncio.to_thread(browser.log_in, 7)
                await asyncio.to_thread(browser.open, target)
                await asyncio.to_thread(browser.open, target)
                assert browser.status == 400
            await desk.house.accounts.apps.finish(wait)
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", port)


async def test_the_answers_of_another_sign_in_end_nothing(trusted, place, port):
    async with desk_in(place, trusted, port) as desk, desk.asked() as wait:
        title = await asyncio.to_thread(
            visit, trusted, f"http://127.0.0.1:{port}/?code=abcdefgh1234&state=forged"
        )
        browsing = asyncio.ensure_future(desk.browse(wait.url))
        report = await desk.house.accounts.apps.finish(wait)
        await browsing

    assert title == "Refused"
    assert report.who == "Anna Titova"


def visit(portal: Portal, url: str) -> str:
    with ScriptedBrowser(portal) as browser:
        browser.open(url)
        return browser.page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("whole", [True, False])
async def test_the_address_or_the_code_can_be_pasted(trusted, place, port, whole):
    async with desk_in(place, trusted, port) as desk:
        trusted.control.change_app(
            desk.app["client_id"], redirect_uri="https://elsewhere.invalid/" if whole else ""
        )
        async with desk.asked() as wait:
            with ScriptedBrowser(trusted) as browser:
                await asyncio.to_thread(browser.open, wait.url)
                target = await asyncio.to_thread(browser.log_in, 12)
                wait.paste(target if whole else browser.code())
            report = await desk.house.accounts.apps.finish(wait)
        account = await desk.house.accounts.add_bitrix24(report)
        form = await desk.house.accounts.apps.known_form(account)

    assert report.account.user_id == "12"
    assert form is not None
    assert form.by_hand, "the next time the page says at once that one has to paste"


async def test_an_address_of_another_sign_in_is_refused_and_the_wait_goes_on(trusted, place, port):
    async with desk_in(place, trusted, port) as desk, desk.asked() as wait:
        with pytest.raises(SignInError) as refused:
            wait.paste("http://127.0.0.1/?code=abcdefgh1234&state=old")
        with pytest.raises(InvalidInputError):
            wait.paste("hello there")
        browsing = asyncio.ensure_future(desk.browse(wait.url))
        report = await desk.house.accounts.apps.finish(wait)
        await browsing

    assert refused.value.problem is SignInProblem.OTHER_STATE
    assert report.usable


async def test_a_taken_port_leaves_pasting(trusted, place, port):
    async with desk_in(place, trusted, port) as desk, desk.asked():
        second = desk.house.accounts.apps.ask(desk.form(), PAGES)
        taken = await second.open()
        code = trusted.control.issue_code(desk.app["client_id"], trusted.url)
        second.paste(code)
        report = await desk.house.accounts.apps.finish(second)

    assert taken is not None
    assert (taken.field, taken.problem) == (Field.PORT, "taken")
    assert report.who == "Anna Titova"


async def test_nobody_comes_back(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        wait = desk.house.accounts.apps.ask(desk.form(), PAGES)
        wait._life_s = 0.05
        await wait.open()
        with pytest.raises(SignInError) as late:
            await desk.house.accounts.apps.finish(wait)
        with pytest.raises(SignInError):
            wait.paste("abcdefgh12345678")

    assert late.value.problem is SignInProblem.TIMED_OUT


async def failed(desk: Desk, change: Any = None, **form: Any) -> AppError:
    """How a sign-in by a pasted code fails, after ``change`` was made on the portal."""
    async with desk.asked(**form) as wait:
        wait.paste(desk.portal.control.issue_code(desk.app["client_id"], desk.portal.url))
        if change is not None:
            change(desk)
        with pytest.raises(AppError) as error:
            await desk.house.accounts.apps.finish(wait)
    return error.value


FAILURES = {
    "wrong key": (None, {"client_secret": "not-the-right-one"}, SignInProblem.WRONG_APPLICATION),
    "unknown id": (None, {"client_id": "local.1.2222"}, SignInProblem.WRONG_APPLICATION),
    "not installed": (
        lambda desk: desk.portal.control.change_app(desk.app["client_id"], installed=False),
        {},
        SignInProblem.WRONG_APPLICATION,
    ),
    "not paid": (
        lambda desk: desk.portal.control.change_app(desk.app["client_id"], payment_expired=True),
        {},
        SignInProblem.NOT_PAID,
    ),
    "no scopes": (
        lambda desk: desk.portal.control.change_app(desk.app["client_id"], scopes=[]),
        {},
        SignInProblem.NO_SCOPES,
    ),
    "late": (lambda desk: desk.portal.control.advance(31), {}, SignInProblem.CODE_EXPIRED),
    "another portal": (None, {"portal": "other.bitrix24.com"}, SignInProblem.OTHER_PORTAL),
}


@pytest.mark.parametrize("status", [0, 200])
@pytest.mark.parametrize("name", FAILURES)
async def test_each_way_to_fail_is_told_apart(trusted, place, port, name, status):
    change, form, problem = FAILURES[name]
    trusted.control.configure_sign_in(error_status=status)
    async with desk_in(place, trusted, port) as desk:
        error = await failed(desk, change, **form)
        accounts = await desk.house.accounts.all()

    assert isinstance(error, SignInError)
    assert error.problem is problem
    assert len(accounts) == 2, "nothing was stored"


async def test_a_user_without_access_is_told(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        error = await failed(
            desk,
            lambda desk: desk.portal.control.change_app(desk.app["client_id"], allowed_users=[1]),
        )

    assert isinstance(error, RefusedError | SignInError)
    assert error.code.lower() == "user_access_error"


async def test_a_portal_without_a_plan_for_programs_is_told(trusted, place, port):
    trusted.control.fail("ACCESS_DENIED", times=-1, status=403, method="batch")
    async with desk_in(place, trusted, port) as desk:
        error = await failed(desk)

    assert isinstance(error, RefusedError)
    assert error.code == "ACCESS_DENIED"


async def test_a_strange_sign_in_server_gets_no_secret(trusted, place, port):
    trusted.control.configure_sign_in(server_domain="evil.example")
    async with desk_in(place, trusted, port) as desk, desk.asked() as wait:
        browsing = asyncio.ensure_future(desk.browse(wait.url))
        with pytest.raises(SignInError) as strange:
            await desk.house.accounts.apps.finish(wait)
        await browsing

    assert (strange.value.problem, strange.value.subject) == (
        SignInProblem.STRANGE_SERVER,
        "evil.example",
    )
    assert trusted.control.token_requests() == {}


async def test_a_portal_that_nobody_finds_is_told(trusted, place, port):
    trusted.stop()
    async with desk_in_without_app(place, trusted, port) as desk, desk.asked() as wait:
        wait.paste("abcdefgh12345678")
        with pytest.raises(OfflineError) as gone:
            await desk.house.accounts.apps.finish(wait)

    assert gone.value.why is Unreachable.NO_ANSWER


@asynccontextmanager
async def desk_in_without_app(folder: Path, portal: Portal, port: int) -> AsyncIterator[Desk]:
    wires: Any = Wires()
    async with open_house(folder, Clock(), wires) as house:
        vault: Any = house.secrets
        connecting = Connecting(house.files, vault, house.clock, sign_in_server=portal.sign_in_url)
        wires.connecting = connecting
        app = {"client_id": "local.1.23456", "client_secret": "some-key-or-other"}
        yield Desk(house, portal, app, port, connecting)


# Living with it


async def tokens(desk: Desk, account: Account) -> list[Generation]:
    texts = [await desk.house.secrets.get(token_secret_name(account.id, n)) for n in (0, 1)]
    return [one for one in map(Generation.from_text, texts) if one is not None]


async def test_tokens_are_renewed_and_kept_for_the_next_start(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        account = await desk.house.accounts.add_bitrix24(await desk.sign_in())
        (first,) = await tokens(desk, account)
        trusted.control.expire_access(desk.app["client_id"])
        assert await check(await desk.client(account)) == "Anna Titova"
        (second,) = await tokens(desk, account)
        assert await check(await desk.client(account)) == "Anna Titova"

    assert second.number == first.number + 1
    assert trusted.control.token_requests() == {"authorization_code": 1, "refresh_token": 1}


async def test_signing_in_again_needs_no_typing_and_replaces_the_tokens(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        first = await desk.house.accounts.add_bitrix24(await desk.sign_in())
        trusted.control.revoke_tokens(desk.app["client_id"])
        with pytest.raises(RefusedError) as refused:
            await check(await desk.client(first))
        form = await desk.house.accounts.apps.known_form(first)
        report = await desk.sign_in()
        again = await desk.house.accounts.add_bitrix24(report)

        assert refused.value.reason is Refusal.SIGN_IN
        assert form == desk.form(portal=trusted.url)
        assert (report.existing, again.id) == (first.id, first.id)
        assert again.color == first.color
        assert await check(await desk.client(again)) == "Anna Titova"
        assert len(await tokens(desk, again)) == 1


async def test_a_webhooks_account_can_become_an_applications(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        accounts = desk.house.accounts
        by_hook = await accounts.add_bitrix24(await accounts.test_webhook(trusted.webhook_url))
        by_app = await accounts.add_bitrix24(await desk.sign_in())
        kept = [await desk.house.secrets.get(name) for name in app_secret_names(by_app.id)]

        assert by_app.id == by_hook.id
        assert by_app.sign_in is SignIn.OAUTH
        assert await desk.house.secrets.get(webhook_secret_name(by_app.id)) is None
        assert sum(one is not None for one in kept) == 2

        back = await accounts.add_bitrix24(await accounts.test_webhook(trusted.webhook_url))
        assert (back.id, back.sign_in) == (by_hook.id, SignIn.WEBHOOK)
        assert await desk.house.secrets.get(app_secret_name(back.id)) is None


async def test_removing_an_account_leaves_no_secret(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        account = await desk.house.accounts.add_bitrix24(await desk.sign_in())
        await desk.house.accounts.remove(account.id)

        names = (webhook_secret_name(account.id), *app_secret_names(account.id))
        assert [await desk.house.secrets.get(name) for name in names] == [None] * 4
        with pytest.raises(KeyringError):
            await desk.client(account)


# Moving


async def moved(desk: Desk, account: Account) -> Account:
    """The portal has been renamed, and the engine was told so."""
    desk.portal.control.rename("localhost")
    with pytest.raises(RefusedError) as refused:
        await check(await desk.client(account))
    assert refused.value.reason is Refusal.MOVED
    told = replace(account, state=AccountState.MOVED, moved_to=refused.value.subject)
    await desk.house.files.own.write(lambda own: own.accounts.put(told))
    return told


async def test_a_webhooks_portal_that_moved_goes_on_after_a_yes(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        accounts = desk.house.accounts
        account = await accounts.add_bitrix24(await accounts.test_webhook(trusted.webhook_url))
        await moved(desk, account)
        before = trusted.control.count()
        home = await accounts.moves.confirm(account.id)

        assert home.address == f"https://localhost:{trusted.port}"
        assert (home.state, home.moved_to) == (AccountState.ACTIVE, "")
        assert home.title.startswith("localhost")
        after = trusted.control.requests(since=before)
        assert {one["host"].partition(":")[0] for one in after} == {"localhost"}
        assert await check(await desk.client(home)) == "Anna Titova"
        assert desk.house.engines.running[account.id] == home


async def test_an_applications_portal_that_moved_is_confirmed_by_the_sign_in_server_first(
    trusted, place, port
):
    async with desk_in(place, trusted, port) as desk:
        account = await desk.house.accounts.add_bitrix24(await desk.sign_in())
        await moved(desk, account)
        home = await desk.house.accounts.moves.confirm(account.id)

        assert home.address == f"https://localhost:{trusted.port}"
        assert trusted.control.token_requests()["refresh_token"] == 1
        assert await check(await desk.client(home)) == "Anna Titova"


async def test_a_redirect_to_a_stranger_gets_no_token_even_after_a_yes(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        account = await desk.house.accounts.add_bitrix24(await desk.sign_in())
        strange = replace(
            account, state=AccountState.MOVED, moved_to=f"https://localhost:{trusted.port}"
        )
        await desk.house.files.own.write(lambda own: own.accounts.put(strange))
        asked = trusted.control.count("batch")
        with pytest.raises(IdentityChangedError):
            await desk.house.accounts.moves.confirm(account.id)

        assert trusted.control.count("batch") == asked
        assert [a for a in await desk.house.accounts.all() if a.id == account.id] == [strange]
        assert desk.house.engines.running[account.id] == strange


async def test_somebody_else_behind_the_new_address_changes_nothing(trusted, place, port):
    async with desk_in(place, trusted, port) as desk:
        accounts = desk.house.accounts
        account = await accounts.add_bitrix24(await accounts.test_webhook(trusted.webhook_url))
        told = await moved(desk, account)
        trusted.control.act_as(12)
        with pytest.raises(IdentityChangedError):
            await accounts.moves.confirm(account.id)

        assert [a for a in await accounts.all() if a.id == account.id] == [told]
        kept = await desk.house.secrets.get(webhook_secret_name(account.id))
        assert kept == trusted.webhook_at("127.0.0.1")


# Several portals


async def test_three_portals_have_each_their_limits_colour_and_answers(
    trusted, place, tmp_path, port
):
    certificates = Path(trusted.ca_file).parent
    with (
        Portal(tmp_path / "two", cert_dir=certificates) as two,
        Portal(tmp_path / "three", cert_dir=certificates) as three,
    ):
        portals = (trusted, two, three)
        two.control.patch("user", 7, NAME="Boris")
        async with desk_in(place, trusted, port) as desk:
            accounts = desk.house.accounts
            added = [
                await accounts.add_bitrix24(await accounts.test_webhook(one.webhook_url))
                for one in portals
            ]
            two.control.fail("QUERY_LIMIT_EXCEEDED", "batch", times=1)
            outcomes = await asyncio.gather(
                *[check(await desk.client(one)) for one in added], return_exceptions=True
            )
            limiters = [desk.connecting._limits.of(f"127.0.0.1:{one.port}") for one in portals]

        assert len({one.color for one in added}) == 3
        assert len({one.address for one in added}) == 3
        assert outcomes[0] == outcomes[2] == "Anna Titova"
        assert isinstance(outcomes[1], RefusedError)
        assert [limiter.pace.per_s for limiter in limiters] == [1.0, 0.5, 1.0]
