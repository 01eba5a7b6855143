"""Is there a screen to show windows on?"""

import sys
from collections.abc import Mapping

NO_DISPLAY = """\
Parley needs a display, and there is none.
 - On the computer itself: start Parley from a terminal of your desktop session.
 - Over SSH: connect with "ssh -X", or set DISPLAY or WAYLAND_DISPLAY.
 - Without any screen: start it on a virtual one, with "xvfb-run -a" before the command
   (on Debian: apt-get install xvfb xauth)."""


def display_problem(environment: Mapping[str, str], system: str = sys.platform) -> str | None:
    """Return why no window can open and how to get a display; nothing when one can.

    Qt would end the process with a message about plugins. ``QT_QPA_PLATFORM`` set to
    anything at all is a decision of the user's.
    """
    if system != "linux":
        return None
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return None if any(environment.get(name) for name in named) else NO_DISPLAY
