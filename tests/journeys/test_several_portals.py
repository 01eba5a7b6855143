"""Three portals at once: each with its own people, its own pace, and its own troubles."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView

from desktop.ui.sidebar.calendar_model import COLOR_ROLE
from tests.builders import TUESDAY
from tests.journeys.deeds import book_with_alex, enter_signed_in, finish_sign_in
from tests.journeys.person import Person
from tests.journeys.stage import MORNING, Stage, hours
from tests.servers.portal import Portal

pytestmark = [pytest.mark.journey, pytest.mark.secrets, pytest.mark.timeout(120)]


@pytest.fixture
def others(trusted: Portal, tmp_path: Path) -> Iterator[tuple[Portal, Portal]]:
    """Two more portals, with certificates of the same authority."""
    authority = Path(trusted.ca_file).parent
    with (
        Portal(tmp_path / "second", cert_dir=authority) as second,
        Portal(tmp_path / "third", cert_dir=authority) as third,
    ):
        for portal in (second, third):
            portal.control.set_clock(MORNING.isoformat())
            portal.control.set_limits(burst=0)
        yield second, third


async def add_portal(person: Person, portal: Portal) -> None:
    person.trigger("addAccountAction")
    await person.until_seen("accountDialog")
    person.click("addBitrix24Button")
    await person.until_seen("webhookUrlField")
    await finish_sign_in(person, portal.webhook_url)
    await person.until_gone("accountDialog")


def headings(person: Person) -> dict[str, str]:
    """The accounts over their calendars, and the colours that tell them apart."""
    model = person.see(QListView, "calendarList").model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {row.data(): row.data(COLOR_ROLE) for row in rows if row.data(COLOR_ROLE)}


def subjects(portal: Portal) -> list[str]:
    return [row["SUBJECT"] for row in portal.control.activities()]


async def test_each_has_its_people_and_the_trouble_of_one_is_nobody_elses(
    stage: Stage, trusted: Portal, others: tuple[Portal, Portal]
) -> None:
    second, third = others
    phone = [{"VALUE": "+49 30 100 10 20", "VALUE_TYPE": "WORK"}]
    third.control.add_contact(NAME="Alex", LAST_NAME="Vronskij", PHONE=phone, ASSIGNED_BY_ID=7)
    async with stage:
        person = await enter_signed_in(stage, trusted)
        await add_portal(person, second)
        await add_portal(person, third)
        await person.until_status("Up to date")
        await person.until(lambda: len(headings(person)) == 3, "three headings")
        marked = headings(person)

        second.control.revoke()
        await person.until_status("Needs attention")
        asked = trusted.control.count()
        await book_with_alex(person, hours(TUESDAY, 14, 15), "On the third")
        await person.until(lambda: subjects(third) == ["On the third"], "the third portal")
        await person.until(lambda: trusted.control.count() > asked, "the first to be read again")

    assert len(set(marked.values())) == 3, "each has a colour of its own"
    assert {title.partition(" ")[0] for title in marked} == {
        one.url.removeprefix("https://") for one in (trusted, second, third)
    }
    assert subjects(trusted) == subjects(second) == []
