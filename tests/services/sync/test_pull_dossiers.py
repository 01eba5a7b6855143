"""What a server knows of contacts, read when somebody looks, and ahead of meetings."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from desktop.domain.account import Capabilities
from desktop.domain.crm import Block, Deal, FieldType, OwnField, OwnValue, TimelineKind
from desktop.domain.errors import OfflineError, Refusal, RefusedError
from desktop.domain.ids import ContactId, DealId, RecordKind, RemoteId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.port import RemoteDossier
from desktop.services.changes import Topic
from desktop.services.dossiers import DossierService
from tests.builders import (
    ACCOUNT,
    make_account,
    make_comment,
    make_contact,
    make_event,
    make_remote,
)

ABLE = Capabilities(deals=True, timeline=True)
ALEX = ContactId("a1:contact:15")
OFFER = Deal(DealId("9"), ACCOUNT, "Offer", "Negotiation", Decimal("1200.50"), "EUR")
NOTE = make_remote(make_comment("a1:comment:3", ALEX, text="Prefers mornings"), "3")
SIZE = OwnField("UF_CRM_SIZE", "Size", FieldType.TEXT)


def service(desk) -> DossierService:
    return DossierService(desk.files, desk.feed, desk.supervisor.dossiers)


@pytest.fixture
def open_alex(open_desk):
    """A desk whose server has Alex, and answers for him."""

    def opened():
        return open_desk(make_account(capabilities=ABLE))

    return opened


async def prepare(desk, dossier: RemoteDossier | None = None):
    edge = desk.edges[ACCOUNT]
    edge.capabilities = ABLE
    edge.put(make_contact("x", "Alex Vronsky"), "15")
    edge.dossiers[RemoteId("15")] = dossier or RemoteDossier(deals=(OFFER,), comments=(NOTE,))
    desk.supervisor.sync_now()
    await desk.idle()
    return edge


async def test_a_dossier_is_read_once_and_then_known_offline(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        await service(desk).refresh(ALEX)
        edge.fail = lambda _call: OfflineError()

        dossier = await service(desk).of(ALEX)
        assert dossier.deals == (OFFER,)
        (note,) = dossier.timeline
        assert (note.kind, note.text) == (TimelineKind.COMMENT, "Prefers mornings")
        assert dossier.state_of(Block.DEALS).as_of is not None
        assert any(c.topic is Topic.TIMELINE and ALEX in c.uids for c in desk.changes)
        with pytest.raises(OfflineError):
            await service(desk).refresh(ALEX)


async def test_two_who_ask_at_once_are_answered_by_one_request(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        reader = desk.supervisor.dossiers(ACCOUNT)
        first = reader.read(ALEX)
        second = reader.read(ALEX)
        task = desk.supervisor._tasks.start(first)
        await second
        await task

        assert edge.calls.count("dossier") == 1


async def test_a_block_that_may_not_be_read_keeps_what_it_had(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        await service(desk).refresh(ALEX)
        refused = {Block.DEALS: Refusal.FORBIDDEN.value}
        edge.dossiers[RemoteId("15")] = RemoteDossier(problems=refused)
        await service(desk).refresh(ALEX)

        dossier = await service(desk).of(ALEX)
        assert dossier.deals == (OFFER,)
        assert dossier.state_of(Block.DEALS).problem == Refusal.FORBIDDEN.value
        assert dossier.timeline == ()
        assert dossier.state_of(Block.TIMELINE).problem == ""


async def test_a_refused_dossier_is_told_to_whoever_asked(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        edge.fail = lambda _call: RefusedError(Refusal.FORBIDDEN)

        with pytest.raises(RefusedError):
            await service(desk).refresh(ALEX)


async def test_who_is_met_soon_is_read_ahead_and_not_again(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        now = desk.clock.wall()
        soon = TimeSpan(now + timedelta(hours=3), now + timedelta(hours=4))
        late = TimeSpan(now + timedelta(days=5), now + timedelta(days=5, hours=1))
        edge.put(make_contact("y", "Boris Late"), "16")
        for uid, when, contact in (("e1", soon, "15"), ("e2", late, "16")):
            people = (ContactId(f"a1:contact:{contact}"),)
            event = replace(make_event(uid, when=when), contacts=people)
            await desk.files.cache.write(
                lambda cache, event=event: cache.events.upsert_records(
                    [make_remote(event, event.id)]
                )
            )
        reader = desk.supervisor.dossiers(ACCOUNT)
        await reader.prefetch()
        await reader.prefetch()

        assert edge.calls.count("dossier ahead") == 1
        assert (await service(desk).of(ALEX)).deals == (OFFER,)


async def test_chosen_fields_are_asked_for_and_kept_in_their_order(open_alex) -> None:
    async with open_alex() as desk:
        value = OwnValue(SIZE, ("XL",))
        edge = await prepare(desk, RemoteDossier(fields=(value,)))
        edge.fields = (SIZE, OwnField("UF_CRM_B", "Budget", FieldType.MONEY))
        crm = service(desk)
        assert await crm.available_fields(ACCOUNT) == edge.fields
        await crm.choose_fields(ACCOUNT, ("UF_CRM_B", "UF_CRM_SIZE"))
        await crm.refresh(ALEX)

        assert [field.name for field in edge.asked_fields] == ["UF_CRM_B", "UF_CRM_SIZE"]
        dossier = await crm.of(ALEX)
        assert dossier.fields == (value,)
        assert Block.FIELDS in dossier.blocks
        edge.fail = lambda _call: OfflineError()
        assert await crm.available_fields(ACCOUNT) == edge.fields


async def test_a_field_that_is_no_longer_chosen_is_not_shown(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk, RemoteDossier(fields=(OwnValue(SIZE, ("XL",)),)))
        edge.fields = (SIZE,)
        crm = service(desk)
        await crm.choose_fields(ACCOUNT, ("UF_CRM_SIZE",))
        await crm.refresh(ALEX)
        await crm.choose_fields(ACCOUNT, ())

        dossier = await crm.of(ALEX)
        assert dossier.fields == ()
        assert Block.FIELDS not in dossier.blocks


async def test_a_contact_that_has_not_arrived_is_not_asked_for(open_alex) -> None:
    async with open_alex() as desk:
        edge = await prepare(desk)
        await desk.files.cache.write(lambda cache: cache.contacts.upsert([make_contact("new")]))
        await service(desk).refresh(ContactId("new"))

        assert "dossier" not in edge.calls


async def test_a_comment_that_the_server_has_no_more_is_gone(open_alex) -> None:
    async with open_alex() as desk:
        await prepare(desk)
        comment = make_comment("m1", ALEX, text="Just now")
        await desk.files.cache.write(
            lambda cache: cache.comments.upsert_records(
                [replace(make_remote(comment, "7"), kind=RecordKind.COMMENT)]
            )
        )
        await service(desk).refresh(ALEX)

        texts = {entry.text for entry in (await service(desk).of(ALEX)).timeline}
        assert texts == {"Prefers mornings"}
