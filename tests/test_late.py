"""What is loaded when it is first used: not before, then as itself."""

import asyncio
import subprocess
import sys

from desktop import late

PROGRAM = """
import sys
from desktop.late import platformdirs
before = "platformdirs" in sys.modules
platformdirs.user_data_dir("any")
print(before, "platformdirs" in sys.modules)
"""


def test_a_module_is_loaded_when_something_is_asked_of_it():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True"]


def test_what_is_asked_for_is_the_modules_own():
    assert late.asyncio.Event is asyncio.Event
    assert vars(late.asyncio)["Event"] is asyncio.Event  # and is not looked up a second time
