"""A link from the CRM opens the meeting's day; any other text from outside does nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.app import create
from desktop.domain.parley_link import show_link
from desktop.services import secrets

pytestmark = pytest.mark.timeout(60)


async def test_a_link_shows_its_day_and_nothing_else_does(
    qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "_first_usable", lambda _system: None)
    application = create(tmp_path / "profile")
    application.window.show()
    await application.start()
    running = application._running
    running.back.open(show_link(datetime(2031, 5, 14, 12, tzinfo=UTC)))
    shown = running.front.calendar.view.state
    assert shown.frame.index_of(date(2031, 5, 14)) is not None

    for odd in ("parley://delete?at=2026-01-01T00:00:00Z", "parley://show?at=x", "nowhere"):
        running.back.open(odd)
        assert shown.frame.index_of(date(2031, 5, 14)) is not None
    await application.close()
