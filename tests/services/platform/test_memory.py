"""Memory in one pool, and giving it back: on every system, as often as one likes."""

import subprocess
import sys

import pytest

from desktop.services.platform.memory import give_back

POOLS = """
import ctypes, sys, threading
from desktop.services.platform.memory import keep_one_pool

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc.restype = ctypes.c_void_p
if sys.argv[1] == "one":
    keep_one_pool()
gate = threading.Barrier(5)

def take():
    libc.malloc(ctypes.c_size_t(1000))
    gate.wait()

threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
gate.wait()
file = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fclose(ctypes.c_void_p(file))
"""


def test_it_may_be_called_at_any_time() -> None:
    give_back()
    give_back()


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's pools")
@pytest.mark.parametrize(("how", "count"), [("one", 1), ("usual", 2)])
def test_threads_share_one_pool(tmp_path, how, count) -> None:
    told = tmp_path / "pools.xml"

    subprocess.run([sys.executable, "-c", POOLS, how, str(told)], check=True)

    pools = told.read_text("utf-8").count("<heap nr=")
    assert pools == 1 if count == 1 else pools >= count
