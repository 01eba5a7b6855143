"""The leaky bucket and the execution time of methods: section 1.4."""

import time
from typing import Any

import httpx
import pytest

from .conftest import Call
from .portal import Portal


def test_above_the_brim_requests_are_refused_and_not_run(portal: Portal, call: Call) -> None:
    portal.control.set_limits(burst=3, drain_per_s=0.001)

    answers = [call("crm.contact.add", {"fields": {"NAME": "x"}}) for _ in range(5)]

    assert [answer["status"] for answer in answers] == [200, 200, 200, 503, 503]
    assert answers[-1]["error"] == "QUERY_LIMIT_EXCEEDED"
    assert len(portal.control.contacts()) == 3
    assert portal.control.refused_by_bucket() == 2
    assert [entry["executed"] for entry in portal.control.requests()] == [1, 1, 1, 0, 0]


def test_the_bucket_drains_with_the_portals_clock(portal: Portal, call: Call) -> None:
    portal.control.set_limits(burst=2, drain_per_s=0.1)
    assert [call("profile")["status"] for _ in range(3)] == [200, 200, 503]

    portal.control.advance(10)

    assert [call("profile")["status"] for _ in range(2)] == [200, 503]


def test_the_usual_limits_are_two_a_second_above_a_burst_of_fifty(
    portal: Portal, call: Call
) -> None:
    portal.control.set_limits(drain_per_s=0.001)

    assert {call("profile")["status"] for _ in range(50)} == {200}
    assert call("profile")["status"] == 503


def test_a_batch_counts_as_one_request(portal: Portal, call: Call) -> None:
    portal.control.set_limits(burst=2, drain_per_s=0.001)
    commands = {f"c{at}": "profile" for at in range(50)}

    assert len(call("batch", {"cmd": commands})["result"]["result"]) == 50
    assert call("profile")["status"] == 200


def test_credentials_from_one_address_share_the_bucket(portal: Portal, call: Call) -> None:
    portal.control.set_limits(burst=1, drain_per_s=0.001)
    assert call("profile")["status"] == 200

    portal.control.revoke()
    assert call("profile")["error"] == "QUERY_LIMIT_EXCEEDED"


def test_a_method_over_its_time_is_blocked_alone_until_its_minutes_expire(
    portal: Portal, call: Call
) -> None:
    portal.control.set_clock("2026-08-20T10:00:30+00:00", frozen=True)
    portal.control.set_limits(operating_cost_s={"crm.contact.list": 300})

    first, second = call("crm.contact.list")["time"], call("crm.contact.list")["time"]
    blocked = call("crm.contact.list")

    assert (first["operating"], second["operating"]) == (300, 600)
    assert (blocked["status"], blocked["error"]) == (429, "OPERATION_TIME_LIMIT")
    assert call("crm.company.list")["status"] == 200
    inner = call("batch", {"cmd": {"l": "crm.contact.list", "p": "profile"}})["result"]
    assert inner["result_error"]["l"]["error"] == "OPERATION_TIME_LIMIT"
    now = portal.control.advance(0)
    portal.control.advance(second["operating_reset_at"] - now - 1)
    assert call("crm.contact.list")["status"] == 429
    portal.control.advance(1)
    assert call("crm.contact.list")["status"] == 200


def test_counting_takes_time_and_minus_one_spares_it(portal: Portal, call: Call) -> None:
    portal.control.configure(counting_s=0.15)

    def took_s(**params: Any) -> float:
        started = time.monotonic()
        call("batch", {"cmd": {"a": "crm.contact.list?start=0", "b": "user.get", **params}})
        return time.monotonic() - started

    assert took_s() >= 0.3
    portal.control.configure(counting_s=5.0)
    assert took_s(a="crm.contact.list?start=-1", b="user.get?start=-1") < 5


def test_a_working_day_passes_without_waiting(portal: Portal, call: Call) -> None:
    """Eight hours at a request a second would take the whole suite's patience; the clock leaps."""
    portal.control.set_clock("2026-08-20T08:00:00+02:00", frozen=True)
    portal.control.set_limits(operating_cost_s={"crm.contact.list": 20.0})
    started, answers = time.monotonic(), []
    for _ in range(8 * 12):
        portal.control.advance(300)
        answers += [call("crm.contact.list")["status"] for _ in range(10)]

    assert set(answers) == {200}
    assert portal.control.refused_by_bucket() == 0
    assert portal.control.advance(0) == pytest.approx(1787205600 + 8 * 3600)
    assert time.monotonic() - started < 60
    # Twenty-five calls within a minute are more than 480 seconds of execution.
    statuses = [call("crm.contact.list")["status"] for _ in range(30)]
    assert statuses.count(429) > 0
    portal.control.advance(660)
    assert call("crm.contact.list")["status"] == 200


def test_the_bucket_drains_by_the_portals_clock_alone(portal: Portal, call: Call) -> None:
    portal.control.set_clock("2026-08-20T08:00:00+02:00", frozen=True)
    portal.control.set_limits(burst=2, drain_per_s=1)
    assert [call("profile")["status"] for _ in range(3)] == [200, 200, 503]

    portal.control.advance(1)
    assert [call("profile")["status"] for _ in range(2)] == [200, 503]
    portal.control.set_clock("2026-08-20T07:00:00+02:00", frozen=True)
    assert call("profile")["status"] == 503
    portal.control.advance(10)
    assert call("profile")["status"] == 200


def test_an_applications_tokens_share_its_operating_time(
    portal: Portal, line: httpx.Client, call: Call
) -> None:
    portal.control.set_limits(operating_cost_s={"crm.contact.list": 300.0})
    known = portal.control.add_app()
    pairs = [
        portal.control.issue_tokens(known["client_id"], portal.url, user) for user in (7, 12, 1)
    ]

    statuses = [
        line.post(f"{portal.url}/rest/crm.contact.list", json={"auth": one["access_token"]})
        for one in pairs
    ]

    assert [answer.status_code for answer in statuses] == [200, 200, 429]
    assert call("crm.contact.list")["status"] == 200


def test_methods_cost_what_their_name_or_a_pattern_says(portal: Portal, call: Call) -> None:
    portal.control.set_typical_costs()

    assert call("crm.contact.list")["time"]["operating"] == 0.162
    assert call("user.get")["time"]["operating"] == 0.131
    assert call("profile")["time"]["operating"] == 0.1
    portal.control.set_limits(operating_cost_s={"crm.*": 2.0, "crm.lead.list": 1.0})
    assert call("crm.lead.list")["time"]["operating"] == 1.0
    assert call("crm.deal.list")["time"]["operating"] == 2.0
