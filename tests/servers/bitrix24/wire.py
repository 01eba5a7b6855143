"""The HTTP protocol, with a hand on each connection so that it can be broken off."""

import asyncio
import socket
import struct
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

Peer = tuple[str, int]


class BreakableProtocol(H11Protocol):
    """Uvicorn's protocol that remembers its connections by the client's address."""

    by_client: ClassVar[dict[Peer, "BreakableProtocol"]] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        if self.client is not None:
            self.by_client[self.client] = self

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        super().connection_lost(exc)
        if self.client is not None:
            self.by_client.pop(self.client, None)


def break_off(client: Peer | None, *, reset: bool = False) -> None:
    """End the client's connection without another byte, by a TCP reset if wanted."""
    protocol = BreakableProtocol.by_client.pop(client, None) if client else None
    if protocol is None:
        return
    protocol.cycle.disconnected = True
    line = protocol.transport.get_extra_info("socket")
    if reset and line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    protocol.transport.abort()
