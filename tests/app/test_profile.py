"""The profile's id: made once, kept, and made anew where its file is of no use."""

from pathlib import Path

from desktop.app.profile import FILE_NAME, profile_id


def test_an_id_is_made_once_and_kept(tmp_path: Path) -> None:
    first = profile_id(tmp_path / "profile")

    assert first == profile_id(tmp_path / "profile")
    assert first != profile_id(tmp_path / "other")


def test_a_spoilt_file_gives_a_new_id(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")

    assert profile_id(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
