"""A portal that has only the new family of methods: the same contacts, the same figures."""

from dataclasses import replace

import pytest

from desktop.domain.contact import AddressKind, Phone
from desktop.domain.errors import OutcomeUnknownError
from desktop.domain.ids import ContactId, RecordKind, new_uid
from desktop.domain.sync import Verb
from desktop.services.api.bitrix24.contacts.crm_family import NEW_FAMILY, OLD_FAMILY, PROBE
from tests.builders import make_contact, make_event, make_op
from tests.servers.portal import Portal

OLD_METHODS = [
    f"crm.{kind}.{verb}"
    for kind in ("contact", "company", "deal")
    for verb in ("get", "list", "add", "update", "delete", "fields")
]


def without_old(portal: Portal) -> None:
    portal.control.configure(missing_methods=OLD_METHODS)


def create(**more):
    wish = make_contact("n1", "Alex Vronsky", account="b1", **more)
    return make_op(new_uid(), wish, kind=RecordKind.CONTACT, account="b1")


async def everybody(b24):
    return [row async for page in b24.pull_contacts(None) for row in page.records]


async def test_the_old_family_is_used_where_there_is_one(portal, b24):
    await b24.check()
    await everybody(b24)

    assert portal.control.commands("crm.item.list") == []


async def test_the_family_is_probed_once_and_remembered(portal, b24):
    without_old(portal)
    await b24.check()
    await everybody(b24)
    await b24.sweep_contacts()

    assert await b24._state.probes.find(PROBE) == "crm.item"
    assert len(portal.control.requests("crm.item.list")) == 1
    assert (await b24.check()).capabilities.contacts


async def test_a_first_sync_brings_the_same_contacts_in_as_many_requests(portal, b24):
    portal.control.seed_contacts(6_000)
    await b24.check()
    portal.control.clear_requests()
    old = {row.remote_id: row.record for row in await everybody(b24)}
    asked = portal.control.count()
    without_old(portal)
    await b24.check()
    portal.control.clear_requests()
    new = {row.remote_id: row.record for row in await everybody(b24)}

    assert new == old
    assert portal.control.count() - 1 <= asked


async def test_a_contact_is_made_found_changed_and_deleted(portal, b24):
    without_old(portal)
    await b24.check()
    entry = create(phone="+49 30 1234567", email="alex@acme.example", position="CEO")
    pushed = await b24.push(entry, None)
    made = pushed.record.record
    assert (made.name, made.position) == ("Alex Vronsky", "CEO")
    assert [phone.value for phone in made.phones] == ["+49 30 1234567"]
    (found,) = await b24.look_up(entry)
    assert found.marker == entry.op_id

    wish = replace(
        made,
        position="CFO",
        phones=(*made.phones, Phone("+49 151 7654321", AddressKind.MOBILE)),
        emails=(),
    )
    change = make_op(
        new_uid(), wish, verb=Verb.UPDATE, kind=RecordKind.CONTACT, account="b1", base=made
    )
    changed = (await b24.push(change, pushed.remote_id)).record.record
    assert changed.position == "CFO"
    assert [phone.value for phone in changed.phones] == ["+49 30 1234567", "+49 151 7654321"]
    assert changed.emails == ()

    gone = make_op(new_uid(), verb=Verb.DELETE, kind=RecordKind.CONTACT, account="b1", base=changed)
    await b24.push(gone, pushed.remote_id)
    assert await b24.fetch(RecordKind.CONTACT, pushed.remote_id) is None


async def test_a_lost_answer_is_looked_up_in_the_new_family_too(portal, b24):
    without_old(portal)
    await b24.check()
    entry = create(phone="+49 30 1234567")
    portal.control.fault("drop_after", "crm.item.add")
    with pytest.raises(OutcomeUnknownError):
        await b24.push(entry, None)

    assert len(await b24.look_up(entry)) == 1


async def test_what_changed_is_found_by_its_date(portal, b24):
    first, _last = portal.control.seed_contacts(3)
    without_old(portal)
    await b24.check()
    cursor = None
    async for page in b24.pull_contacts(None):
        cursor = page.cursor
    portal.control.advance(600)
    portal.control.configure(missing_methods=[])
    portal.control.change_contact(first, LAST_NAME="Renamed")
    without_old(portal)
    rows = [row async for page in b24.pull_contacts(cursor) for row in page.records]

    assert "Renamed" in {row.record.family_name for row in rows}


async def test_duplicates_and_dossiers_work_without_the_old_family(portal, b24):
    number = portal.control.add_contact(
        NAME="Alex", LAST_NAME="Vronsky", PHONE="+493012345678", EMAIL="alex@acme.example"
    )
    portal.control.add_deal(TITLE="Offer", CONTACT_ID=number, OPPORTUNITY="10", CURRENCY_ID="EUR")
    without_old(portal)
    await b24.check()
    (twin,) = await b24.duplicates(make_contact("n", account="b1", phone="+49 30 12345678"))
    (mail,) = twin.record.emails
    assert mail.value == "alex@acme.example"
    assert mail.remote_id
    dossier = await b24.dossier(twin.remote_id, (), watched=True)

    assert [deal.title for deal in dossier.deals] == ["Offer"]


def test_the_families_name_the_last_id_in_their_own_way():
    assert str(OLD_FAMILY.last_id("c0")) == "$result[c0][49][ID]"
    assert str(NEW_FAMILY.last_id("c0")) == "$result[c0][items][49][id]"


async def test_a_meeting_is_booked_for_somebody_of_the_new_family(portal, b24):
    number = portal.control.add_contact(NAME="Alex", LAST_NAME="Vronsky", PHONE="+493012345678")
    without_old(portal)
    await b24.check()
    event = make_event(
        "e1",
        account="b1",
        calendar="b1:41",
        record=RecordKind.ACTIVITY,
        contacts=(ContactId(f"b1:contact:{number}"),),
    )
    await b24.push(make_op(new_uid(), event, kind=RecordKind.ACTIVITY, account="b1"), None)

    (activity,) = portal.control.activities()
    assert activity["OWNER_ID"] == str(number)
