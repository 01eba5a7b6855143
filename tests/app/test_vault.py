"""The vault reads a secret the short way while nothing has to be written."""

import sys
from pathlib import Path

import pytest

from desktop.app import quick_key as asking
from desktop.app.profile import profile_id
from desktop.app.quick_key import quick_secret
from desktop.app.vault import Vault
from desktop.services.secrets import SecretStore

LONG = "x" * 3_000


def has_asked_library(vault: Vault) -> bool:
    return vault._secrets is not None


@pytest.mark.secrets
@pytest.mark.skipif(sys.platform != "linux", reason="the short way is Linux's own")
async def test_a_short_secret_is_read_without_the_library(tmp_path: Path) -> None:
    store = await SecretStore.open(profile_id(tmp_path))
    await store.put("account/1", "webhook")
    await store.put("account/2", LONG)
    vault = Vault()
    vault.use(tmp_path)

    assert await vault.get("account/1") == "webhook"
    assert not has_asked_library(vault)
    assert await vault.get("account/2") == LONG
    assert has_asked_library(vault)
    for name in ("account/1", "account/2"):
        await store.remove(name)


@pytest.mark.secrets
async def test_what_was_just_written_is_read(tmp_path: Path) -> None:
    profile_id(tmp_path)
    vault = Vault()
    vault.use(tmp_path)
    await vault.put("account/1", "old")
    await vault.put("account/1", "new")

    assert await vault.get("account/1") == "new"
    await vault.remove("account/1")
    assert await vault.get("account/1") is None


def test_a_secret_in_parts_is_not_taken_for_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile_id(tmp_path)
    entries = {"one": "parley1:3:1:whole", "two": "parley1:3:2:begin", "none": "something else"}
    monkeypatch.setattr(
        asking, "read_secret", lambda _service, user: entries.get(user.rpartition("/")[2])
    )

    answers = {name: quick_secret(tmp_path, name) for name in (*entries, "missing")}

    assert answers == {"one": "whole", "two": None, "none": None, "missing": None}
