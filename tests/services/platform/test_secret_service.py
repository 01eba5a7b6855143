"""One secret, asked of a real Secret Service in the shortest way."""

import sys

import pytest

from desktop.services.platform.secret_service import read_secret
from desktop.services.secret_entries import SERVICE, heading, read_heading, user_name
from desktop.services.secrets import SecretStore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own")


@pytest.fixture
def profile(tmp_path) -> str:
    return f"profile-{tmp_path.name}"


@pytest.mark.secrets
async def test_it_reads_what_the_library_wrote(profile: str) -> None:
    store = await SecretStore.open(profile)
    await store.put("store-key", "ab" * 32)

    entry = read_secret(SERVICE, user_name(profile, "store-key"))

    assert entry is not None
    assert read_heading(entry) == (1, 1, "ab" * 32)
    await store.remove("store-key")
    assert read_secret(SERVICE, user_name(profile, "store-key")) is None


def test_without_a_bus_there_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")

    assert read_secret(SERVICE, "nobody/store-key") is None


def test_a_broken_address_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense")

    assert read_secret(SERVICE, "nobody/store-key") is None


def test_headings_are_read_back_and_other_texts_are_none() -> None:
    assert read_heading(heading(3, 2, "text:with:colons")) == (3, 2, "text:with:colons")
    assert read_heading("something else") is None
