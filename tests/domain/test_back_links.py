"""Pages of the CRM: the right address for each record, and none that is not safe."""

import pytest

from desktop.domain.account import Account, AccountKind
from desktop.domain.back_links import PortalPages, pages_of
from desktop.domain.ids import DealId, RemoteId, UserId
from tests.builders import make_account

CLOUD = make_account(address="https://acme.bitrix24.com")
OWN_SERVER = make_account(address="https://crm.acme.example:8443/b24/")


def pages(account: Account) -> PortalPages:
    found = pages_of(account)
    assert found is not None
    return found


def test_each_record_has_its_page():
    there = pages(CLOUD)

    assert there.contact(RemoteId("15")) == "https://acme.bitrix24.com/crm/contact/details/15/"
    assert there.company(RemoteId("4")) == "https://acme.bitrix24.com/crm/company/details/4/"
    assert there.deal(DealId("18")) == "https://acme.bitrix24.com/crm/deal/details/18/"
    assert there.lead(RemoteId("5")) == "https://acme.bitrix24.com/crm/lead/details/5/"
    assert there.event(UserId("a1:7"), RemoteId("931")) == (
        "https://acme.bitrix24.com/company/personal/user/7/calendar/?EVENT_ID=931"
    )


def test_a_server_of_ones_own_keeps_its_port_and_path():
    page = pages(OWN_SERVER).deal(DealId("18"))

    assert page == "https://crm.acme.example:8443/b24/crm/deal/details/18/"


@pytest.mark.parametrize(
    "address",
    ["", "http://acme.example", "https://", "https://anna@acme.example", "javascript:alert(1)"],
)
def test_an_address_that_is_not_safe_has_no_pages(address):
    assert pages_of(make_account(address=address)) is None


def test_this_computer_has_no_pages():
    here = make_account("home", AccountKind.LOCAL, address="https://acme.bitrix24.com")

    assert pages_of(here) is None


@pytest.mark.parametrize("number", ["", "0", "15/../..", "x", "１５"])
def test_what_is_no_id_leads_nowhere(number):
    there = pages(CLOUD)

    assert there.contact(RemoteId(number)) == ""
    assert there.event(UserId("7"), RemoteId(number)) == ""
    assert there.event(None, RemoteId("5")) == ""
