"""One's own calendars on a portal: made, changed and deleted; others' are not."""

import pytest

from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.ids import CalendarId
from desktop.domain.sync import Verb
from tests.servers.portal import Portal


async def test_a_calendar_is_made_changed_and_deleted(portal: Portal, b24):
    await b24.edit_calendar(CalendarEdit(Verb.CREATE, None, " Trips ", "#dc2626"))
    (row,) = [one for one in portal.control.records("section") if one["NAME"] == "Trips"]
    place = CalendarId(f"b1:{row['ID']}")
    assert (row["CAL_TYPE"], row["OWNER_ID"], row["COLOR"]) == ("user", "7", "#dc2626")

    await b24.edit_calendar(CalendarEdit(Verb.UPDATE, place, "Journeys", "#0d9488"))
    changed = portal.control.record("section", int(row["ID"]))
    assert changed is not None
    assert (changed["NAME"], changed["COLOR"]) == ("Journeys", "#0d9488")

    event = portal.control.add_event(7, name="Riga", section=int(row["ID"]), start="2026-11-17")
    await b24.edit_calendar(CalendarEdit(Verb.DELETE, place))
    assert portal.control.record("section", int(row["ID"])) is None
    assert portal.control.record("event", event) is None


async def test_the_portal_refuses_what_is_not_ones_own(portal: Portal, b24):
    rows = portal.control.records("section")
    company = next(one for one in rows if one["CAL_TYPE"] == "company_calendar")

    with pytest.raises(RefusedError) as refused:
        await b24.edit_calendar(CalendarEdit(Verb.DELETE, CalendarId(f"b1:{company['ID']}")))

    assert refused.value.reason is Refusal.FORBIDDEN
    assert portal.control.record("section", int(company["ID"])) is not None


@pytest.mark.parametrize("place", [None, CalendarId("b1:calls")])
async def test_what_exists_here_only_is_not_asked_for(portal: Portal, b24, place):
    with pytest.raises(RefusedError) as refused:
        await b24.edit_calendar(CalendarEdit(Verb.UPDATE, place, "x", "#000000"))

    assert refused.value.reason is Refusal.NOT_FOUND
    assert portal.control.count() == 0
