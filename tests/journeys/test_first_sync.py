"""The first sync: real progress, useful before it is done, and taken up again after a kill."""

import os
import re
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from tests.journeys.canary import files_with
from tests.journeys.deeds import sign_in
from tests.journeys.order import Driver
from tests.journeys.stage import Stage
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

MANY = 8_000
PAGE = 50
PROGRESS = re.compile(r"Syncing contacts · ([\d,]+) of ([\d,]+)")


async def test_the_progress_is_real_and_people_are_found_before_it_is_over(
    stage: Stage, trusted: Portal
) -> None:
    trusted.control.seed_contacts(MANY)
    trusted.control.configure(latency_s=0.15)
    async with stage:
        person = await stage.enter()
        await sign_in(person, trusted)
        seen: list[int] = []
        found_early = False

        def over() -> bool:
            nonlocal found_early
            told = PROGRESS.match(person.status)
            if told is not None:
                done, total = (int(number.replace(",", "")) for number in told.groups())
                assert total == MANY
                line = person.see(QWidget, "syncStatus").parentWidget()
                assert line is not None
                assert line.findChildren(QProgressBar)[0].isVisible()
                seen.append(done)
                found_early = found_early or bool(person.names("contactList"))
            return person.status.startswith("Up to date")

        person.press(Qt.Key.Key_Slash)
        person.type("a")
        await person.until(over, "the first sync", patience_s=60)
        assert len(set(seen)) >= 3
        assert seen == sorted(seen)
        assert found_early


def test_a_killed_first_sync_goes_on_where_it_was(trusted: Portal, tmp_path: Path) -> None:
    trusted.control.seed_contacts(MANY)
    trusted.control.configure(latency_s=0.3)
    pages = MANY // PAGE

    def asked() -> int:
        return len(trusted.control.commands("crm.contact.list"))

    with Driver(tmp_path / "profile", trusted) as driver:
        child = driver.start(webhook=trusted.webhook_url)
        trusted.control.wait_until(lambda: asked() >= pages * 3 // 4, timeout_s=40)
        os.kill(child, signal.SIGKILL)
        said, code = driver.hear_to_the_end()
        assert (said, code) == ([], -signal.SIGKILL)
        before = asked()
        trusted.control.configure(latency_s=0.0)

        driver.start()
        said, code = driver.hear_to_the_end()
        assert (said, code) == (["ready"], 0), driver.errors()
    assert asked() - before < pages, "it began anew"
    assert files_with(tmp_path / "profile", trusted.control.identity()["secret"]) == []
