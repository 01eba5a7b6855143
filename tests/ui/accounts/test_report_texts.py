from dataclasses import replace

from desktop.domain.account import Account, AccountKind, Capabilities
from desktop.domain.event import Recording
from desktop.domain.ids import AccountId, UserId
from desktop.services.api.bitrix24.address import parse_webhook
from desktop.services.api.port import Identity
from desktop.services.sign_in.connection import Caution, ConnectionReport, report_of
from desktop.ui.accounts.report_texts import report_facts, report_kind

WHOLE = Capabilities(
    responsible=True,
    recordings=(Recording.ACTIVITY, Recording.TODO, Recording.EVENT),
    series=True,
    series_parts=True,
    attendees=True,
    free_busy=True,
    deals=True,
    timeline=True,
)
ANNA = Identity(UserId("7"), "Anna Titova", WHOLE)
ADDRESS = parse_webhook("https://acme.bitrix24.eu/rest/7/abcdefghijklmnop/")


def report(identity: Identity) -> ConnectionReport:
    tried = Account(AccountId("a1"), AccountKind.BITRIX24, "")
    return report_of(tried, ADDRESS, identity, ())


def lines(identity: Identity) -> list[str]:
    return [fact.text for fact in report_facts(report(identity))]


def test_everything_that_works_is_one_line():
    said = lines(ANNA)

    assert said[1].startswith("Works here: contacts, editing contacts, calendar, ")
    assert said[1].endswith(", deals and comments in the timeline.")
    assert len(said) == 3  # who, what works, and how a booking is recorded
    assert report_kind(report(ANNA)) == "success"


def test_what_one_scope_would_bring_is_asked_for_once():
    no_calendar = replace(
        WHOLE,
        calendar=False,
        series=False,
        series_parts=False,
        attendees=False,
        free_busy=False,
        missing_scopes=("calendar",),
    )

    missing = [line for line in lines(replace(ANNA, capabilities=no_calendar)) if ": no" in line]

    assert missing == [
        (
            "Calendar, repeating meetings, inviting colleagues and answering, seeing when "
            "colleagues are free: no, ask your administrator for the scope calendar. Without it "
            "Parley does not know when you are free, and keeps nothing in the portal's calendar."
        )
    ]


def test_what_no_scope_would_bring_has_its_own_cost():
    whole_only = replace(WHOLE, series_parts=False)

    missing = [line for line in lines(replace(ANNA, capabilities=whole_only)) if ": no" in line]

    assert missing == [
        (
            "Changing one of a series alone: no, the portal or your rights do not include it. "
            "Without it a series is changed as a whole."
        )
    ]
    assert report_kind(report(replace(ANNA, capabilities=whole_only))) == "warning"


def test_the_ways_of_recording_are_told_and_what_the_card_needs():
    webhook, application = lines(ANNA)[2], replace(WHOLE, application=True)

    assert webhook.startswith("A booking is recorded as “Meeting or call of the contact”; also ")
    assert "need a sign-in as an application" in webhook
    assert "application" not in lines(replace(ANNA, capabilities=application))[2]


def test_an_application_that_is_not_installed_to_the_end_is_a_caution():
    unfinished = report(replace(ANNA, installed=False, paid=False))

    assert unfinished.cautions == (Caution.NOT_INSTALLED, Caution.UNPAID)
    said = [fact.text for fact in report_facts(unfinished)]
    assert any("only administrators may use it yet" in line for line in said)
    assert report_kind(unfinished) == "warning"


def test_the_pace_of_an_enterprise_plan_is_told_in_words():
    assert not any("Enterprise" in line for line in lines(ANNA))
    assert any("Enterprise plan" in line for line in lines(replace(ANNA, fast=True)))
