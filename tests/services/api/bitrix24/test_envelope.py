"""The outer form of answers: results, errors in every spelling, batches and their odd maps."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.envelope import Reply, read_batch, read_message, settle
from tests.services.api.bitrix24.samples import SAMPLES, body, result


def settled(content: bytes, status: int = 200) -> Reply:
    return settle(read_message(content), status, method="profile")


@pytest.mark.parametrize("name", [f"S{n}" for n in range(1, 23)])
def test_every_sample_of_an_answer_is_read(name):
    for number, sample in enumerate(SAMPLES[name]):
        if "result" in sample:
            reply = settled(body(name, number))
            assert msgspec.json.decode(reply.result) == sample["result"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ('""', ""),
        ("0", "0"),
        ('"100"', "100"),
        ("100", "100"),
        ('"Communication values is not defined"', "Communication values is not defined"),
        ('{"code": "X", "message": "y"}', "X"),
        ("null", ""),
        ("[]", ""),
        ("false", ""),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_an_error_is_a_key_not_a_truth(error, code, status):
    with pytest.raises(RefusedError) as caught:
        settled(f'{{"error": {error}, "result": 1}}'.encode(), status)

    assert caught.value.code == code


@pytest.mark.parametrize("content", [b"{}", b"[]", b"1", b'"x"', b"null", b'{"time": {}}'])
def test_an_answer_without_result_and_error_is_no_answer(content):
    with pytest.raises(msgspec.DecodeError):
        read_message(content)


@pytest.mark.parametrize("status", [500, 502, 404, 302, 408])
def test_a_result_under_a_failing_status_is_unknown(status):
    with pytest.raises(OutcomeUnknownError) as caught:
        settled(b'{"result": 1}', status)

    assert caught.value.http_status == status


def test_null_and_false_are_results():
    assert bytes(settled(b'{"result": null}').result) == b"null"
    assert bytes(settled(b'{"result": false}').result) == b"false"


def test_the_servers_time_is_taken_where_it_is_told():
    time = settled(body("S1")).time

    assert time.started == datetime(2026, 8, 20, 9, 52, 22, tzinfo=UTC)
    assert time.now is not None
    assert time.now.timestamp() == pytest.approx(1787219542.523)
    assert time.operating_s == pytest.approx(0.131)
    assert time.reset_in_s == pytest.approx(1787220142 - 1787219542.523)


@pytest.mark.parametrize(
    "time",
    [
        "{}",
        "[]",
        "null",
        '"x"',
        '{"operating_reset_at": "2026-08-20T11:52:22+02:00"}',
        '{"finish": 1e300, "operating": "x", "date_start": 5}',
    ],
)
def test_an_odd_time_never_fails_an_answer(time):
    told = settled(f'{{"result": 1, "time": {time}}}'.encode()).time

    assert (told.now, told.started, told.operating_s, told.reset_in_s) == (None,) * 4


def test_a_batch_tells_successes_refusals_and_what_was_not_run():
    methods = {"me": "user.current", "co": "crm.company.get", "old": "crm.contact.nosuch"}
    batch = read_batch(settled(body("S10", 1)), {**methods, "later": "profile"})

    assert msgspec.json.decode(batch.get("me"))["ID"] == "7"
    assert msgspec.json.decode(batch.get("tel")) == []
    assert batch.totals == {"page": 0}
    with pytest.raises(RefusedError) as refused:
        batch.get("old")
    assert (refused.value.reason, refused.value.method) == (
        Refusal.UNSUPPORTED,
        "crm.contact.nosuch",
    )
    with pytest.raises(OutcomeUnknownError):
        batch.get("later")
    assert batch.find("co") is None


def test_the_empty_maps_of_a_batch_come_as_lists():
    batch = read_batch(settled(body("S10b")), {"get_user": "user.get"})

    assert batch.results == {}
    with pytest.raises(RefusedError) as caught:
        batch.get("get_user")
    assert (caught.value.reason, caught.value.subject) == (Refusal.MISSING_SCOPE, "user")


def test_maps_that_count_from_zero_come_as_lists_with_content():
    reply = Reply(msgspec.Raw(b'{"result": [1, 2], "result_error": [{"error": "X"}]}'))
    batch = read_batch(reply, {"1": "profile"})

    assert bytes(batch.get("1")) == b"2"
    assert "0" in batch.errors


def test_a_null_result_in_a_batch_is_a_result():
    reply = Reply(msgspec.Raw(b'{"result": {"a": null}, "result_error": []}'))

    assert bytes(read_batch(reply, {"a": "calendar.event.getbyid"}).get("a")) == b"null"


@pytest.mark.parametrize("content", [b"null", b"5", b'{"result": 5}', b'"text"'])
def test_a_batch_that_is_none_is_unknown(content):
    with pytest.raises(OutcomeUnknownError):
        read_batch(Reply(msgspec.Raw(content)), {})


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["result", "error", "error_description", "time", "total", "next"]), ANY
    ),
    st.sampled_from([200, 400, 401, 403, 429, 500, 503]),
)
def test_any_object_becomes_a_reply_or_one_of_our_failures(message, status):
    try:
        reply = settled(msgspec.json.encode(message), status)
        read_batch(reply, {"a": "profile"})
    except (AppError, msgspec.DecodeError):
        pass


def test_scope_sample_of_the_connection_test_is_read():
    batch = read_batch(settled(body("S11")), {})

    assert msgspec.json.decode(batch.get("scope")) == ["crm", "calendar", "user_brief"]
    assert result("S22")
