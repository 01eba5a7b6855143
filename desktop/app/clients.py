"""Clients of servers. Loaded in a thread after the first paint: httpx takes its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.account import Account
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.probes import ProbeKeeping, Probes
from desktop.services.api.bitrix24.signing_in.access import Access, WebhookAccess
from desktop.services.api.bitrix24.signing_in.app_access import AppAccess
from desktop.services.api.bitrix24.signing_in.oauth_server import SignInServer
from desktop.services.api.bitrix24.signing_in.oauth_values import AppKey
from desktop.services.api.bitrix24.signing_in.portal_address import PortalAddress
from desktop.services.api.bitrix24.signing_in.tokens import TokenKeeper, TokenKeeping
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import PortalLimits
from desktop.version import VERSION


@dataclass(frozen=True, slots=True)
class Ground:
    """What all clients stand on. ``clock`` tells the time in UTC."""

    limits: PortalLimits
    people: PeopleLookup
    clock: Callable[[], datetime]


def bitrix24(
    account: Account, access: Access, ground: Ground, answers: ProbeKeeping
) -> Bitrix24Account:
    """The client of one user's account."""
    return Bitrix24Account(
        account,
        access,
        http=_http(),
        limiter=ground.limits.of(access.host),
        people=ground.people,
        clock=ground.clock,
        probes=Probes(answers, ground.clock),
    )


def webhook_access(webhook: str) -> WebhookAccess:
    """By a webhook. Raises `InvalidInputError` where it is none."""
    return WebhookAccess(parse_webhook(webhook))


def app_access(
    account: Account, key: AppKey, tokens: TokenKeeping, server: str, clock: Callable[[], datetime]
) -> AppAccess:
    """As an application, whose tokens are renewed at ``server``."""
    return AppAccess(
        PortalAddress(account.address),
        key,
        TokenKeeper(tokens),
        sign_in_server(server),
        clock,
        member_id=account.member_id,
    )


def sign_in_server(server: str) -> SignInServer:
    """Where codes and tokens are exchanged; close it."""
    return SignInServer(_http(), server)


def _http() -> JsonHttp:
    return JsonHttp(f"Parley/{VERSION}")
