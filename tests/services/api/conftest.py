"""An account on the emulated portal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.contact import Contact
from desktop.domain.ids import ContactId, RemoteId
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.signing_in.access import WebhookAccess
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter
from desktop.services.api.trust import build_context
from tests.builders import make_account
from tests.servers.fixtures import portal, portal_process
from tests.servers.portal import Portal

__all__ = ["portal", "portal_process"]


class People:
    """What this computer knows of contacts: the portal's ids, and cards as the test tells."""

    def __init__(self) -> None:
        self.cards: dict[ContactId, Contact] = {}
        self.unknown: set[ContactId] = set()

    async def contact(self, contact_id: ContactId) -> Contact | None:
        return self.cards.get(contact_id)

    async def remote_id(self, contact_id: ContactId) -> RemoteId | None:
        if contact_id in self.unknown:
            return None
        return RemoteId(contact_id.rpartition(":")[2])


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def limiter() -> RateLimiter:
    return RateLimiter()


def connect(
    portal: Portal, people: People, limiter: RateLimiter | None = None, **account: Any
) -> Bitrix24Account:
    """An account over the portal's webhook."""
    return Bitrix24Account(
        make_account(
            "b1",
            **{"user_id": "7", "time_zone": "Europe/Berlin", **account},
        ),
        WebhookAccess(parse_webhook(portal.webhook_url)),
        http=JsonHttp("Parley/test", trust=build_context(portal.ca_file)),
        limiter=limiter or RateLimiter(),
        people=people,
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
def b24(portal: Portal, people: People, limiter: RateLimiter, qloop) -> Iterator[Bitrix24Account]:
    """User 7's account; closed when the test is over."""
    account = connect(portal, people, limiter)
    yield account
    qloop.run_until_complete(account.aclose())
