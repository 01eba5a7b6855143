"""A hundred answers that are lost on the way, each in one of four ways: a hundred meetings."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.timespan import TimeSpan
from tests.builders import TUESDAY
from tests.journeys.deeds import add_alex, book_with_alex, sign_in
from tests.journeys.person import Person
from tests.journeys.stage import MORNING, QUICK, Stage, hours
from tests.servers.portal import Portal

pytestmark = [
    pytest.mark.journey,
    pytest.mark.secrets,
    pytest.mark.slow,
    pytest.mark.timeout(120),
]

LOST = ("drop_after", "drop_before", "late", "cut")
MEETINGS = 100
HASTY = replace(QUICK, looks_s=(0.05,), settle_s=0.25, passing_most_s=0.1, audits_s=(0.1,))


async def book_many(person: Person, count: int) -> None:
    """What the dialog does on saving, a hundred times over."""
    backend = person.application._running.backend
    (contact,) = (await backend.contacts.find("vronskij")).hits
    for number in range(count):
        start = MORNING + timedelta(days=number // 10, hours=number % 10)
        draft = await backend.drafts.new(
            contact=contact.contact.id, when=TimeSpan(start, start + timedelta(minutes=30))
        )
        await backend.schedule.book(replace(draft, title=f"Meeting {number}"))


async def test_a_hundred_lost_answers_make_a_hundred_meetings(
    stage: Stage, trusted: Portal
) -> None:
    add_alex(trusted)
    async with stage:
        person = await stage.enter(timing=HASTY)
        await sign_in(person, trusted)
        await person.until_status("Up to date")
        await book_with_alex(person, hours(TUESDAY, 17, 18), "First")  # proves the search
        await person.until_status("Up to date")
        for number in range(MEETINGS):
            trusted.control.fault(
                LOST[number % len(LOST)], "crm.activity.add",
                contains=f'"Meeting {number}"', seconds=0.15,
            )  # fmt: skip
        await book_many(person, MEETINGS)
        await person.until(
            lambda: len(trusted.control.activities()) > MEETINGS, "all", patience_s=80
        )
        await person.until_status("Up to date")
    subjects = Counter(one["SUBJECT"] for one in trusted.control.activities())
    assert subjects == Counter(["First", *(f"Meeting {number}" for number in range(MEETINGS))])
    assert trusted.control.faults_pending() == []
