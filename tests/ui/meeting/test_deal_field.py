"""The deal that a meeting is about: offered by itself, chosen by the user, booked with it."""

from dataclasses import replace
from decimal import Decimal

from desktop.domain.account import Capabilities
from desktop.domain.crm import Block, Deal
from desktop.domain.ids import ContactId, DealId
from desktop.store.dossier_blocks import Deals, put_block
from desktop.ui.meeting.choices import Choice
from desktop.ui.meeting.deal_field import shortened
from tests.builders import make_draft
from tests.ui.meeting.conftest import ALEX, ANNA, CRM, at
from tests.ui.waiting import until

ABLE = replace(CRM, capabilities=Capabilities(deals=True, timeline=True))
LICENCE = Deal(DealId("18"), CRM.id, "Licence", "Negotiation", Decimal(125000), "EUR")
PILOT = Deal(DealId("19"), CRM.id, "Pilot")


def rows(desk) -> list[str]:
    field = desk.find(Choice, "meetingDeal")
    return [field.itemText(row) for row in range(field.count())]


async def test_the_last_changed_deal_is_chosen_and_booked(open_desk):
    async with open_desk(account=ABLE, deals={"c1": (LICENCE, PILOT)}) as desk:
        await desk.open_new(contact=ALEX)
        field = desk.find(Choice, "meetingDeal")
        await until(lambda: field.isVisible() and desk.draft.deal == "18")

        assert rows(desk)[0] == "No deal"
        assert "Licence · Negotiation · 125" in rows(desk)[1]
        assert field.value() == "18"
        desk.save_by_keys()
        await until(lambda: bool(desk.booked))
        assert (await desk.event(desk.booked[0])).deal == "18"


async def test_no_deal_stays_no_deal(open_desk):
    async with open_desk(account=ABLE, deals={"c1": (LICENCE,)}) as desk:
        await desk.open_new(contact=ALEX)
        await until(lambda: desk.draft.deal == "18")
        field = desk.find(Choice, "meetingDeal")
        field.setCurrentIndex(0)
        field.picked.emit(None)

        assert desk.draft.deal is None
        desk.save_by_keys()
        await until(lambda: bool(desk.booked))
        assert (await desk.event(desk.booked[0])).deal is None


async def test_another_person_brings_other_deals(open_desk):
    async with open_desk(account=ABLE, deals={"c1": (LICENCE,), "c2": (PILOT,)}) as desk:
        await desk.open_new(contact=ALEX)
        await until(lambda: desk.draft.deal == "18")
        desk.page.editor.remove_contact(ALEX.id)
        assert desk.draft.deal is None
        desk.page.editor.add_contact(ANNA)
        await until(lambda: desk.draft.deal == "19")

        assert "Licence" not in " ".join(rows(desk))


async def test_somebody_without_deals_has_no_such_row(open_desk):
    async with open_desk(account=ABLE) as desk:
        await desk.open_new(contact=ALEX)

        assert not desk.find(Choice, "meetingDeal").isVisible()


async def test_an_account_without_deals_has_no_such_row(open_desk):
    async with open_desk(deals={"c1": (LICENCE,)}) as desk:
        await desk.open_new(contact=ALEX)

        assert not desk.find(Choice, "meetingDeal").isVisible()
        assert desk.draft.deal is None


async def test_a_draft_that_was_left_keeps_what_was_decided(open_desk):
    async with open_desk(account=ABLE, deals={"c1": (LICENCE,)}) as desk:
        left = make_draft(
            when=at(11, 12), calendar_id="a1:cal", contacts=(ALEX.id,), touched=True, title="x"
        )
        await desk.open_draft(left)
        field = desk.find(Choice, "meetingDeal")
        await until(field.isVisible)

        assert desk.draft.deal is None


async def test_deals_that_come_later_are_offered_and_none_is_chosen(open_desk):
    class Server:
        async def read(self, contact_id: ContactId, *, watched: bool = True) -> None:
            asked.append(contact_id)
            await desk.house.files.cache.write(
                lambda cache: put_block(
                    cache.dossiers,
                    contact_id,
                    CRM.id,
                    Block.DEALS,
                    Deals((LICENCE,)),
                    desk.house.clock(),
                )
            )

        async def own_fields(self):
            return ()

    asked: list[ContactId] = []
    async with open_desk(account=ABLE, reader=Server()) as desk:
        await desk.open_new(contact=ALEX)
        field = desk.find(Choice, "meetingDeal")
        await until(field.isVisible)

        assert asked == [ALEX.id]
        assert rows(desk)[1].startswith("Licence")
        assert desk.draft.deal is None


async def test_a_deal_that_is_not_known_here_is_named_by_its_number(open_desk):
    async with open_desk(account=ABLE, deals={"c1": (LICENCE,)}) as desk:
        draft = make_draft(
            when=at(11, 12),
            calendar_id="a1:cal",
            contacts=(ALEX.id,),
            deal=DealId("77"),
            touched=True,
        )
        await desk.open_draft(draft)
        await until(desk.find(Choice, "meetingDeal").isVisible)

        assert desk.find(Choice, "meetingDeal").currentText() == "Deal 77"


def test_a_long_title_leaves_room_for_stage_and_sum():
    assert shortened("Licence", 10) == "Licence"
    assert shortened("Licence for all", 9) == "Licence…"
