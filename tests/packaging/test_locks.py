import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from setup import locks
from setup.project import DEV_LOCK, ROOT, RUN_LOCK


def test_no_lock_names_a_host():
    assert locks.hosts() == []


def test_what_is_shipped_is_what_was_tested():
    assert locks.not_the_same() == []


def test_a_host_in_a_lock_is_found(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n--index-url https:/" + "/registry.example/simple\n")
    monkeypatch.setattr(locks, "ROOT", tmp_path)
    monkeypatch.setattr(locks, "RUN_LOCK", lock)
    monkeypatch.setattr(locks, "DEV_LOCK", lock)
    assert locks.hosts() == ["requirements.lock:2: names a host"] * 2


@pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK], ids=lambda path: path.name)
def test_the_locks_hold_what_the_project_asks_for(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    if lock == DEV_LOCK:
        wanted += project["dependency-groups"]["dev"]
    pins = {canonicalize_name(name): version for name, version in locks.pinned(lock).items()}

    unmet = [
        text
        for text in wanted
        if not (asked := Requirement(text)).specifier.contains(
            pins.get(canonicalize_name(asked.name), "0"), prereleases=True
        )
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK], ids=lambda path: path.name)
def test_every_pin_has_a_hash(lock):
    text = lock.read_text(encoding="utf-8")
    blocks = text.replace("\\\n", " ").splitlines()
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
