"""Dossiers, block by block: what was read last, and why it is not newer."""

from datetime import timedelta
from decimal import Decimal

from desktop.domain.crm import (
    Block,
    BlockState,
    CompanyLink,
    Deal,
    FieldType,
    Lead,
    OwnField,
    OwnValue,
    TimelineEntry,
    TimelineKind,
)
from desktop.domain.ids import ContactId, DealId, RemoteId
from desktop.store.dossier_blocks import (
    Companies,
    Deals,
    Fields,
    Past,
    dossier_of,
    put_block,
)
from tests.builders import ACCOUNT, NOW

ALEX = ContactId("c1")
DEALS = Deals(
    (Deal(DealId("18"), ACCOUNT, "Licence", "New", Decimal("12500.50"), "EUR", NOW),),
    (Lead(RemoteId("5"), "Fair", "In progress"),),
)
PAST = Past((TimelineEntry(TimelineKind.CALL, "Called", NOW, "12", incoming=True),))
FIELDS = Fields((OwnValue(OwnField("UF_CRM_1", "Size", FieldType.CHOICE), ("Large",)),))
FIRMS = Companies((CompanyLink(RemoteId("4"), "Acme", True),))


def test_every_block_comes_back_as_it_was(cache) -> None:
    for block, content in (
        (Block.DEALS, DEALS),
        (Block.TIMELINE, PAST),
        (Block.FIELDS, FIELDS),
        (Block.COMPANIES, FIRMS),
    ):
        put_block(cache.dossiers, ALEX, ACCOUNT, block, content, NOW)

    stored = dossier_of(cache.dossiers, ALEX)
    assert (stored.deals, stored.past, stored.fields) == (DEALS, PAST, FIELDS)
    assert stored.companies == FIRMS
    assert stored.states == dict.fromkeys(Block, BlockState(NOW))


def test_what_was_never_read_is_empty_and_has_no_age(cache) -> None:
    stored = dossier_of(cache.dossiers, ALEX)

    assert stored.deals == Deals()
    assert stored.states == {}
    assert cache.dossiers.read_at(ALEX) is None


def test_a_problem_leaves_what_was_there_with_its_age(cache) -> None:
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.DEALS, DEALS, NOW)
    cache.dossiers.put_problem(ALEX, ACCOUNT, Block.DEALS.value, "forbidden")
    cache.dossiers.put_problem(ALEX, ACCOUNT, Block.TIMELINE.value, "unsupported")

    stored = dossier_of(cache.dossiers, ALEX)
    assert stored.deals == DEALS
    assert stored.states[Block.DEALS] == BlockState(NOW, "forbidden")
    assert stored.states[Block.TIMELINE] == BlockState(None, "unsupported")


def test_a_newer_answer_ends_the_problem(cache) -> None:
    cache.dossiers.put_problem(ALEX, ACCOUNT, Block.DEALS.value, "forbidden")
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.DEALS, DEALS, NOW)

    assert dossier_of(cache.dossiers, ALEX).states[Block.DEALS] == BlockState(NOW)


def test_a_dossier_is_as_old_as_its_oldest_block(cache) -> None:
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.DEALS, DEALS, NOW)
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.TIMELINE, PAST, NOW - timedelta(hours=5))

    assert cache.dossiers.read_at(ALEX) == NOW - timedelta(hours=5)


def test_bytes_of_another_version_are_as_good_as_never_read(cache) -> None:
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.DEALS, DEALS, NOW)
    cache.connection.execute("UPDATE dossier SET body = x'c1'")

    assert dossier_of(cache.dossiers, ALEX).deals == Deals()


def test_a_removed_account_leaves_nothing(cache) -> None:
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.DEALS, DEALS, NOW)
    put_block(cache.dossiers, ALEX, ACCOUNT, Block.TIMELINE, PAST, NOW)
    cache.remove_account(ACCOUNT)
    assert dossier_of(cache.dossiers, ALEX).states == {}
