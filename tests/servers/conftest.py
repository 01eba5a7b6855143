"""Fixtures of the emulators' own tests."""

import ssl
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from .fixtures import portal, portal_process
from .portal import Portal

__all__ = ["call", "line", "portal", "portal_process"]

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def line(portal: Portal) -> Iterator[httpx.Client]:
    """An HTTP client that trusts the portal's authority and nothing else."""
    context = ssl.create_default_context(cafile=portal.ca_file)
    with httpx.Client(verify=context, trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture
def call(portal: Portal, line: httpx.Client) -> Call:
    """Calls the portal's webhook with JSON; the decoded answer, with the ``status`` added."""
    webhook = portal.webhook_url

    def post(method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = line.post(webhook + method, json=params or {})
        return {"status": answer.status_code, **answer.json()}

    return post
