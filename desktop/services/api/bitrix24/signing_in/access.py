"""Access: how a client is let in, by a webhook or as an application of a signed-in user."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.errors import RefusedError
from desktop.services.api.bitrix24.address import WebhookAddress

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it goes out: it holds the secret, so it shows itself without it."""

    url: str = field(repr=False)
    body: Fields = field(repr=False)
    proof: str = field(default="", repr=False)
    """What it is let in by, for `Access.renew`; empty where that never changes."""


class Access(Protocol):
    """Whose limits the calls share, and how each is let in."""

    @property
    def host(self) -> str:
        """Host and port of the portal."""
        ...

    @property
    def application(self) -> bool:
        """Whether calls are made as an application, which some methods insist on."""
        ...

    async def call(self, method: str, params: Fields) -> Call:
        """The request for ``method``. Raises `OfflineError` while there is nothing to go in by."""
        ...

    async def renew(self, refused: Call, error: RefusedError) -> bool:
        """Whether ``refused`` is worth one more try with what `call` gives now."""
        ...

    async def worked(self, call: Call) -> None:
        """The portal has let this call in."""
        ...

    async def aclose(self) -> None:
        """Closes connections of its own."""
        ...


class WebhookAccess:
    """By an incoming webhook: the secret is a part of the address and never changes."""

    application = False

    def __init__(self, address: WebhookAddress) -> None:
        self._address = address

    @property
    def host(self) -> str:
        """Host and port of the portal."""
        return self._address.host

    async def call(self, method: str, params: Fields) -> Call:
        """The request for ``method``."""
        return Call(self._address.url(method), params)

    async def renew(self, refused: Call, error: RefusedError) -> bool:  # noqa: ARG002 - the port's
        """Never: a webhook that is refused stays so."""
        return False

    async def worked(self, call: Call) -> None:
        """Nothing to learn."""

    async def aclose(self) -> None:
        """There are none."""
