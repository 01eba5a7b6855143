"""What a sign-in leaves behind: secrets under their names, colours, and nothing half-way."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.account import Account, AccountState, SignIn
from desktop.domain.errors import KeyringError, KeyringState
from desktop.services.api.bitrix24.probes import LOOPBACK, YES, answers_from
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey, Generation
from desktop.services.settings import probes_name
from desktop.services.sign_in.account_secrets import (
    AccountTokens,
    app_secret_name,
    secret_names,
    token_secret_name,
    webhook_secret_name,
)
from desktop.services.sign_in.connection import ConnectionReport
from desktop.services.sign_in.signing_in import COLORS, free_color, renewed
from tests.builders import make_account
from tests.services.house import PAIR, House, open_house

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEY = AppKey("local.1.2222", "k3y-canary")
ANNA = make_account(
    "a7",
    title="acme.bitrix24.com · Anna",
    address="https://acme.bitrix24.com",
    sign_in=SignIn.OAUTH,
    member_id="a" * 32,
)
REPORT = ConnectionReport(ANNA, (), app=(KEY, PAIR), probed=((LOOPBACK, YES),))


async def kept(house: House) -> set[str]:
    """Which names the keyring holds of Anna's account."""
    names = secret_names(ANNA.id)
    return {name for name in names if await house.secrets.get(name) is not None}


class LockedAt:
    """A keyring that locks itself at one of the names."""

    def __init__(self, house: House, name: str) -> None:
        self._put = house.secrets.put
        self._name = name

    async def put(self, name: str, secret: str) -> None:
        if name == self._name:
            raise KeyringError(KeyringState.LOCKED)
        await self._put(name, secret)


async def test_an_applications_account_has_its_key_and_one_pair(tmp_path):
    async with open_house(tmp_path / "p") as house:
        await house.accounts.add_bitrix24(REPORT)

        assert await kept(house) == {app_secret_name(ANNA.id), token_secret_name(ANNA.id, 1)}
        text = await house.files.own.read(lambda own: own.settings.get(probes_name(ANNA.id)))
        assert answers_from(text or "")[LOOPBACK].answer == YES


@pytest.mark.parametrize("name", [app_secret_name(ANNA.id), token_secret_name(ANNA.id, 1)])
async def test_a_keyring_that_locks_half_way_leaves_nothing(tmp_path, name):
    async with open_house(tmp_path / "p") as house:
        house.secrets.put = LockedAt(house, name).put  # type: ignore[method-assign]
        with pytest.raises(KeyringError):
            await house.accounts.add_bitrix24(REPORT)

        assert await kept(house) == set()
        assert ANNA.id not in [one.id for one in await house.accounts.all()]
        assert house.engines.running == {}


async def test_signing_in_again_that_fails_leaves_the_account_running_as_it_was(tmp_path):
    async with open_house(tmp_path / "p") as house:
        first = await house.accounts.add_bitrix24(REPORT)
        before = Generation.from_text(await house.secrets.get(token_secret_name(ANNA.id, 1)))
        house.secrets.put = LockedAt(  # type: ignore[method-assign]
            house, token_secret_name(ANNA.id, 0)
        ).put
        with pytest.raises(KeyringError):
            await house.accounts.add_bitrix24(replace(REPORT, existing=ANNA.id))

        assert house.engines.running[ANNA.id] == first
        after = Generation.from_text(await house.secrets.get(token_secret_name(ANNA.id, 1)))
        assert after == before


async def test_of_a_damaged_place_the_other_one_counts():
    class Half:
        async def get(self, name: str) -> str | None:
            if name == token_secret_name(ANNA.id, 0):
                raise KeyringError(KeyringState.EMPTY)
            return "whole"

        async def put(self, name: str, secret: str) -> None:
            raise AssertionError(name)

        async def remove(self, name: str) -> None:
            raise AssertionError(name)

    assert await AccountTokens(Half(), ANNA.id).load() == (None, "whole")


async def test_a_locked_keyring_is_no_damaged_place():
    class Locked:
        async def get(self, name: str) -> str | None:
            raise KeyringError(KeyringState.LOCKED)

        async def put(self, name: str, secret: str) -> None:
            raise AssertionError(name)

        async def remove(self, name: str) -> None:
            raise AssertionError(name)

    with pytest.raises(KeyringError):
        await AccountTokens(Locked(), ANNA.id).load()


async def test_removing_the_account_forgets_its_probes_too(tmp_path):
    async with open_house(tmp_path / "p") as house:
        await house.accounts.add_bitrix24(REPORT)
        await house.accounts.remove(ANNA.id)

        text = await house.files.own.read(lambda own: own.settings.get(probes_name(ANNA.id)))
        assert (text, await kept(house)) == (None, set())


def test_each_account_takes_a_colour_that_is_free():
    accounts: list[Account] = []
    for number in range(len(COLORS)):
        accounts.append(make_account(f"c{number}", color=free_color(accounts)))

    assert sorted(one.color for one in accounts) == sorted(COLORS)
    assert free_color(accounts) in COLORS


def test_a_renewed_account_is_itself_with_another_way_in():
    known = make_account(
        "a1",
        address="https://old.bitrix24.com",
        state=AccountState.MOVED,
        moved_to="https://acme.bitrix24.com",
        color="#123456",
        settle_s=180.0,
    )
    again = renewed(known, ANNA)

    assert (again.id, again.color, again.settle_s) == (known.id, "#123456", 180.0)
    assert (again.address, again.sign_in) == (ANNA.address, SignIn.OAUTH)
    assert (again.state, again.moved_to) == (AccountState.ACTIVE, "")


def test_the_names_of_secrets_differ():
    assert len(set(secret_names(ANNA.id))) == 4
    assert webhook_secret_name(ANNA.id) in secret_names(ANNA.id)


async def test_who_waits_may_leave_and_the_account_is_added_whole(tmp_path):
    async with open_house(tmp_path / "p") as house:
        waiting = asyncio.ensure_future(house.accounts.add_bitrix24(REPORT))
        while ANNA.id not in [one.id for one in await house.accounts.all()]:
            await asyncio.sleep(0)
        waiting.cancel()  # as its page does when the account shows
        await asyncio.wait({waiting})
        await house.accounts.close()

        assert house.engines.running[ANNA.id].title == ANNA.title
        assert len(await kept(house)) == 2
