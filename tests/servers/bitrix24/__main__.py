"""Starts the portal: ``python -m tests.servers.bitrix24 --state DIR``."""

import argparse
import asyncio
import os
import secrets
import signal
import socket
import sys
import threading
from pathlib import Path

import msgspec
import uvicorn

from .certificates import provide
from .control import control_app
from .requests import Receive, Scope, Send
from .seeds import furnish, seed_contacts
from .web import Portal
from .wire import BreakableProtocol
from .world import World


def _options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.bitrix24", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of the portal's database")
    parser.add_argument("--port", type=int, default=0, help="HTTPS port, 0 for any")
    parser.add_argument("--sign-in-port", type=int, default=0, help="port of the token server")
    parser.add_argument("--control-port", type=int, default=0, help="port of the tests' back door")
    parser.add_argument("--cert-dir", type=Path, help="folder of the certificates (default: state)")
    parser.add_argument(
        "--certificate", choices=("good", "expired", "wrong-host", "untrusted"), default="good"
    )
    parser.add_argument("--contacts", type=int, default=0, help="contacts of a new portal")
    parser.add_argument("--secret", default="", help="webhook code of a new portal")
    parser.add_argument(
        "--keep-alive", type=int, default=30, help="seconds an idle line stays open"
    )
    parser.add_argument(
        "--watch-stdin", action="store_true", help="end when standard input is closed"
    )
    return parser.parse_args(arguments)


def _opened(options: argparse.Namespace) -> Portal:
    options.state.mkdir(parents=True, exist_ok=True)
    world = World(options.state)
    portal = Portal(world)
    if world.load():
        portal.journal.load()
    else:
        furnish(world, options.secret or secrets.token_hex(8))
        if options.contacts:
            seed_contacts(world, options.contacts)
        world.storage.commit()
    return portal


def _listener(port: int) -> socket.socket:
    # asyncio switches Nagle's waiting off only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    return listener


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


async def _serve(options: argparse.Namespace) -> None:
    portal = _opened(options)
    control = control_app(portal)

    async def plain(scope: Scope, receive: Receive, send: Send) -> None:
        """The back door, and what answers to http:// where https:// is required."""
        app = control if scope["path"].startswith("/control/") else portal
        await app(scope, receive, send)  # type: ignore[arg-type]

    ca_file, server_file = provide(options.cert_dir or options.state, options.certificate)

    async def sign_in(scope: Scope, receive: Receive, send: Send) -> None:
        """The server that gives out tokens."""
        await portal.serve(scope, receive, send, "sign-in")

    secure_listener, plain_listener = _listener(options.port), _listener(options.control_port)
    sign_in_listener = _listener(options.sign_in_port)
    sign_in_port = sign_in_listener.getsockname()[1]
    portal.world.addresses.sign_in = f"127.0.0.1:{sign_in_port}"
    common = {
        "http": BreakableProtocol,
        "ws": "none",
        "lifespan": "off",
        "loop": "asyncio",
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        "timeout_keep_alive": options.keep_alive,
    }
    servers = [
        uvicorn.Server(uvicorn.Config(portal, ssl_certfile=server_file, **common)),
        uvicorn.Server(uvicorn.Config(sign_in, ssl_certfile=server_file, **common)),
        uvicorn.Server(uvicorn.Config(plain, **common)),
    ]
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        # Nothing is lost: every answer's changes were committed before it left.
        signal.signal(signal_number, lambda *_: os._exit(0))
    if options.watch_stdin:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    port = secure_listener.getsockname()[1]
    identity = portal.world.credentials[0]
    url = f"https://127.0.0.1:{port}"
    ready = {
        "url": url,
        "port": port,
        "sign_in_url": f"https://127.0.0.1:{sign_in_port}",
        "sign_in_port": sign_in_port,
        "ca_file": str(ca_file),
        "webhook": f"{url}/rest/{identity.path_user}/{identity.secret}/",
        "control": f"http://127.0.0.1:{plain_listener.getsockname()[1]}",
        "pid": os.getpid(),
    }
    print(msgspec.json.encode(ready).decode(), flush=True)
    listeners = (secure_listener, sign_in_listener, plain_listener)
    await asyncio.gather(
        *(server._serve([line]) for server, line in zip(servers, listeners, strict=True))
    )


if __name__ == "__main__":
    asyncio.run(_serve(_options()))
