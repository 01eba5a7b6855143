"""Portals that say they have moved: what is shown before the user's word."""

from dataclasses import replace

import pytest

from desktop.domain.account import Account, AccountState
from desktop.domain.errors import NotFoundError, OfflineError
from desktop.services.sign_in.account_secrets import webhook_secret_name
from desktop.services.sign_in.moving import Move, move_of
from tests.builders import make_account
from tests.services.house import House, Portal, open_house

WEBHOOK = "https://acme.bitrix24.com/rest/7/s3cr3tc0de99/"
ACME = make_account("a7", address="https://acme.bitrix24.com", title="acme.bitrix24.com · Anna")


def told(new: str, old: str = "https://acme.bitrix24.com") -> Account:
    return replace(ACME, address=old, state=AccountState.MOVED, moved_to=new)


@pytest.mark.parametrize(
    ("old", "new", "leaves"),
    [
        ("https://acme.bitrix24.com", "https://acme-gmbh.bitrix24.com", False),
        ("https://acme.bitrix24.com", "https://acme.bitrix24.de", False),
        ("https://acme.bitrix24.com", "https://crm.acme.de", True),
        ("https://acme.bitrix24.com", "https://acme.bitrix24.com.evil.example", True),
        ("https://crm.acme.de", "https://crm.acme.com:8443", False),
        ("https://crm.acme.de/portal", "https://acme.bitrix24.de", False),
    ],
)
def test_leaving_the_vendors_cloud_is_warned_of(old, new, leaves):
    move = move_of(told(new, old))

    assert move == Move(old.removeprefix("https://"), new.removeprefix("https://"), leaves)


@pytest.mark.parametrize(
    "account",
    [ACME, replace(ACME, moved_to="https://x.example"), told(""), told("no address at all")],
)
def test_without_a_usable_new_address_nothing_is_asked(account):
    assert move_of(account) is None


async def moving(house: House, account: Account) -> None:
    await house.add(account)
    await house.secrets.put(webhook_secret_name(account.id), WEBHOOK)


async def test_a_yes_moves_address_title_and_secret(tmp_path):
    portal = Portal()
    async with open_house(tmp_path / "p", portal=portal) as house:
        account = told("https://acme.bitrix24.de")
        await moving(house, account)
        moved = await house.accounts.moves.confirm(account.id)

        assert portal.homes == ["https://acme.bitrix24.de"]
        assert (moved.address, moved.title) == (
            "https://acme.bitrix24.de",
            "acme.bitrix24.de · Anna",
        )
        assert (moved.state, moved.moved_to) == (AccountState.ACTIVE, "")
        assert moved in await house.accounts.all()
        secret = await house.secrets.get(webhook_secret_name(account.id))
        assert secret == "https://acme.bitrix24.de/rest/7/s3cr3tc0de99/"


async def test_where_nobody_answers_everything_stays(tmp_path):
    async with open_house(tmp_path / "p", portal=Portal(error=OfflineError())) as house:
        account = told("https://acme.bitrix24.de")
        await moving(house, account)
        with pytest.raises(OfflineError):
            await house.accounts.moves.confirm(account.id)

        assert account in await house.accounts.all()
        assert await house.secrets.get(webhook_secret_name(account.id)) == WEBHOOK
        assert house.engines.running[account.id] == account


async def test_where_nothing_moved_there_is_nothing_to_confirm(tmp_path):
    async with open_house(tmp_path / "p") as house:
        await moving(house, ACME)
        with pytest.raises(NotFoundError):
            await house.accounts.moves.confirm(ACME.id)
