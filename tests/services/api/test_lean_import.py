"""The clients bring nothing along that only a command line needs."""

import subprocess
import sys

LOADED = """
import sys
import desktop.services.api.http
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_httpx_comes_without_its_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert "httpx" in loaded
    assert not loaded & {"click", "rich", "pygments"}
