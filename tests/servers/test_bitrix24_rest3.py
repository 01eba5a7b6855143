"""REST 3.0: section 1.8 and sample S32."""

from typing import Any

import httpx
import pytest

from tests.services.api.bitrix24.samples import SAMPLES

from .portal import Portal


@pytest.fixture
def door(portal: Portal) -> str:
    return portal.webhook_url.replace("/rest/", "/rest/api/")


def post(line: httpx.Client, url: str, body: Any = None, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return line.post(url, json={} if body is None else body, headers=named)


def test_the_documentation_lists_paths_without_crm_and_calendar(
    portal: Portal, line: httpx.Client, door: str
) -> None:
    answer = post(line, door + "rest.documentation.openapi").json()

    paths = answer["result"]["paths"]
    assert "/rest.scope.list" in paths
    assert not [path for path in paths if path.startswith(("/crm.", "/calendar."))]
    assert "date_start" in answer["time"]
    portal.control.configure_crm(rest3_methods=["calendar.event.list"])
    later = post(line, door + "rest.documentation.openapi").json()
    assert "/calendar.event.list" in later["result"]["paths"]
    scopes = post(line, door + "rest.scope.list").json()["result"]
    assert scopes["calendar.event.list"] == "calendar"


def test_an_error_is_an_object(line: httpx.Client, door: str) -> None:
    answer = post(line, door + "tasks.task.get")

    assert (answer.status_code, answer.json()) == (400, SAMPLES["S32"][0])


def test_only_posts_of_known_methods_with_credentials(
    portal: Portal, line: httpx.Client, door: str
) -> None:
    assert line.get(door + "rest.scope.list").status_code == 405
    unknown = post(line, door + "crm.contact.list")
    assert unknown.status_code == 404
    assert unknown.json()["error"]["code"].startswith("BITRIX_REST_V3_EXCEPTION_")
    stranger = post(line, f"{portal.url}/rest/api/7/nosuch/rest.scope.list")
    assert (stranger.status_code, isinstance(stranger.json()["error"], dict)) == (401, True)
    app = portal.control.add_app()
    token = portal.control.issue_tokens(app["client_id"], portal.url)["access_token"]
    known = post(line, f"{portal.url}/rest/api/rest.scope.list", {"auth": token})
    assert known.status_code == 200
    portal.control.configure_crm(rest3=False)
    assert post(line, door + "rest.scope.list").status_code == 404


def test_a_batch_is_a_bare_array(line: httpx.Client, door: str) -> None:
    calls = [{"method": "rest.scope.list"}, {"method": "rest.documentation.openapi", "query": {}}]

    answer = post(line, door + "batch", calls).json()["result"]

    assert [isinstance(one, dict) for one in answer] == [True, True]
    assert "openapi" in answer[1]


def test_a_repeated_key_gives_the_stored_answer_for_a_day(
    portal: Portal, line: httpx.Client, door: str
) -> None:
    url, key = door + "rest.scope.list", "0b8f2f0e"
    first = post(line, url, {"a": 1}, Idempotency_Key=key)
    again = post(line, url, {"a": 1}, Idempotency_Key=key)
    other = post(line, url, {"a": 2}, Idempotency_Key=key)
    malformed = post(line, url, {}, Idempotency_Key="x" * 256)
    portal.control.advance(86401)
    later = post(line, url, {"a": 1}, Idempotency_Key=key)

    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert other.status_code == 422
    assert other.json()["error"]["code"].endswith("IDEMPOTENCYKEYREUSEDEXCEPTION")
    assert malformed.status_code == 400
    assert "idempotent-replayed" not in later.headers


def test_the_old_interface_ignores_the_key(portal: Portal, line: httpx.Client) -> None:
    url, body = portal.webhook_url + "crm.contact.add", {"fields": {"NAME": "Zoe"}}

    for _ in range(2):
        post(line, url, body, Idempotency_Key="same")

    assert len(portal.control.contacts()) == 2
