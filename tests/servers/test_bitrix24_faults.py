"""Faults on demand: what the client sees, and what the portal has done all the same."""

import json
import threading
from typing import Any

import httpx
import pytest

from .conftest import Call
from .portal import Portal, PortalControlError

ADD = {"fields": {"NAME": "Zoe"}}


@pytest.mark.parametrize(("kind", "stored"), [("drop_before", 0), ("drop_after", 1)])
@pytest.mark.parametrize("reset", [False, True])
def test_a_dropped_connection_tells_nothing_about_the_outcome(
    portal: Portal, call: Call, kind: str, stored: int, reset: bool
) -> None:
    portal.control.fault(kind, "crm.contact.add", reset=reset)

    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        call("crm.contact.add", ADD)

    assert len(portal.control.contacts()) == stored
    assert len(portal.on_disk("contact")) == stored
    (entry,) = portal.control.requests("crm.contact.add")
    assert (entry["outcome"], entry["executed"], entry["fault"]) == ("dropped", stored, kind)
    assert call("crm.contact.add", ADD)["status"] == 200


def test_a_cut_body_is_shorter_than_announced(portal: Portal, call: Call) -> None:
    portal.control.seed_contacts(50)
    portal.control.fault("cut", "crm.contact.list", keep=0.5)

    with pytest.raises(httpx.RemoteProtocolError, match="complete message"):
        call("crm.contact.list")


def test_a_body_cut_in_proportion_may_still_be_announced_as_whole(
    portal: Portal, line: httpx.Client
) -> None:
    portal.control.fault("status", "profile", status=200, body='{"result": {"ID"')

    answer = line.post(portal.webhook_url + "profile", json={})

    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(("executed", "stored"), [(False, 0), (True, 1)])
def test_a_page_instead_of_an_answer_before_or_after_the_work(
    portal: Portal, line: httpx.Client, executed: bool, stored: int
) -> None:
    portal.control.fault("status", "crm.contact.add", status=503, executed=executed)

    answer = line.post(portal.webhook_url + "crm.contact.add", json=ADD)

    assert (answer.status_code, answer.text[:9]) == (503, "<!DOCTYPE")
    assert answer.headers["content-type"].startswith("text/html")
    assert len(portal.control.contacts()) == stored


def test_headers_of_a_faulty_answer(portal: Portal, line: httpx.Client) -> None:
    portal.control.fault("status", status=429, body="", headers={"Retry-After": "7"})

    answer = line.post(portal.webhook_url + "profile", json={})

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_a_request_may_be_delivered_twice(portal: Portal, call: Call) -> None:
    portal.control.fault("twice", "crm.contact.add")

    first = call("crm.contact.add", ADD)["result"]

    assert [row["ID"] for row in portal.control.contacts()] == [str(first), str(first + 1)]


def test_a_late_commit_comes_after_the_line_is_dead(portal: Portal, call: Call) -> None:
    portal.control.fault("late", "crm.contact.add")
    with pytest.raises(httpx.RemoteProtocolError):
        call("crm.contact.add", ADD)
    assert call("crm.contact.list")["total"] == 0
    assert portal.control.held() == 1

    portal.control.release()

    assert call("crm.contact.list")["total"] == 1


def test_a_late_commit_may_come_by_time(portal: Portal, call: Call) -> None:
    portal.control.fault("late", "crm.contact.add", seconds=0.05)
    with pytest.raises(httpx.RemoteProtocolError):
        call("crm.contact.add", ADD)

    portal.control.wait_until(lambda: bool(portal.control.contacts()))


@pytest.mark.parametrize(("kind", "stored"), [("hold_before", 0), ("hold_after", 1)])
def test_a_held_request_waits_for_its_release(
    portal: Portal, call: Call, kind: str, stored: int
) -> None:
    portal.control.fault(kind, "crm.contact.add")
    answers: list[dict[str, Any]] = []
    sender = threading.Thread(target=lambda: answers.append(call("crm.contact.add", ADD)))
    sender.start()
    portal.control.wait_until(lambda: portal.control.held() == 1)

    assert (len(portal.control.contacts()), answers) == (stored, [])
    portal.control.release()
    sender.join()
    assert answers[0]["status"] == 200
    assert len(portal.control.contacts()) == 1


@pytest.mark.parametrize("kind", ["delay_before", "delay_after"])
def test_a_delayed_request_makes_the_client_give_up(portal: Portal, kind: str) -> None:
    portal.control.fault(kind, "profile", seconds=5)

    patience = httpx.Timeout(30, read=0.1)
    with httpx.Client(verify=False, trust_env=False, timeout=patience) as hasty:
        url = portal.webhook_url + "profile"
        with pytest.raises(httpx.ReadTimeout):
            hasty.post(url, json={})

    portal.control.wait_until(lambda: portal.control.requests()[0]["fault"] == kind)


def test_faults_choose_their_requests(portal: Portal, call: Call) -> None:
    number = portal.control.fail(
        "INTERNAL_SERVER_ERROR", "crm.contact.*", times=2, skip=1, contains="Zoe"
    )

    codes = [call("crm.contact.add", ADD)["status"] for _ in range(4)]

    assert codes == [200, 500, 500, 200]
    assert call("profile")["status"] == 200
    assert portal.control.faults_met() == [number, number]
    assert portal.control.faults_pending() == []


def test_a_fault_meets_a_batch_by_its_commands(portal: Portal, call: Call) -> None:
    portal.control.fault("drop_before", "crm.contact.list")

    with pytest.raises(httpx.RemoteProtocolError):
        call("batch", {"cmd": {"l": "crm.contact.list", "p": "profile"}})


def test_a_fault_may_stay_until_cleared(portal: Portal, call: Call) -> None:
    number = portal.control.fail("PORTAL_DELETED", times=-1)
    assert {call("profile")["error"] for _ in range(3)} == {"PORTAL_DELETED"}

    portal.control.clear_faults(number)

    assert call("profile")["status"] == 200


def test_a_single_redirect(portal: Portal, line: httpx.Client) -> None:
    portal.control.fault("redirect", "profile", location="https://elsewhere.example")

    answer = line.post(portal.webhook_url + "profile", json={})

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("https://elsewhere.example/rest/7/")


def test_misspelt_faults_are_refused(portal: Portal) -> None:
    with pytest.raises(PortalControlError):
        portal.control.fault("explode")
    with pytest.raises(PortalControlError):
        portal.control.fault("cut", kept=1)


def test_a_batch_that_breaks_off_leaves_commands_in_none_of_its_maps(
    portal: Portal, call: Call
) -> None:
    portal.control.fault("part", "batch", keep=0.5)
    commands = {f"c{at}": f"crm.contact.add?fields[NAME]=n{at}" for at in range(4)}

    answer = call("batch", {"cmd": commands})["result"]

    assert set(answer["result"]) == {"c0", "c1"}
    assert answer["result_error"] == []
    assert [row["NAME"] for row in portal.control.contacts()] == ["n0", "n1"]
