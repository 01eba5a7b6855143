"""What happens when the server's side changes as well, or is not what it was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.event import DeliveryMark
from desktop.services.api.trust import trusted_context
from tests.builders import MONDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.journeys.deeds import (
    add_alex,
    book_with_alex,
    enter_signed_in,
    finish_sign_in,
    move_by_drag,
    sign_in,
    span_of,
)
from tests.journeys.person import Person
from tests.journeys.stage import MORNING, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(90)]

AFTERNOON = hours(TUESDAY, 14, 15)
MINE = hours(WEDNESDAY, 11, 12)
THEIRS = hours(THURSDAY, 16, 17)


async def conflicting(person: Person, portal: Portal) -> None:
    """A meeting that I moved without a network while a colleague moved it elsewhere."""
    await book_with_alex(person, AFTERNOON, "Demo")
    await person.until(portal.control.activities, "the meeting on the portal")
    await person.until_status("Up to date")
    portal.control.fault("drop_before", "*", times=-1)
    await move_by_drag(person, "Demo", MINE)
    (activity,) = portal.control.activities()
    portal.control.advance(5)
    portal.control.change_activity(
        int(activity["ID"]),
        START_TIME=THEIRS.start.isoformat(),
        END_TIME=THEIRS.end.isoformat(),
    )
    portal.control.clear_faults()
    await person.until_status("Needs attention · Demo")
    await person.until(lambda: person.entry("Demo").mark is DeliveryMark.TROUBLE, "its mark")
    assert span_of(person, "Demo") == MINE
    person.click("syncStatus")
    await person.until_seen("syncPanel")
    await person.until_read("Both versions are kept: choose one.", "outboxView")
    person.click_text("Choose a version", "outboxView")
    await person.until_seen("conflictSheet")


@pytest.mark.parametrize(("button", "kept"), [("Keep mine", MINE), ("Keep theirs", THEIRS)])
async def test_when_both_sides_moved_it_both_versions_stay_until_one_is_chosen(
    stage: Stage, trusted: Portal, button: str, kept: object
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await conflicting(person, trusted)
        (activity,) = trusted.control.activities()
        assert activity["START_TIME"].startswith(THEIRS.start.date().isoformat())
        person.click_text(button, "conflictSheet")
        await person.until_status("Up to date")
        await person.until(lambda: span_of(person, "Demo") == kept, "the version that was kept")
    (activity,) = trusted.control.activities()
    wanted = MINE if button == "Keep mine" else THEIRS
    assert activity["START_TIME"].startswith(wanted.start.date().isoformat())


async def test_changes_of_different_parts_are_merged_without_a_question(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal")
        await person.until_status("Up to date")
        trusted.control.fault("drop_before", "*", times=-1)
        await move_by_drag(person, "Demo", MINE)
        (activity,) = trusted.control.activities()
        trusted.control.advance(5)
        trusted.control.change_activity(int(activity["ID"]), LOCATION="Room 3")
        trusted.control.clear_faults()
        await person.until_status("Up to date")
        await person.until(lambda: person.entry("Demo").event.location == "Room 3", "their place")
        assert span_of(person, "Demo") == MINE
    (activity,) = trusted.control.activities()
    assert activity["LOCATION"] == "Room 3"
    assert activity["START_TIME"].startswith(MINE.start.date().isoformat())


async def test_what_a_colleague_changes_and_deletes_arrives(stage: Stage, trusted: Portal) -> None:
    first = trusted.control.add_event(7, name="Weekly", start="2026-11-17 10:00:00",
                                      end="2026-11-17 11:00:00")  # fmt: skip
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until_drawn("Weekly")
        trusted.control.call(
            "calendar.event.delete", {"type": "user", "ownerId": 7, "id": first}, by=7
        )
        await person.until(lambda: not person.entries("Weekly"), "the event to go")


async def test_a_calendar_that_is_suddenly_empty_is_doubted(stage: Stage, trusted: Portal) -> None:
    numbers = []
    for place in range(40):
        day, hour = MONDAY + timedelta(days=place % 5), 8 + place // 5
        numbers.append(
            trusted.control.add_event(
                7,
                name=f"Talk {place}",
                start=f"{day} {hour:02}:00:00",
                end=f"{day} {hour:02}:30:00",
            )
        )
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await person.until(lambda: len(person.entries()) == 40, "a full week")
        for number in numbers[:35]:
            trusted.control.erase("event", number)
        await person.until_status("Needs attention")
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("far fewer entries than before in the calendar", "attentionPanel")
        assert len(person.entries()) == 40
        person.click_text("It is right", "attentionPanel")
        await person.until(lambda: len(person.entries()) == 5, "the five that are left")
        await person.until_status("Up to date")


async def test_a_webhook_that_became_somebody_elses_writes_nothing_in_their_name(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await stage.leave(person)
        trusted.control.act_as(12)

        person = await stage.enter()
        await person.until_status("Needs attention")
        await book_with_alex(person, AFTERNOON, "Demo")
        person.click("syncStatus")
        await person.until_seen("syncPanel")
        await person.until_read("please sign in again", "attentionPanel")
        assert trusted.control.commands("crm.activity.add") == []
        trusted.control.act_as(7)
        person.click_text("Sign in", "attentionPanel")
        await person.until_seen("webhookUrlField")
        await finish_sign_in(person, trusted.webhook_url)
        await person.until_gone("webhookUrlField")
        await person.until_status("Up to date")
    assert [one["SUBJECT"] for one in trusted.control.activities()] == ["Demo"]


@pytest.fixture
def second(tmp_path: Path, trusted: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """Another company's portal; both are trusted."""
    with Portal(tmp_path / "second") as other:
        both = tmp_path / "both.pem"
        both.write_text(Path(trusted.ca_file).read_text() + Path(other.ca_file).read_text())
        monkeypatch.setenv("SSL_CERT_FILE", str(both))
        trusted_context.cache_clear()
        other.control.set_clock(MORNING.isoformat())
        other.control.set_limits(burst=0)
        yield other


async def test_one_portal_down_leaves_the_other_live(
    stage: Stage, trusted: Portal, second: Portal
) -> None:
    second.control.add_contact(
        NAME="Boris", LAST_NAME="Godunow", PHONE="+49 30 9", ASSIGNED_BY_ID=7
    )
    add_alex(trusted)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        person.trigger("addAccountAction")
        await person.until_seen("accountDialog")
        await sign_in(person, second)
        await person.until_gone("accountDialog")
        await person.until_status("Up to date")

        second.stop()
        await person.until_status(f"Offline: 127.0.0.1:{second.port}")
        assert "does not answer" in person.see(QWidget, "syncStatus").accessibleDescription()
        await book_with_alex(person, AFTERNOON, "Demo")
        await person.until(trusted.control.activities, "the meeting on the portal that lives")
        second.start()
        await person.until_status("Up to date")
    assert [one["SUBJECT"] for one in trusted.control.activities()] == ["Demo"]
    assert second.control.activities() == []
    strangers = {str(entry["params"]) for entry in second.control.requests()}
    assert not any(trusted.control.identity()["secret"] in said for said in strangers)
