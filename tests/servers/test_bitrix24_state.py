"""State, processes and pace: what survives, what is fresh, what is fast enough to measure by."""

import ssl
import time
from pathlib import Path

import httpx
import pytest

from .conftest import Call
from .portal import Portal


def test_what_was_answered_survives_the_end_of_the_process(portal: Portal, call: Call) -> None:
    webhook = portal.webhook_url
    portal.control.advance(3600)
    number = call("crm.contact.add", {"fields": {"NAME": "Zoe"}})["result"]
    kept = portal.control.record("contact", number)

    portal.kill()
    assert portal.on_disk("contact") == [kept]
    portal.start()

    assert portal.webhook_url == webhook
    assert portal.control.record("contact", number) == kept
    assert [entry["method"] for entry in portal.control.requests()] == ["crm.contact.add"]
    assert portal.control.advance(0) > time.time() + 3500
    assert portal.control.add_contact(NAME="Next") > number


def test_ids_are_never_given_twice(portal: Portal) -> None:
    first = portal.control.add_contact(NAME="A")
    portal.control.delete_contact(first)
    portal.restart()

    assert portal.control.add_contact(NAME="B") == first + 1


def test_a_stopped_portal_refuses_connections_and_returns_at_its_address(
    portal: Portal, call: Call
) -> None:
    portal.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.post(portal.url, trust_env=False)

    portal.start()
    assert call("profile")["status"] == 200


def test_a_reset_is_a_new_portal_with_another_webhook(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(10)
    portal.control.configure(culture="de")
    portal.control.fail("PORTAL_DELETED", times=-1)
    old = portal.webhook_url

    portal.reset()

    assert portal.webhook_url != old
    assert portal.control.contacts() == portal.control.requests() == []
    assert portal.control.configure()["culture"] == "us"
    assert portal.control.faults_pending() == []
    assert call("profile")["error"] == "NO_AUTH_FOUND"


def test_misspelt_settings_are_refused(portal: Portal) -> None:
    with pytest.raises(Exception, match="colour"):
        portal.control.configure(colour="red")


@pytest.mark.parametrize(
    ("certificate", "complaint"),
    [
        ("expired", "expired"),
        ("wrong-host", "mismatch"),
        ("untrusted", "self-signed|unable to get"),
    ],
)
def test_wrong_certificates(tmp_path: Path, certificate: str, complaint: str) -> None:
    with Portal(tmp_path, certificate=certificate) as portal:
        context = ssl.create_default_context(cafile=portal.ca_file)
        with (
            httpx.Client(verify=context, trust_env=False) as client,
            pytest.raises(httpx.ConnectError, match=complaint),
        ):
            client.post(portal.webhook_url + "profile")


def test_the_same_seed_makes_the_same_contacts(portal: Portal) -> None:
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    portal.control.seed_contacts(200)
    first = portal.control.contacts()
    portal.reset()
    portal.control.set_clock("2026-08-20T10:00:00+00:00", frozen=True)
    portal.control.seed_contacts(200)

    assert portal.control.contacts() == first
    assert 150 < sum("PHONE" in row for row in first) < 200


def test_twenty_thousand_contacts_are_read_at_the_pace_of_a_real_portal(
    portal: Portal, call: Call
) -> None:
    """2,500 rows in a chained batch take far less than the quarter second they are allowed."""
    portal.control.seed_contacts(20_000)
    names = "ID NAME LAST_NAME POST COMPANY_ID ASSIGNED_BY_ID PHONE EMAIL DATE_MODIFY".split()
    page = "crm.contact.list?order[ID]=ASC&start=-1&" + "&".join(f"select[]={n}" for n in names)
    commands = {"p0": f"{page}&filter[%3EID]=0"}
    for at in range(1, 50):
        commands[f"p{at}"] = f"{page}&filter[%3EID]=$result[p{at - 1}][49][ID]"

    answer = call("batch", {"halt": 1, "cmd": commands})

    assert len(answer["result"]["result"]) == 50
    assert answer["time"]["duration"] < 0.25
