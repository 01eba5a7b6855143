"""What the portal knows of a contact beside the card, read in one request."""

from decimal import Decimal

import pytest

from desktop.domain.crm import Block, FieldType, OwnField, TimelineKind
from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.ids import RemoteId
from desktop.services.api.bitrix24.crm.dossiers import BY_BINDING
from tests.builders import make_contact
from tests.servers.portal import Portal


@pytest.fixture
def alex(portal: Portal) -> RemoteId:
    firm = portal.control.add_company(TITLE="Acme GmbH")
    number = portal.control.add_contact(
        NAME="Alex", LAST_NAME="Vronsky", PHONE="+493012345678", COMPANY_ID=firm
    )
    return RemoteId(str(number))


def deal(portal: Portal, contact: str, title: str, **more) -> int:
    return portal.control.add_deal(TITLE=title, CONTACT_ID=contact, **more)


async def test_open_deals_come_with_stage_and_sum_the_last_changed_first(portal, b24, alex):
    await b24.check()
    first = deal(portal, alex, "Old", STAGE_ID="NEW", OPPORTUNITY="1200.50", CURRENCY_ID="EUR")
    portal.control.advance(60)
    deal(portal, alex, "Young", OPPORTUNITY="0", CURRENCY_ID="EUR")
    deal(portal, alex, "Won", STAGE_ID="WON")
    deal(portal, str(int(alex) + 1), "Somebody else's")
    dossier = await b24.dossier(alex, (), watched=True)

    assert [one.title for one in dossier.deals] == ["Young", "Old"]
    old = dossier.deals[1]
    assert (old.id, old.amount, old.currency) == (str(first), Decimal("1200.50"), "EUR")
    assert old.stage not in ("", "NEW")
    assert dossier.deals[0].amount is None
    assert dossier.problems == {}


async def test_a_dossier_is_one_request_once_the_names_are_known(portal, b24, alex):
    await b24.check()
    deal(portal, alex, "Offer")
    await b24.dossier(alex, (), watched=True)
    portal.control.clear_requests()
    await b24.dossier(alex, (), watched=True)

    assert portal.control.count() == 1


async def test_companies_come_with_their_names(portal, b24, alex):
    dossier = await b24.dossier(alex, (), watched=True)

    (firm,) = dossier.companies
    assert (firm.name, firm.main) == ("Acme GmbH", True)


async def test_the_past_tells_activities_and_comments_of_this_contact_only(portal, b24, alex):
    for owner, subject in ((alex, "First call"), (str(int(alex) + 500), "Nobody's")):
        if owner == alex:
            portal.control.call(
                "crm.activity.add",
                {
                    "fields": {
                        "OWNER_TYPE_ID": 3,
                        "OWNER_ID": owner,
                        "TYPE_ID": 2,
                        "SUBJECT": subject,
                        "COMPLETED": "Y",
                        "DIRECTION": 1,
                        "RESPONSIBLE_ID": 12,
                        "START_TIME": "2026-11-03T10:00:00+03:00",
                        "END_TIME": "2026-11-03T10:30:00+03:00",
                        "COMMUNICATIONS": [
                            {"VALUE": "+493012345678", "ENTITY_ID": owner, "ENTITY_TYPE_ID": 3}
                        ],
                    }
                },
            )
    note = {"ENTITY_ID": alex, "ENTITY_TYPE": "contact", "COMMENT": "[b]Prefers[/b] mornings"}
    portal.control.call("crm.timeline.comment.add", {"fields": note})
    dossier = await b24.dossier(alex, (), watched=True)

    (call,) = dossier.past
    assert (call.kind, call.text, call.author) == (TimelineKind.CALL, "First call", "12")
    assert call.incoming
    assert call.completed
    (comment,) = dossier.comments
    assert comment.record.text == "Prefers mornings"
    assert comment.record.author == "12"


async def test_whether_activities_can_be_asked_by_binding_is_probed_once(portal, b24, alex):
    await b24.dossier(alex, (), watched=True)
    lists = len(portal.control.commands("crm.activity.list"))
    await b24.dossier(alex, (), watched=True)

    assert lists == 2
    assert len(portal.control.commands("crm.activity.list")) == 3
    assert await b24._state.probes.find(BY_BINDING) == "yes"


async def test_a_part_that_is_refused_leaves_the_others(portal, b24, alex):
    await b24.check()
    deal(portal, alex, "Offer")
    portal.control.configure(missing_methods=["crm.timeline.comment.list"])
    dossier = await b24.dossier(alex, (), watched=True)

    assert dossier.problems == {Block.TIMELINE: Refusal.UNSUPPORTED.value}
    assert [one.title for one in dossier.deals] == ["Offer"]


async def test_without_any_right_to_the_crm_nothing_is_told(portal, b24, alex):
    portal.control.set_scopes("calendar", "user")

    with pytest.raises(RefusedError) as refused:
        await b24.dossier(alex, (), watched=True)
    assert refused.value.reason is Refusal.MISSING_SCOPE


async def test_own_fields_are_described_and_read(portal, b24, alex):
    fields = portal.control.add_user_field
    choice = fields(
        "contact", "UF_CRM_SIZE", "enumeration", "Size", items=["Small", "Large"], multiple=True
    )
    fields("contact", "UF_CRM_ENDS", "date", "Contract ends")
    fields("contact", "UF_CRM_VIP", "boolean", "VIP")
    described = await b24.own_fields()
    by_name = {field.name: field for field in described}
    assert by_name["UF_CRM_SIZE"].type is FieldType.CHOICE
    assert [label for _id, label in by_name["UF_CRM_SIZE"].choices] == ["Small", "Large"]
    large = choice["items"][1]["ID"]
    portal.control.change_contact(
        int(alex), UF_CRM_SIZE=[large], UF_CRM_ENDS="2027-03-31", UF_CRM_VIP="1"
    )

    dossier = await b24.dossier(alex, described, watched=True)
    told = {value.field.name: value.values for value in dossier.fields}
    assert told["UF_CRM_SIZE"] == ("Large",)
    assert told["UF_CRM_ENDS"] == ("2027-03-31",)
    assert told["UF_CRM_VIP"] == ("yes",)


async def test_a_field_that_the_portal_has_no_more_is_empty(portal, b24, alex):
    gone = OwnField("UF_CRM_GONE", "Gone")
    dossier = await b24.dossier(alex, (gone,), watched=True)

    assert dossier.fields[0].values == ()


# Duplicates


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"phone": "+49 30 12345678"}, True),
        ({"phone": "493012345678"}, True),
        ({"email": "alex@acme.example"}, True),
        ({"phone": "+49 30 999999"}, False),
        ({}, False),
    ],
)
async def test_whoever_has_the_number_or_the_address_is_found(portal, b24, more, found):
    portal.control.add_contact(
        NAME="Alex", LAST_NAME="Vronsky", PHONE="+493012345678", EMAIL="alex@acme.example"
    )
    rows = await b24.duplicates(make_contact("new", "Somebody New", account="b1", **more))

    assert [row.record.name for row in rows] == (["Alex Vronsky"] if found else [])


async def test_a_portal_without_the_question_lets_everybody_be_made(portal, b24):
    portal.control.configure(missing_methods=["crm.duplicate.findbycomm"])

    assert await b24.duplicates(make_contact("new", account="b1", phone="+493012345678")) == ()
