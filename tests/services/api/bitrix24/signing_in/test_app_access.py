"""An application's tokens: renewed once for any burst, kept before they are used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.errors import (
    IdentityChangedError,
    KeyringError,
    KeyringState,
    OfflineError,
    Refusal,
    RefusedError,
)
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.signing_in.app_access import AppAccess
from desktop.services.api.bitrix24.signing_in.oauth_server import SignInServer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation, TokenPair
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.bitrix24.signing_in.tokens import TokenKeeper
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from tests.servers.portal import Portal


class Keyring:
    """Two places, and every state in which a crash could leave them."""

    def __init__(self) -> None:
        self.places: list[str | None] = [None, None]
        self.broken = False
        self.seen: list[tuple[str | None, str | None]] = []

    async def load(self) -> tuple[str | None, str | None]:
        return self.places[0], self.places[1]

    async def keep(self, place: int, text: str) -> None:
        if self.broken:
            raise KeyringError(KeyringState.LOCKED)
        self.places[place] = text
        self.seen.append((self.places[0], self.places[1]))

    async def remove(self, place: int) -> None:
        if self.broken:
            raise KeyringError(KeyringState.LOCKED)
        self.places[place] = None
        self.seen.append((self.places[0], self.places[1]))

    def pairs(self) -> list[TokenPair]:
        """The newest first."""
        found = [Generation.from_text(text) for text in self.places]
        known = sorted((one for one in found if one), key=lambda one: -one.number)
        return [one.pair for one in known]


class House:
    """An application that is signed in to the emulated portal as employee 7."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.app = portal.control.add_app("http://127.0.0.1:7000/")
        self.key = AppKey(self.app["client_id"], self.app["client_secret"])
        self.keyring = Keyring()

    def issue(self) -> TokenPair:
        told: dict[str, Any] = self.portal.control.issue_tokens(self.key.client_id, self.portal.url)
        return TokenPair(
            told["access_token"],
            told["refresh_token"],
            told["client_endpoint"],
            told["member_id"],
            self.portal.sign_in_url,
        )

    async def sign_in(self) -> TokenPair:
        pair = self.issue()
        await self.keyring.keep(1, Generation(1, pair, datetime.now(UTC)).to_text())
        return pair

    @asynccontextmanager
    async def client(
        self, *, member_id: str = "", server: str = ""
    ) -> AsyncIterator[tuple[Bitrix24Client, AppAccess]]:
        trust = build_context(self.portal.ca_file)
        access = AppAccess(
            PortalAddress(self.portal.url),
            self.key,
            TokenKeeper(self.keyring),
            SignInServer(JsonHttp("Parley/test", trust=trust), server or self.portal.sign_in_url),
            lambda: datetime.now(UTC),
            member_id=member_id,
        )
        client = Bitrix24Client(JsonHttp("Parley/test", trust=trust), access, RateLimiter())
        try:
            yield client, access
        finally:
            await client.aclose()

    def refreshes(self) -> int:
        return self.portal.control.token_requests().get("refresh_token", 0)


@pytest.fixture
def house(portal: Portal) -> House:
    return House(portal)


async def test_the_token_stands_in_the_body_and_in_no_address(portal: Portal, house: House) -> None:
    pair = await house.sign_in()
    async with house.client() as (client, access):
        reply = await client.call("profile", {})
        call = await access.call("profile", {"x": 1})

    assert b'"ID":"7"' in bytes(reply.result).replace(b" ", b"")
    assert call.url == f"{portal.url}/rest/profile"
    assert call.body == {"x": 1, "auth": pair.access}
    (entry,) = portal.control.requests("profile")
    assert (entry["verb"], entry["params"]) == ("POST", {"auth": "****"})


async def test_a_burst_of_fifty_expired_calls_renews_once(portal: Portal, house: House) -> None:
    old = await house.sign_in()
    portal.control.set_limits(burst=0)
    portal.control.expire_access(house.key.client_id)
    async with house.client() as (client, _access):
        client.allow_pace(10_000.0)
        client._limiter.pace.per_s = 10_000.0  # fifty calls at once, as if nobody paced them
        replies = await asyncio.gather(*(client.call("profile", {}) for _ in range(50)))

    assert len(replies) == 50
    assert house.refreshes() == 1
    (kept,) = house.keyring.pairs()
    assert kept.refresh != old.refresh


