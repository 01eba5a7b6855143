"""The composition root: the only place that knows every layer."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.app.opening import Opening
from desktop.app.settings import SIGN_IN_SERVER, Settings, local_zone
from desktop.services.sync.clock import utc_now
from desktop.services.sync.timing import Polling, Timing
from desktop.ui.qt_program import make_application

__all__ = ["Application", "create"]


def create(
    profile: Path,
    *,
    offline: bool = False,
    minimized: bool = False,
    opened: tuple[str, ...] = (),
    sign_in_server: str = SIGN_IN_SERVER,
    timing: Timing | None = None,
    polling: Polling | None = None,
    tempo: float = 1.0,
    clock: Callable[[], datetime] = utc_now,
    opening: Opening | None = None,
) -> Application:
    """The whole real program on the profile in ``profile``, not started.

    Takes the `QApplication` that exists or makes one; needs no running loop and touches neither
    keyring nor network. ``timing`` and ``polling`` hold every wait, ``tempo`` is how many times
    the usual pace requests may have, ``clock`` tells UTC.
    """
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["parley"])
    settings = Settings(
        profile=profile,
        zone=local_zone(),
        offline=offline,
        minimized=minimized,
        opened=opened,
        sign_in_server=sign_in_server,
        timing=timing or Timing(),
        polling=polling or Polling(),
        tempo=tempo,
        clock=clock,
    )
    return Application(app, settings, opening)
