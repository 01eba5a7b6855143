"""A grip on the real program in a process of its own: gives orders, hears what it says."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

from tests.servers.portal import Portal

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40.0


class Driver:
    """Gives orders to ``tests.journeys.driver`` and hears what its screen acknowledges."""

    def __init__(self, profile: Path, portal: Portal) -> None:
        environment = {**os.environ, "SSL_CERT_FILE": str(portal.ca_file)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.driver", str(profile)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_lines, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()

    def start(self, name: str = "", **more: Any) -> int:
        """Begins a life of the program; the id of its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"name": name, **more}) + "\n")
        self._process.stdin.flush()
        return int(self.hear("child").split()[1])

    def hear(self, *beginnings: str) -> str:
        """The next line that begins like this; what is said before it is passed over."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"did not hear {beginnings}:\n{self.errors()}") from None
            if line.startswith(beginnings):
                return line

    def hear_to_the_end(self) -> tuple[list[str], int]:
        """All that is said until the child is gone, and how it ended."""
        said: list[str] = []
        while True:
            line = self.hear("ready", "saved", "settled", "ended")
            if line.startswith("ended"):
                return said, int(line.split()[1])
            said.append(line)

    def errors(self) -> str:
        """What went wrong in the process."""
        return "".join(self._errors[-60:])

    def _read_lines(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        self._errors.extend(self._process.stderr)
