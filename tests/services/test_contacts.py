"""Finding, showing and keeping people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.contact import MatchReason
from desktop.domain.errors import Field, InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId
from desktop.domain.localtime import LocalTimeSource
from desktop.domain.phones import origin_of
from desktop.domain.sync import Verb
from desktop.services.changes import Topic
from desktop.services.contacts import ContactService
from desktop.services.local_times import LocalTimes
from desktop.services.sync.cursor_names import CONTACTS_COMPLETE, CONTACTS_TOTAL, SYNCED_AT
from tests.builders import (
    MONDAY,
    MOSCOW,
    NOW,
    TUESDAY,
    make_account,
    make_contact,
    make_draft,
    make_span,
)
from tests.services.house import CRM, LOCAL_CALENDAR, House, open_house

ALEX = make_contact("alex", "Alex Vronsky", phone="+49 30 1234567", email="alex@example.com")
ANNA = make_contact("anna", "Anna Vronskaya", phone="+49 30 7654321")
ZOE = make_contact("zoe", "Zoe Adams", phone="+49 30 5555555")


async def _know(house: House, *contacts):
    await house.files.cache.write(lambda cache: cache.contacts.upsert(contacts))
    house.feed.publish(Topic.CONTACTS)


async def _names(house: House, query: str = "") -> list[str]:
    result = await house.contacts.find(query)
    return [hit.contact.name for hit in result.hits]


async def _meet(house: House, contact, when):
    draft = make_draft(
        f"meet-{contact.id}",
        when,
        title="Demo",
        contacts=(contact.id,),
        calendar_id=LOCAL_CALENDAR.id,
    )
    return await house.schedule.book(draft)


async def _cursor(house: House, name: str, value: str):
    await house.files.cache.write(lambda cache: cache.cursors.put(CRM.id, name, value))


async def test_a_query_finds_by_prefix(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX, ANNA, ZOE)

        assert await _names(house, "vron") == ["Alex Vronsky", "Anna Vronskaya"]


async def test_whom_one_meets_this_week_comes_first(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX, ANNA, ZOE)
        assert (await _names(house, "vron"))[0] == "Alex Vronsky"

        await _meet(house, ANNA, make_span(TUESDAY))

        assert (await _names(house, "vron"))[0] == "Anna Vronskaya"


async def test_an_empty_query_shows_the_pinned_then_the_near_then_the_recent(tmp_path):
    async with open_house(tmp_path) as house:
        bob, eve = make_contact("bob", "Bob Bell"), make_contact("eve", "Eve East")
        await _know(house, ALEX, ANNA, ZOE, bob, eve)
        await house.contacts.open(bob.id)
        house.clock.forward(minutes=5)
        await house.contacts.open(eve.id)
        await house.contacts.set_pinned(ZOE.id, True)
        await _meet(house, ANNA, make_span(TUESDAY))
        await _meet(house, ALEX, make_span(MONDAY))

        result = await house.contacts.find("  ")

        assert [hit.contact.id for hit in result.hits] == ["zoe", "alex", "anna", "eve", "bob"]
        assert [hit.reason for hit in result.hits] == [
            MatchReason.PINNED,
            MatchReason.UPCOMING,
            MatchReason.UPCOMING,
            MatchReason.RECENT,
            MatchReason.RECENT,
        ]
        assert result.hits[1].next_meeting == make_span(MONDAY).start


async def test_pinned_and_recent_people_survive_a_restart(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX, ANNA)
        await house.contacts.set_pinned(ANNA.id, True)
        await house.contacts.open(ALEX.id)
    async with open_house(tmp_path) as house:
        assert await _names(house) == ["Anna Vronskaya", "Alex Vronsky"]
        await house.contacts.set_pinned(ANNA.id, False)
        assert await _names(house) == ["Alex Vronsky"]


async def test_who_is_gone_is_not_shown_as_recent(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        await house.contacts.open(ALEX.id)
        await house.contacts.delete(ALEX.id)

        assert await _names(house) == []


async def test_a_search_says_what_part_of_the_crm_is_here(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX, ANNA)
        await _cursor(house, CONTACTS_TOTAL, "2500")

        partly = await house.contacts.find("nobody")
        await _cursor(house, CONTACTS_COMPLETE, "yes")
        whole = await house.contacts.find("nobody")

        assert (partly.hits, partly.incomplete_accounts) == ((), (CRM.id,))
        assert (partly.total_contacts, partly.expected_contacts) == (2, 2500)
        assert (whole.incomplete_accounts, whole.expected_contacts) == ((), None)


async def test_a_search_for_later_is_answered_once_when_more_is_known(tmp_path):
    async with open_house(tmp_path) as house:
        await house.contacts.search_when_online(" vronsky ")
        assert await house.contacts.answered_searches() == ()
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)

        (answer,) = await house.contacts.answered_searches()

        assert answer.query == "vronsky"
        assert [hit.contact.id for hit in answer.hits] == ["alex"]
        assert await house.contacts.answered_searches() == ()


async def test_a_search_for_later_ends_when_all_is_here_and_nobody_fits(tmp_path):
    async with open_house(tmp_path) as house:
        await house.contacts.search_when_online("nobody")
        await _cursor(house, CONTACTS_COMPLETE, "yes")

        (answer,) = await house.contacts.answered_searches()

        assert answer.hits == ()


async def test_the_card_shows_all_about_a_contact(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        await _cursor(house, SYNCED_AT, NOW.isoformat())
        await _meet(house, ALEX, make_span(MONDAY, hours=(10, 11)))
        house.clock.forward(days=1)
        past = await house.contacts.open(ALEX.id)
        await house.contacts.set_pinned(ALEX.id, True)
        house.clock.forward(days=-1)

        card = await house.contacts.open(ALEX.id)

        assert card.contact == ALEX
        assert card.account_title == CRM.title
        assert card.next_entry is not None
        assert card.next_entry.event.summary == "Demo"
        assert card.recent == ()
        assert (past.next_entry, len(past.recent)) == (None, 1)
        assert card.as_of == NOW
        assert (past.pinned, card.pinned) == (False, True)
        assert card.mark is DeliveryMark.SETTLED
        assert [slot.start.hour for slot in card.free] == [11, 12, 14]


async def test_the_phone_tells_the_local_time_once_its_tables_are_loaded(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        times = LocalTimes(house.feed)
        contacts = ContactService(
            house.files,
            house.undo,
            house.schedule,
            house.feed,
            house.clock,
            MOSCOW,
            local_time=times,
        )
        assert (await contacts.open(ALEX.id)).local_time is None
        house.topics()

        times.use_phones(origin_of)

        local = (await contacts.open(ALEX.id)).local_time
        assert local is not None
        assert (local.zone, local.source) == ("Europe/Berlin", LocalTimeSource.PHONE)
        assert Topic.CONTACTS in house.topics()


async def test_a_new_contact_is_there_at_once_and_waits(tmp_path):
    async with open_house(tmp_path) as house:
        await house.contacts.save(ALEX, new=True)

        (op,) = await house.files.own.read(lambda own: own.outbox.unfinished())
        assert (op.verb, op.wish) == (Verb.CREATE, ALEX)
        assert await _names(house, "vron") == ["Alex Vronsky"]
        assert (await house.contacts.open(ALEX.id)).mark is DeliveryMark.WAITING


async def test_an_edit_knows_the_copy_it_was_made_from(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)

        await house.contacts.save(replace(ALEX, position="CEO"))

        (op,) = await house.files.own.read(lambda own: own.outbox.unfinished())
        assert (op.verb, op.base) == (Verb.UPDATE, ALEX)
        assert (await house.contacts.get(ALEX.id)).position == "CEO"


async def test_saving_without_a_change_sends_nothing(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)

        await house.contacts.save(ALEX)

        assert not house.undo.can_undo


async def test_a_contact_needs_something_to_be_called_by(tmp_path):
    async with open_house(tmp_path) as house:
        with pytest.raises(InvalidInputError) as raised:
            await house.contacts.save(make_contact("x", ""), new=True)

        assert (raised.value.field, raised.value.problem) == (Field.NAME, "empty")


async def test_what_may_not_be_changed_is_refused(tmp_path):
    async with open_house(tmp_path) as house:
        locked = replace(ALEX, read_only=True)
        await _know(house, locked, ANNA)
        with pytest.raises(ReadOnlyError):
            await house.contacts.delete(locked.id)
        rights = Capabilities(edit_contacts=False, create_contacts=False)
        await house.files.own.write(
            lambda own: own.accounts.put(make_account("a1", capabilities=rights))
        )
        with pytest.raises(ReadOnlyError):
            await house.contacts.save(replace(ANNA, position="CEO"))
        with pytest.raises(ReadOnlyError):
            await house.contacts.save(ZOE, new=True)


async def test_who_is_not_there_is_not_found(tmp_path):
    async with open_house(tmp_path) as house:
        for ask in (house.contacts.get, house.contacts.open, house.contacts.delete):
            with pytest.raises(NotFoundError):
                await ask(ContactId("nobody"))
        with pytest.raises(NotFoundError):
            await house.contacts.save(make_contact("x", "X", account="gone"), new=True)


async def test_likely_duplicates_share_a_number_an_address_or_a_full_name(tmp_path):
    async with open_house(tmp_path) as house:
        await house.add(make_account("a2", AccountKind.LOCAL))
        namesake = make_contact("n", "Vronsky Alex", account="a2")
        await _know(house, ALEX, ANNA, ZOE, namesake)

        by_phone = make_contact("new", "Somebody", phone="0049 (30) 123 45 67")
        by_email = make_contact("new", "Somebody", email="ALEX@example.com")
        by_name = make_contact("new", "Alex Vronsky")
        other = make_contact("new", "Alexa Vronsky")

        assert [c.id for c in await house.contacts.likely_duplicates(by_phone)] == ["alex"]
        assert [c.id for c in await house.contacts.likely_duplicates(by_email)] == ["alex"]
        found = await house.contacts.likely_duplicates(by_name)
        assert {c.id for c in found} == {"alex", "n"}
        assert await house.contacts.likely_duplicates(other) == ()
        assert await house.contacts.likely_duplicates(ALEX) == (namesake,)


async def test_looking_twice_within_a_minute_writes_once(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        await house.contacts.open(ALEX.id)
        first = await house.files.own.read(lambda own: own.settings.get("recent contacts"))
        house.clock.now += timedelta(seconds=10)
        await house.contacts.open(ALEX.id)

        again = await house.files.own.read(lambda own: own.settings.get("recent contacts"))
        assert again == first


async def test_a_full_disk_hides_nobody(tmp_path):
    async with open_house(tmp_path) as house:
        await _know(house, ALEX)
        await house.files.own.write(lambda own: own.connection.execute("PRAGMA query_only = 1"))

        card = await house.contacts.open(ALEX.id)

        assert card.contact == ALEX
        assert await _names(house) == ["Alex Vronsky"]
