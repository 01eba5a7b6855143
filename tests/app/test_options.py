"""The command line: defaults, mistakes, and opened files that look like options."""

from pathlib import Path

import pytest

from desktop.app.options import parse


def test_profile_comes_from_the_option_before_the_environment(tmp_path: Path) -> None:
    environment = {"PARLEY_PROFILE": str(tmp_path / "env")}

    assert parse([], environment).profile == tmp_path / "env"
    assert parse(["--profile", str(tmp_path / "x")], environment).profile == tmp_path / "x"


def test_without_anything_the_profile_is_in_the_systems_data_folder() -> None:
    assert parse([], {}).profile.name == "Parley"


def test_bare_files_and_links_count_as_opened() -> None:
    assert parse(["a.ics", "parley://contact/1"], {}).opened == ("a.ics", "parley://contact/1")


@pytest.mark.parametrize("hostile", ["--profile=/tmp/x", "--offline", "--version", "-h", "--open"])
def test_nothing_after_open_is_an_option(hostile: str) -> None:
    options = parse(["--open", "a.ics", hostile], {})

    assert options.opened == ("a.ics", hostile)
    assert not options.offline


def test_a_profile_that_is_a_file_is_refused_with_the_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("")

    with pytest.raises(SystemExit) as ended:
        parse(["--profile", str(file)], {})

    assert ended.value.code == 2
    assert "give the path of a folder" in capsys.readouterr().err


def test_an_unknown_log_level_names_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--log-level", "loud"], {})

    assert "warning" in capsys.readouterr().err
