"""Fixtures of the emulators' own tests."""

import ssl
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .fixtures import portal, portal_process
from .portal import Portal

__all__ = ["call", "portal", "portal_process"]

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def call(portal: Portal) -> Call:
    """Posts a call to the portal's webhook and gives the decoded answer with its ``status``."""
    context = ssl.create_default_context(cafile=portal.ca_file)

    def post(method: str, params: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        with httpx.Client(verify=context, trust_env=False) as client:
            answer = client.post(portal.webhook_url + method, json=params or {}, **options)
        return {"status": answer.status_code, **answer.json()}

    return post
