"""Every server that the contract is held against."""

from collections.abc import Iterator

import pytest

from desktop.ui.event_loop import AppLoop
from tests.servers.portal import Portal
from tests.services.api.contract.servers import PORTALS, Bitrix24Server, LocalServer, Server


@pytest.fixture(params=["this computer", *PORTALS])
def anywhere(request: pytest.FixtureRequest, qloop: AppLoop) -> Iterator[Server | LocalServer]:
    """Any account at all."""
    if request.param == "this computer":
        server: Server | LocalServer = LocalServer()
    else:
        server = Bitrix24Server(request.getfixturevalue("portal"), PORTALS[request.param])
    yield from _used(server, qloop)


@pytest.fixture(params=list(PORTALS))
def server(request: pytest.FixtureRequest, portal: Portal, qloop: AppLoop) -> Iterator[Server]:
    """An account whose records live elsewhere."""
    found = Bitrix24Server(portal, PORTALS[request.param])
    for used in _used(found, qloop):
        assert isinstance(used, Bitrix24Server)
        yield used


def _used(server: Server | LocalServer, qloop: AppLoop) -> Iterator[Server | LocalServer]:
    qloop.run_until_complete(server.prepare())
    yield server
    qloop.run_until_complete(server.account.aclose())
