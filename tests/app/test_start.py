"""What the real program has loaded when its first week is painted: every module costs time."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.app import create
from desktop.domain.timespan import TimeSpan

pytestmark = [pytest.mark.secrets, pytest.mark.timeout(60)]

ROOT = Path(__file__).resolve().parents[2]

OURS_AT_MOST, ALL_AT_MOST = 135, 370
"""130 and 350 were loaded when this was written."""

LATE = {
    "asyncio",
    "dateutil",
    "desktop.app.running",
    "desktop.domain.contact",
    "desktop.domain.sync",
    "desktop.services.contacts",
    "desktop.services.schedule",
    "desktop.store.contacts",
    "desktop.store.files",
    "desktop.ui.calendar.draft_desk",
    "desktop.ui.contacts.page",
    "desktop.ui.event_loop",
    "desktop.ui.sidebar.page",
    "httpx",
    "icalendar",
    "keyring",
    "phonenumbers",
    "platformdirs",
    "qasync",
    "rapidfuzz",
    "ssl",
}
"""What a painted week can do without."""

PROGRAM = """
import json, os, sys
from desktop.__main__ import main
from desktop.ui.calendar.grid_view import GridView

paint = GridView.paintEvent

def painted(view, event):
    paint(view, event)
    if view.state.scene.boxes:
        print(json.dumps({"modules": list(sys.modules), "parent": view.window().objectName()}))
        sys.stdout.flush()
        os._exit(0)

GridView.paintEvent = painted
sys.exit(main())
"""


async def furnish(profile: Path) -> None:
    """A profile with a meeting at noon of today."""
    application = create(profile, offline=True)
    await application.start()
    backend = application._running.backend
    await backend.accounts.add_local(title="Mine")
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    draft = await backend.drafts.new(when=TimeSpan(noon, noon + timedelta(hours=1)))
    await backend.schedule.book(replace(draft, title="Demo", title_edited=True))
    await application.close()


def first_paint(profile: Path) -> dict[str, Any]:
    """What the program tells when it has painted a meeting."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--profile", str(profile), "--offline"],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


async def test_a_week_is_painted_before_the_rest_is_loaded(qapp, tmp_path: Path) -> None:
    await furnish(tmp_path / "profile")

    told = first_paint(tmp_path / "profile")

    modules = set(told["modules"])
    assert told["parent"] == "mainWindow"
    assert sorted(modules & LATE) == []
    assert sum(name.partition(".")[0] == "desktop" for name in modules) <= OURS_AT_MOST
    assert len(modules) <= ALL_AT_MOST