async def test_a_batch_is_repeated_whole_after_the_renewal(portal: Portal, house: House) -> None:
    from_before = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    async with house.client() as (client, _access):
        reply = await client.call("server.time", {})

    assert reply.result
    assert house.keyring.pairs()[0].access != from_before.access


async def test_a_good_token_is_never_renewed(portal: Portal, house: House) -> None:
    await house.sign_in()
    portal.control.advance(3000)
    async with house.client() as (client, _access):
        for _ in range(3):
            await client.call("profile", {})

    assert house.refreshes() == 0


async def test_the_new_pair_is_kept_before_it_is_used_and_the_old_one_goes_after(
    portal: Portal, house: House
) -> None:
    old = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    house.keyring.seen.clear()
    async with house.client() as (client, _access):
        await client.call("profile", {})

    both, one = house.keyring.seen
    assert all(both)
    assert [bool(place) for place in one].count(True) == 1
    assert old.refresh not in str(one)


async def test_a_crash_between_keeping_and_using_leaves_two_pairs_of_which_one_works(
    portal: Portal, house: House
) -> None:
    old = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    async with house.client() as (_client, access):
        refused = await access.call("profile", {})
        assert await access.renew(refused, RefusedError(Refusal.SIGN_IN, code="expired_token"))
    newest, before = house.keyring.pairs()
    assert before == old

    async with house.client() as (client, _access):
        await client.call("profile", {})

    assert house.keyring.pairs() == [newest]
    assert house.refreshes() == 1


async def test_a_newest_pair_that_is_void_falls_back_to_the_one_before(
    portal: Portal, house: House
) -> None:
    await house.sign_in()
    void = TokenPair("gone", "gone", "", "", portal.sign_in_url)
    await house.keyring.keep(0, Generation(2, void).to_text())
    portal.control.refuse_tokens(house.key.client_id, "invalid_token")
    async with house.client() as (client, access):
        refused = await access.call("profile", {})
        assert await access.renew(refused, RefusedError(Refusal.SIGN_IN, code="invalid_token"))
        portal.control.refuse_tokens(house.key.client_id, "")
        await client.call("profile", {})

    assert len(house.keyring.pairs()) == 1
    assert house.keyring.pairs()[0].access != "gone"


async def test_a_place_that_cannot_be_read_counts_as_empty(house: House) -> None:
    await house.sign_in()
    house.keyring.places[0] = '[2,"half'
    async with house.client() as (client, _access):
        await client.call("profile", {})

    assert house.keyring.pairs()


async def test_without_any_pair_the_keyring_is_empty(house: House) -> None:
    async with house.client() as (_client, access):
        with pytest.raises(KeyringError) as empty:
            await access.open()

    assert empty.value.state is KeyringState.EMPTY


async def test_a_refresh_token_that_is_over_asks_for_a_sign_in(
    portal: Portal, house: House
) -> None:
    await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    portal.control.expire_refresh(house.key.client_id)
    async with house.client() as (client, _access):
        with pytest.raises(RefusedError) as refused:
            await client.call("profile", {})

    assert (refused.value.reason, refused.value.code) == (Refusal.SIGN_IN, "invalid_grant")


async def test_an_application_that_was_removed_asks_for_a_sign_in_and_keeps_the_tokens(
    portal: Portal, house: House
) -> None:
    pair = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    portal.control.change_app(house.key.client_id, installed=False)
    async with house.client() as (client, _access):
        with pytest.raises(RefusedError) as refused:
            await client.call("profile", {})

    assert refused.value.reason is Refusal.SIGN_IN
    assert house.keyring.pairs() == [pair]


async def test_a_new_token_that_is_refused_too_is_not_renewed_again(
    portal: Portal, house: House
) -> None:
    await house.sign_in()
    portal.control.fail("invalid_token", "profile", times=-1, status=401)
    async with house.client() as (client, _access):
        for _ in range(4):
            with pytest.raises(RefusedError) as refused:
                await client.call("profile", {})
            assert refused.value.reason is Refusal.SIGN_IN

    assert house.refreshes() == 1


