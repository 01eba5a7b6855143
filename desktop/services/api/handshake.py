"""A connection whose handshake is given up is closed at once, not when somebody cleans up."""

from typing import Any, Protocol


class _Stream(Protocol):
    async def aclose(self) -> None: ...


class HandshakeWatch:
    """One request's answer to httpx's ``trace``: https://www.python-httpx.org/advanced/extensions.

    httpcore forgets the open socket of a request that is cancelled during its TLS handshake.
    """

    def __init__(self) -> None:
        self._open: _Stream | None = None

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        """Note the socket while it has no other owner, and close it when it gets none."""
        match event:
            case "connection.connect_tcp.complete":
                self._open = info["return_value"]
            case "connection.start_tls.complete":
                self._open = None
            case "connection.start_tls.failed" if self._open is not None:
                stream, self._open = self._open, None
                await stream.aclose()
