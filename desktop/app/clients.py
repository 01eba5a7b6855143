"""Clients of servers. Loaded in a thread after the first paint: httpx takes its time."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.account import Account
from desktop.services.api.bitrix24.account import Bitrix24Account
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.probes import ProbeKeeping, Probes
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import PortalLimits
from desktop.version import VERSION


def bitrix24(
    account: Account,
    webhook: str,
    limits: PortalLimits,
    people: PeopleLookup,
    clock: Callable[[], datetime],
    answers: ProbeKeeping,
) -> Bitrix24Account:
    """The client of one webhook. Raises `InvalidInputError` where it is none."""
    address = parse_webhook(webhook)
    return Bitrix24Account(
        account,
        address,
        http=JsonHttp(f"Parley/{VERSION}"),
        limiter=limits.of(address.host),
        people=people,
        clock=clock,
        probes=Probes(answers, clock),
    )
