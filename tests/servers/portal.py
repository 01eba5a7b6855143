"""An emulated Bitrix24 portal as a process, and a test's grip on it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from .bitrix24.storage import read_records
from .portal_control import PortalControl, PortalControlError
from .shapes.check import complaints

__all__ = ["Portal", "PortalControl", "PortalControlError"]

_OURS = "Parley"
"""How the name begins by which the program calls itself in its requests."""

_ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """Starts ``tests.servers.bitrix24`` and speaks to it.

    The state lives in ``folder``; a portal that is stopped or killed comes back with it, at the
    same address. The process ends with the one that started it.
    """

    misshapen: ClassVar[list[str]] = []
    """What was wrong with the program's requests to any portal, until a fixture asks."""

    def __init__(
        self,
        folder: Path,
        *,
        contacts: int = 0,
        certificate: str = "good",
        cert_dir: Path | None = None,
        keep_alive_s: int = 30,
        port: int = 0,
    ) -> None:
        self.folder = folder
        self.control = PortalControl()
        self._options = {
            "--contacts": str(contacts),
            "--certificate": certificate,
            "--cert-dir": str(cert_dir or folder),
            "--keep-alive": str(keep_alive_s),
        }
        self._port = port
        self._sign_in_port = 0
        self._ready: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process and wait until it listens; at the former port if there was one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        options = {**self._options, "--port": str(self._port), "--state": str(self.folder)}
        options["--sign-in-port"] = str(self._sign_in_port)
        command = [sys.executable, "-m", "tests.servers.bitrix24", "--watch-stdin"]
        for name, value in options.items():
            command += [name, value]
        with (self.folder / "stderr.txt").open("ab") as errors:
            self._process = subprocess.Popen(
                command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        self._ready = json.loads(self._first_line(self._process))
        self._port, self._sign_in_port = self._ready["port"], self._ready["sign_in_port"]
        self.control.connect(self._ready["control"])

    def _first_line(self, process: subprocess.Popen[bytes]) -> bytes:
        line = process.stdout.readline() if process.stdout is not None else b""
        if not line:
            self.kill()
            raise RuntimeError(f"the portal did not start:\n{self.errors()}")
        return line

    def stop(self) -> None:
        """End the process in order; its address refuses connections from now on."""
        self.look_at_requests()
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """End the process by SIGKILL, whatever it is doing."""
        self.look_at_requests()
        self._end(subprocess.Popen.kill)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        process, self._process = self._process, None
        self.control.close()
        if process is None:
            return
        if process.poll() is None:
            how(process)
        process.wait(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def restart(self) -> None:
        """Stop, if it runs, and start again: same port, same certificates, same state."""
        self.stop()
        self.start()

    def reset(self) -> None:
        """A new portal at the same address: new webhook, no records, no faults, usual settings."""
        self.look_at_requests()
        self.control.reset()

    def look_at_requests(self) -> None:
        """Hold what the program has sent against the table of the reference."""
        if not self.is_running or not self._ready:
            return
        for entry in self.control.requests():
            if str(entry["user_agent"]).startswith(_OURS):
                self.misshapen.extend(complaints(entry))

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def url(self) -> str:
        """``https://127.0.0.1:<port>``; ``localhost`` is in the certificate as well."""
        return str(self._ready["url"])

    @property
    def port(self) -> int:
        """The HTTPS port."""
        return self._port

    @property
    def sign_in_url(self) -> str:
        """``https://127.0.0.1:<port>`` of the sign-in server: ``/oauth/token/`` is there."""
        return str(self._ready["sign_in_url"])

    def authorize_url(self, client_id: str, state: str = "") -> str:
        """The login page for an application."""
        return f"{self.url}/oauth/authorize/?client_id={client_id}&state={state}"

    @property
    def http_url(self) -> str:
        """The same portal without TLS, which it refuses."""
        return str(self._ready["control"])

    @property
    def ca_file(self) -> str:
        """PEM file of the authority to trust."""
        return str(self._ready["ca_file"])

    @property
    def webhook_url(self) -> str:
        """The webhook of user 7 that works at present."""
        return self.webhook_at("127.0.0.1")

    def webhook_at(self, host: str) -> str:
        """That webhook at another of the portal's names, such as ``localhost``."""
        identity = self.control.identity()
        return f"https://{host}:{self.port}/rest/{identity['user']}/{identity['secret']}/"

    def on_disk(self, kind: str) -> list[dict[str, Any]]:
        """Records as they stand in the portal's file, running or dead."""
        return read_records(self.folder, kind)

    def errors(self) -> str:
        """What the process wrote to its error output: bugs of the emulator."""
        file = self.folder / "stderr.txt"
        return file.read_text(errors="replace") if file.exists() else ""