@pytest.mark.parametrize("code", ["NO_AUTH_FOUND", "authorization_error", "user_access_error"])
async def test_other_refusals_renew_nothing(portal: Portal, house: House, code: str) -> None:
    await house.sign_in()
    portal.control.fail(code, "profile", status=401)
    async with house.client() as (client, _access):
        with pytest.raises(RefusedError):
            await client.call("profile", {})

    assert house.refreshes() == 0


async def test_where_the_sign_in_server_is_gone_nothing_was_carried_out(
    portal: Portal, house: House
) -> None:
    pair = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    portal.control.fault("drop_after", "oauth.token")
    async with house.client() as (client, _access):
        with pytest.raises(OfflineError):
            await client.call("crm.contact.add", {"fields": {"NAME": "Anna"}})

    assert portal.control.contacts() == []
    assert house.keyring.pairs() == [pair]


async def test_a_keyring_that_refuses_holds_everything_until_it_takes_the_pair(
    portal: Portal, house: House
) -> None:
    await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    async with house.client() as (client, _access):
        house.keyring.broken = True
        for _ in range(2):
            with pytest.raises(OfflineError):
                await client.call("profile", {})
        asked = len(portal.control.requests("profile"))
        house.keyring.broken = False
        await client.call("profile", {})

    assert asked == 1
    assert house.refreshes() == 1
    assert len(house.keyring.pairs()) == 1


async def test_a_pair_of_another_portal_is_not_used(portal: Portal, house: House) -> None:
    await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    async with house.client(member_id="f" * 32) as (client, _access):
        with pytest.raises(IdentityChangedError):
            await client.call("profile", {})

    assert len(house.keyring.pairs()) == 1


async def test_the_secret_goes_to_no_server_that_is_not_the_one_told(
    portal: Portal, house: House
) -> None:
    pair = await house.sign_in()
    portal.control.expire_access(house.key.client_id)
    async with house.client(server="https://oauth.bitrix.info") as (client, _access):
        with pytest.raises(RefusedError) as refused:
            await client.call("profile", {})

    assert (refused.value.reason, refused.value.code) == (Refusal.SIGN_IN, "strange server")

    assert house.refreshes() == 0
    assert house.keyring.pairs() == [pair]


async def test_a_webhooks_place_in_the_sun_is_the_applications_too(
    portal: Portal, house: House
) -> None:
    await house.sign_in()
    async with house.client() as (client, access):
        assert client.application
        assert (access.host, access.application) == (f"127.0.0.1:{portal.port}", True)


async def test_nothing_shows_its_tokens(house: House) -> None:
    pair = await house.sign_in()
    async with house.client() as (_client, access):
        call = await access.call("profile", {})

    shown = f"{pair!r} {call!r} {house.key!r} {Generation(1, pair)!r}"
    for secret in (pair.access, pair.refresh, house.key.client_secret):
        assert secret not in shown


class Killed(BaseException):
    """The program ends here."""


class MortalKeyring(Keyring):
    """The program is killed at its n-th write, before or after it was carried out."""

    def __init__(self, places: list[str | None], at: int, *, done: bool) -> None:
        super().__init__()
        self.places = places
        self._left = at
        self._done = done

    async def keep(self, place: int, text: str) -> None:
        self._step(before=True)
        self.places[place] = text
        self._step(before=False)

    async def remove(self, place: int) -> None:
        self._step(before=True)
        self.places[place] = None
        self._step(before=False)

    def _step(self, *, before: bool) -> None:
        if before:
            self._left -= 1
        if self._left == 0 and before is not self._done:
            raise Killed


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("at", [1, 2])
async def test_killed_at_any_write_the_next_start_goes_on_or_asks_for_a_sign_in(
    portal: Portal, house: House, at: int, done: bool
) -> None:
    await house.sign_in()
    alive = house.keyring
    portal.control.expire_access(house.key.client_id)
    house.keyring = MortalKeyring(alive.places, at, done=done)
    async with house.client() as (client, _access):
        with pytest.raises(Killed):
            await client.call("profile", {})

    house.keyring = alive
    async with house.client() as (client, _access):
        if (at, done) == (1, False):
            # The answer came and was not kept: the vendor has ended the old pair meanwhile.
            with pytest.raises(RefusedError) as refused:
                await client.call("profile", {})
            assert refused.value.reason is Refusal.SIGN_IN
            return
        await client.call("profile", {})

    assert len(alive.pairs()) == 1
    assert house.refreshes() == 1
