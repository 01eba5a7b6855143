"""All scenes at one scale: ``python -m tests.screenshots.session FOLDER SUFFIX SCENES``."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QLocale

from desktop.ui.event_loop import AppLoop, make_application
from tests.screenshots import crm_scenes, scenes, story
from tests.screenshots.crm_story import furnish_crm
from tests.screenshots.studio import Studio, choose_font
from tests.servers.portal import Portal

SCENES = {
    "first_run": scenes.first_run,
    "a_week": scenes.a_week,
    "the_crm": crm_scenes.the_crm,
}


async def play(pictures: Path, suffix: str, only: str) -> None:
    """Each scene on a profile of its own."""
    for name, scene in SCENES.items():
        if only not in ("", name):
            continue
        with tempfile.TemporaryDirectory() as folder, Portal(Path(folder) / "portal") as portal:
            os.environ["SSL_CERT_FILE"] = portal.ca_file
            portal.control.set_limits(burst=0)
            story.furnish(portal)
            if name == "the_crm":
                furnish_crm(portal)
            async with Studio(Path(folder) / "profile", pictures, suffix) as studio:
                await scene(studio, portal)


def main(pictures: str, suffix: str, only: str) -> int:
    """Take the pictures."""
    app = make_application(["parley"])
    choose_font(app)
    QLocale.setDefault(QLocale("en_GB"))
    with asyncio.Runner(loop_factory=lambda: AppLoop(app)) as runner:
        runner.run(play(Path(pictures), suffix, only))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
