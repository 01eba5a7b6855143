import pytest

from desktop.domain.errors import OfflineError
from desktop.domain.ids import RecordKind, RemoteId
from desktop.services.api.no_network import NoNetworkAccount
from tests.builders import make_account, make_op, make_span


async def test_nothing_is_ever_reached():
    account = NoNetworkAccount(make_account())

    async def first_page():
        async for page in account.pull_contacts(None):
            return page
        return None

    for ask in (
        account.check,
        first_page,
        account.sweep_contacts,
        lambda: account.pull_events(make_span()),
        lambda: account.fetch(RecordKind.EVENT, RemoteId("1")),
        lambda: account.push(make_op(), None),
        lambda: account.look_up(make_op()),
    ):
        with pytest.raises(OfflineError):
            await ask()
    await account.aclose()
