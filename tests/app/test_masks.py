import pytest

from desktop.app.masks import HIDDEN, masked

SECRET = "k3y5ecretvalue0x"


@pytest.mark.parametrize(
    "text",
    [
        f"POST portal.example/rest/17/{SECRET}/crm.contact.get.json",
        f"'/rest/1/{SECRET}'",
        f"GET /oauth/token/?grant_type=refresh_token&refresh_token={SECRET}&client_id=app.1",
        f"client_secret={SECRET}",
        f"?code={SECRET}&scope=crm",
        f"auth={SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"{{'Authorization': 'Basic {SECRET}='}}",
        f"('authorization', '{SECRET}')",
        f"Proxy-Authorization: {SECRET}",
        f'{{"access_token": "{SECRET}", "expires_in": 3600}}',
        f"{{'password': '{SECRET}'}}",
        f"Set-Cookie: session={SECRET}; HttpOnly",
        f"token eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.{SECRET}",
        "proxy http" + f"://anna:{SECRET}@proxy.example:3128",
    ],
)
def test_no_secret_is_left(text):
    assert SECRET not in masked(text)
    assert HIDDEN in masked(text)


@pytest.mark.parametrize("address", ["anna.schmidt@example.com", "a+b@mail.example.co.uk"])
def test_no_mail_address_is_left(address):
    assert masked(f"no activity for <{address}>, skipped") == f"no activity for <{HIDDEN}>, skipped"


@pytest.mark.parametrize(
    "phone",
    [
        "+49 30 1234567",
        "+7 (495) 123-45-67",
        "+15551234567",
        "8 (495) 123-45-67",
        "(555) 123-4567",
        "4930123456789",
    ],
)
def test_no_phone_number_is_left(phone):
    left = masked(f"calling {phone} failed")
    assert left == f"calling {HIDDEN} failed"


@pytest.mark.parametrize(
    "text",
    [
        "pulled 20000 contacts in 12.5 s, page 41 of 400",
        "event 184467 moved to 2026-11-20T15:42:07+01:00",
        "between 2026-11-20 08:00 and 2026-11-27 08:00",
        "op 550e8400-e29b-41d4-a716-446655440000 sent",
        "portal.example:8443 answered 503 QUERY_LIMIT_EXCEEDED",
        "GET /rest/17/***/profile.json",
        "127.0.0.1:54321",
        "status=pending, attempts=3",
        'File "/opt/parley/desktop/services/sync/engine.py", line 120, in run',
    ],
)
def test_ids_counts_and_times_stay_readable(text):
    assert masked(text) == text


def test_masking_twice_changes_nothing():
    once = masked(f"auth={SECRET} anna@example.com +49 30 1234567")
    assert masked(once) == once
