"""The real program with a real keyring, and a real portal that can be asked what arrived."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.api.trust import trusted_context
from tests.journeys.stage import MORNING, Stage
from tests.servers.fixtures import portal, portal_process
from tests.servers.portal import Portal

__all__ = ["portal", "portal_process"]


@pytest.fixture
def trusted(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal whose certificate this computer trusts, on the Monday that journeys begin on."""
    monkeypatch.setenv("SSL_CERT_FILE", str(portal.ca_file))
    trusted_context.cache_clear()
    portal.control.set_clock(MORNING.isoformat())
    portal.control.set_limits(burst=0)
    yield portal
    trusted_context.cache_clear()


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Stage:
    """A profile to start the program on; use it with ``async with``."""
    return Stage(tmp_path / "profile")
