"""Real processes: started, heard, weighed, ended."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30


class Started:
    """A process and the moment just before it was made."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self.began_ns = time.monotonic_ns()
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def moments_ms(self) -> list[float]:
        """The next line that it prints: moments, in milliseconds after the start."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended early: {self._command}")
        return [(int(word) - self.began_ns) / 1e6 for word in line.split()]

    def end(self) -> None:
        """Ask it to go, and wait."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


@contextmanager
def running(module: str, *arguments: str) -> Iterator[Started]:
    """``python -m module``, ended afterwards."""
    started = Started([sys.executable, "-m", module, *arguments])
    try:
        yield started
    finally:
        started.end()


def family(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    head = psutil.Process(pid)
    return [head, *head.children(recursive=True)]


def memory_mib(pid: int) -> tuple[float, float]:
    """Resident and proportional memory of the whole family, in MiB.

    Alone on a machine they are nearly the same. Pages of Qt that strangers use as well count in
    part only in the second one, which makes a bare window seem smaller than it is.
    """
    infos = [process.memory_full_info() for process in family(pid)]
    resident = sum(info.rss for info in infos)
    return resident / 2**20, sum(getattr(info, "pss", info.rss) for info in infos) / 2**20


def cpu_s(pid: int) -> float:
    """Processor time that the whole family has used."""
    return sum(sum(process.cpu_times()[:2]) for process in family(pid))
