import json
import os
import sys
import threading
from pathlib import Path

import pytest

from setup import environment
from setup.project import SetupError


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A checkout with two locks, and an installation that only counts."""
    run, dev = tmp_path / "requirements.lock", tmp_path / "requirements-dev.lock"
    run.write_text("one==1\n")
    dev.write_text("one==1\ntwo==2\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "RUN_LOCK", run)
    monkeypatch.setattr(environment, "DEV_LOCK", dev)
    monkeypatch.delenv("PARLEY_VENV", raising=False)
    return tmp_path


@pytest.fixture
def made(project, monkeypatch) -> list[str]:
    """The locks that an environment was filled from, in order."""
    filled: list[str] = []

    def create(folder: Path, **_: object) -> None:
        python = environment.python_of(folder)
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)

    def install(_python: Path, lock: Path) -> int:
        filled.append(lock.name)
        return 0

    monkeypatch.setattr("venv.create", create)
    monkeypatch.setattr(environment, "_install", install)
    return filled


pytestmark = pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right there")


def test_it_is_made_once(project, made):
    python = environment.ensure()
    assert environment.ensure() == python == project / ".venv" / "bin" / "python"
    assert made == ["requirements.lock"]


def test_one_made_for_the_tests_starts_the_program_too(made):
    environment.ensure(development=True)
    environment.ensure()
    assert made == ["requirements-dev.lock"]


def test_one_made_for_the_program_is_made_anew_for_the_tests(made):
    environment.ensure()
    environment.ensure(development=True)
    assert made == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_makes_it_anew(project, made):
    environment.ensure()
    (project / "requirements.lock").write_text("one==2\n")
    environment.ensure()
    assert len(made) == 2


def test_another_python_makes_it_anew(project, made):
    environment.ensure()
    stamp = project / ".venv" / environment.STAMP
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"python": "3.10.1 x86_64"}))
    environment.ensure()
    assert len(made) == 2


def test_a_python_that_is_gone_makes_it_anew(made):
    environment.ensure().unlink()
    environment.ensure()
    assert len(made) == 2


def test_one_left_half_made_is_made_anew(project, made, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(environment, "_install", lambda _python, _lock: 1)
        with pytest.raises(SetupError, match="could not be installed"):
            environment.ensure()
    environment.ensure()
    assert made == ["requirements.lock"]


def test_one_that_somebody_else_made_is_left_alone(project, made):
    (project / ".venv").mkdir()
    (project / ".venv" / "pyvenv.cfg").touch()
    with pytest.raises(SetupError, match="not made by this script"):
        environment.ensure()
    assert (project / ".venv" / "pyvenv.cfg").exists()


def test_another_folder_can_be_named(tmp_path, made, monkeypatch):
    monkeypatch.setenv("PARLEY_VENV", str(tmp_path / "elsewhere"))
    assert environment.ensure().is_relative_to(tmp_path / "elsewhere")


def test_two_runs_at_once_make_it_once(made):
    runs = [threading.Thread(target=environment.ensure) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert made == ["requirements.lock"]
