"""Fixtures around the emulated portal: one process per test session, a fresh portal per test.

Import what is used in a ``conftest.py``::

    from tests.servers.fixtures import portal, portal_process
"""

from collections.abc import Iterator

import pytest

from .portal import Portal


@pytest.fixture(scope="session")
def portal_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The process that all tests of a session share; use ``portal`` instead."""
    with Portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def portal(portal_process: Portal) -> Iterator[Portal]:
    """A fresh portal: employees 1 (administrator), 7 (the webhook's) and 12, no records.

    A test may stop, kill or restart it; the next test finds it running again.
    """
    if not portal_process.is_running:
        portal_process.start()
    portal_process.reset()
    noted = len(portal_process.errors())
    yield portal_process
    portal_process.look_at_requests()
    assert portal_process.errors()[noted:] == "", "the emulated portal itself failed"
