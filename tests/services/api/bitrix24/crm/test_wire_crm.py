"""Deals, companies, the past and own fields between the portal's rows and ours."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.comment import Comment
from desktop.domain.crm import Deal, FieldType, OwnField, TimelineEntry, TimelineKind
from desktop.domain.ids import AccountId, RemoteId
from desktop.services.api.bitrix24.contacts.duplicates import phone_variants
from desktop.services.api.bitrix24.contacts.own_fields import LONGEST_VALUE, fields_of, value_of
from desktop.services.api.bitrix24.crm.wire_comment import COMMENTS, comment_record
from desktop.services.api.bitrix24.crm.wire_crm import (
    DEAL_SELECT,
    DEALS,
    LEAD_SELECT,
    LEADS,
    LINKS,
    PAST,
    PAST_SELECT,
    amount_of,
    company_links,
    crm_date,
    deal_of,
    lead_of,
    past_entry,
)
from desktop.services.api.bitrix24.wire import each
from tests.services.api.bitrix24.hostile import ANY, rows
from tests.services.api.bitrix24.samples import raw, result

ACCOUNT = AccountId("b1")


def deal(**fields: Any) -> Deal | None:
    row = DEALS.row(raw({"ID": "18", **fields}))
    assert row is not None
    return deal_of(row, ACCOUNT, {"NEW": "New", "C9:NEW": "First talk"})


def a_deal(**fields: Any) -> Deal:
    found = deal(**fields)
    assert found is not None
    return found


def an_entry(told: msgspec.Raw) -> TimelineEntry:
    row = PAST.row(told)
    assert row is not None
    entry = past_entry(row)
    assert entry is not None
    return entry


def test_a_deal_is_read_wholly():
    read = a_deal(
        TITLE="Licence &quot;A&quot;",
        STAGE_ID="C9:NEW",
        OPPORTUNITY="12500.50",
        CURRENCY_ID="eur",
        CLOSED="N",
        DATE_MODIFY="2026-08-20T15:30:00+03:00",
    )

    assert (read.id, read.title, read.stage) == ("18", 'Licence "A"', "First talk")
    assert (read.amount, read.currency) == (Decimal("12500.50"), "EUR")
    assert read.changed_at == datetime(2026, 8, 20, 12, 30, tzinfo=UTC)


def test_a_closed_deal_is_none_and_an_unknown_stage_is_not_spelled_out():
    assert deal(CLOSED="Y") is None
    assert a_deal(STAGE_ID="C77:EXECUTING").stage == ""


@pytest.mark.parametrize("value", ["", "0.00", None, "NaN", "Infinity", "1,5", "9" * 40, [], "abc"])
def test_what_is_no_sum_is_none(value):
    assert amount_of(value) is None


def test_the_sample_of_a_contacts_companies_is_read():
    links = company_links(LINKS.rows(result("S20")), {"12": "Acme GmbH", "31": "Globex"})

    assert [(link.remote_id, link.name, link.main) for link in links] == [
        (RemoteId("12"), "Acme GmbH", True),
        (RemoteId("31"), "Globex", False),
    ]


def test_the_sample_of_an_activity_stands_in_the_timeline():
    entry = an_entry(result("S15"))

    assert entry.kind in (TimelineKind.MEETING, TimelineKind.CALL, TimelineKind.TASK)
    assert entry.at is not None
    assert entry.remote_id


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"TYPE_ID": "1"}, TimelineKind.MEETING),
        ({"TYPE_ID": "2"}, TimelineKind.CALL),
        ({"TYPE_ID": "4"}, TimelineKind.EMAIL),
        ({"TYPE_ID": "6", "PROVIDER_ID": "CRM_TODO"}, TimelineKind.TASK),
        ({"TYPE_ID": "6", "PROVIDER_ID": "CRM_SMS"}, TimelineKind.OTHER),
        ({}, TimelineKind.OTHER),
    ],
)
def test_an_activity_is_called_what_it_is(fields, kind):
    assert an_entry(raw({"ID": 5, **fields})).kind is kind


def test_a_deadline_of_nothing_is_no_time():
    entry = an_entry(raw({"ID": 5, "DEADLINE": "9999-12-31T00:00:00+03:00"}))

    assert entry.at is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2001-11-11T02:00:00+02:00", date(2001, 11, 11)),
        ("1990-05-17T03:00:00+03:00", date(1990, 5, 17)),
        ("2001-11-10T19:00:00-05:00", date(2001, 11, 11)),
        ("2026-03-13T03:00:00+01:00", date(2026, 3, 13)),
        ("2026-03-13T00:00:00+03:00", date(2026, 3, 13)),
        ("2026-03-13", date(2026, 3, 13)),
        ("", None),
        ("whenever", None),
    ],
)
def test_a_crm_date_is_the_day_that_was_meant(text, day):
    assert crm_date(text) == day


def described(kind: str, **more):
    return {"type": kind, "title": "UF_CRM_1", "formLabel": "Segment", "isDynamic": True, **more}


def test_own_fields_are_told_from_the_vendors_and_by_their_titles():
    fields = fields_of(
        {
            "NAME": {"type": "string", "title": "Name"},
            "UF_CRM_1": described("enumeration", items=[{"ID": "44", "VALUE": "Enterprise"}]),
            "UF_CRM_2": {"type": "iblock_element", "title": "Branch"},
            "ufCrm_3": {"type": "date", "title": "Ends", "upperName": "UF_CRM_3"},
            "UF_CRM_4": "broken",
        }
    )

    assert [(field.name, field.title, field.type) for field in fields] == [
        ("UF_CRM_2", "Branch", FieldType.OTHER),
        ("UF_CRM_3", "Ends", FieldType.DATE),
        ("UF_CRM_1", "Segment", FieldType.CHOICE),
    ]


@pytest.mark.parametrize(
    ("kind", "told", "values"),
    [
        (FieldType.CHOICE, "44", ("Enterprise",)),
        (FieldType.CHOICE, ["44", 45, "99"], ("Enterprise", "Public")),
        (FieldType.CHOICE, False, ()),
        (FieldType.FLAG, "1", ("yes",)),
        (FieldType.FLAG, "N", ("no",)),
        (FieldType.FLAG, "", ()),
        (FieldType.DATE, "2027-03-31T03:00:00+03:00", ("2027-03-31",)),
        (FieldType.MOMENT, "2027-03-31T10:00:00+03:00", ("2027-03-31T07:00:00+00:00",)),
        (FieldType.MONEY, "12.50|EUR", ("12.50|EUR",)),
        (FieldType.TEXT, "[b]bold[/b] <i>x</i>", ("bold x",)),
        (FieldType.TEXT, None, ()),
        (FieldType.TEXT, "x" * 9_000, ("x" * LONGEST_VALUE,)),
        (FieldType.OTHER, {"id": 5, "url": "/x"}, ()),
    ],
)
def test_own_values_are_read_by_their_type(kind, told, values):
    choices = (("44", "Enterprise"), ("45", "Public"))
    field = OwnField("UF_CRM_1", "Segment", kind, choices=choices)

    assert value_of(field, told).values == values


@pytest.mark.parametrize(
    ("number", "also"),
    [
        ("8 (916) 123-45-67", "+79161234567"),
        ("+7 916 123-45-67", "89161234567"),
        ("0049 30 1234567", "+49301234567"),
    ],
)
def test_a_number_is_asked_for_as_others_may_have_written_it(number, also):
    assert phone_variants(number)[0] == number
    assert also in phone_variants(number)


def test_what_is_too_short_for_a_number_is_not_asked_for():
    assert phone_variants("112") == ()
    assert phone_variants("ext.") == ()


@given(st.lists(rows(*DEAL_SELECT[1:]), max_size=4))
def test_hostile_deals_never_break_the_reader(hostile):
    read = each(DEALS.rows(raw(hostile)), lambda row: deal_of(row, ACCOUNT, {}), "deal")

    assert all(one.id.isdigit() for one in read)


@given(st.lists(rows(*LEAD_SELECT[1:]), max_size=3), st.lists(rows(*PAST_SELECT[1:]), max_size=3))
def test_hostile_leads_and_activities_never_break_the_reader(leads, past):
    each(LEADS.rows(raw(leads)), lambda row: lead_of(row, {}), "lead")
    for entry in each(PAST.rows(raw(past)), past_entry, "activity"):
        assert entry.at is None or entry.at.tzinfo is UTC


@given(st.lists(rows("ENTITY_ID", "ENTITY_TYPE", "CREATED", "COMMENT", "AUTHOR_ID"), max_size=3))
def test_hostile_comments_never_break_the_reader(hostile):
    for record in each(COMMENTS.rows(raw(hostile)), lambda r: comment_record(r, ACCOUNT), "note"):
        assert isinstance(record.record, Comment)
        assert record.record.contact.startswith("b1:contact:")


@given(st.dictionaries(st.sampled_from(["UF_CRM_1", "NAME", "UF_CRM_2"]), ANY), ANY)
def test_hostile_own_fields_never_break_the_reader(described, told):
    for field in fields_of(described):
        value = value_of(field, told)
        assert all(value.values)
        assert msgspec.json.decode(msgspec.json.encode(value))
