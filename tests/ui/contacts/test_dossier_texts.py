"""A dossier in words: sums, ages, own values, and what is missing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from desktop.domain.crm import (
    Block,
    BlockState,
    Deal,
    Dossier,
    FieldType,
    OwnField,
    OwnValue,
    TimelineEntry,
    TimelineKind,
)
from desktop.domain.errors import Refusal
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId, DealId
from desktop.ui.contacts.dossier_texts import (
    age_text,
    amount_text,
    deal_text,
    deal_title,
    entry_text,
    entry_title,
    missing_text,
    nothing_text,
    value_text,
)
from tests.builders import ACCOUNT, MOSCOW, NOW


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (Decimal(125000), "EUR", "125,000\u00a0EUR"),
        (Decimal("12500.5"), "EUR", "12,500.50\u00a0EUR"),
        (Decimal(-3), "", "-3"),
        (None, "EUR", ""),
    ],
)
def test_a_sum_reads_as_the_locale_writes_it(amount, currency, words):
    assert amount_text(amount, currency) == words


def test_a_deal_tells_stage_and_sum_and_has_a_name_in_any_case():
    deal = Deal(DealId("18"), ACCOUNT, "", "Negotiation", Decimal(10), "EUR")

    assert deal_title(deal) == "Deal 18"
    assert deal_text(deal) == "Negotiation · 10\u00a0EUR"
    assert deal_text(replace(deal, stage="", amount=None)) == ""


def test_a_block_tells_its_age_with_the_day_unless_it_is_today():
    today = Dossier(ContactId("c"), states={Block.DEALS: BlockState(NOW)})
    older = Dossier(ContactId("c"), states={Block.DEALS: BlockState(NOW - timedelta(days=3))})

    assert age_text(today, Block.DEALS, NOW, MOSCOW) == "as of 11:00"
    assert age_text(older, Block.DEALS, NOW, MOSCOW) == "as of 13 Nov 11:00"
    assert age_text(today, Block.TIMELINE, NOW, MOSCOW) == ""


@pytest.mark.parametrize("block", list(Block))
@pytest.mark.parametrize("refusal", list(Refusal))
def test_whatever_is_missing_is_a_sentence(block, refusal):
    assert missing_text(block, refusal.value).endswith(".")
    assert nothing_text(refusal.value).endswith(".")


def test_a_missing_right_names_who_can_give_it():
    assert "administrator" in missing_text(Block.DEALS, Refusal.MISSING_SCOPE.value)
    assert missing_text(Block.DEALS, "") == ""


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (FieldType.TEXT, ("<b>bold</b>",), "<b>bold</b>"),
        (FieldType.TEXT, (), "–"),
        (FieldType.FLAG, ("yes",), "Yes"),
        (FieldType.FLAG, ("no",), "No"),
        (FieldType.DATE, ("2027-03-31",), "31 Mar 2027"),
        (FieldType.DATE, ("whenever",), "whenever"),
        (FieldType.MOMENT, ("2026-11-16T08:00:00+00:00",), "16 Nov 11:00"),
        (FieldType.MONEY, ("50000|EUR",), "50,000\u00a0EUR"),
        (FieldType.MONEY, ("much",), "much"),
        (FieldType.NUMBER, ("12.50",), "12.50"),
        (FieldType.NUMBER, ("1e400",), "1e400"),
        (FieldType.CHOICE, ("Small", "Large"), "Small, Large"),
    ],
)
def test_own_values_are_shown_as_what_they_are(kind, values, words):
    value = OwnValue(OwnField("UF_CRM_1", "Field", kind), values)

    assert value_text(value, NOW, MOSCOW) == words


def test_an_entry_tells_when_what_and_who():
    call = TimelineEntry(TimelineKind.CALL, "Called back", NOW, "Anna Titova", incoming=True)

    assert entry_title(call) == "Called back"
    assert entry_text(call, NOW, MOSCOW) == "Today 11:00 · Incoming call · Anna Titova"
    assert entry_title(replace(call, text=" ")) == "Call"
    assert "not done yet" in entry_text(replace(call, completed=False), NOW, MOSCOW)


def test_a_comment_tells_how_far_it_is_on_its_way():
    note = TimelineEntry(TimelineKind.COMMENT, "x", NOW, mark=DeliveryMark.WAITING)

    assert entry_text(note, NOW, MOSCOW).endswith("waiting to be sent")
    failed = replace(note, mark=DeliveryMark.TROUBLE)
    assert entry_text(failed, NOW, MOSCOW).endswith("could not be sent")
