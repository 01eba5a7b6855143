"""Preferences: plain, whole, and never in the way."""

from datetime import time

import pytest

from desktop.domain.errors import StoreFullError
from desktop.domain.freebusy import WorkHours
from desktop.services.preferences import (
    FILE_NAME,
    Preferences,
    load_preferences,
    save_preferences,
)

CHOSEN = Preferences(
    language="de",
    theme="dark",
    view="day",
    hour_height_px=72,
    work_hours=WorkHours(
        time(8, 30),
        time(0),
        frozenset({1, 2, 6}),
        frozenset({(1, 7), (12, 25)}),
        frozenset({(2, 29)}),
    ),
    week_start=7,
    reminders_min=(15, 60),
    all_day_reminders_min=(),
    following="account 3f7f4f6f",
    sizes={"1920x1080 Splitter": "AAAA%/w8=", "geometry": "x"},
)


def test_without_a_file_everything_is_as_installed(tmp_path):
    assert load_preferences(tmp_path) == Preferences()


def test_what_was_chosen_comes_back(tmp_path):
    save_preferences(tmp_path, CHOSEN)

    assert load_preferences(tmp_path) == CHOSEN


def test_only_the_file_itself_stays_in_the_folder(tmp_path):
    save_preferences(tmp_path, CHOSEN)
    save_preferences(tmp_path, Preferences())

    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01",
        "no section = 1",
        "[window]\ntheme = pink\nhour_height_px = many\n",
        "[work]\nstart = 18:00\nend = 09:00\ndays = 1\n",
        "[work]\nstart = 09:00\nend = 18:00\ndays = 1 9\n",
        "[work]\nstart = soon\n",
        "[window]\nhour_height_px = -5\n",
    ],
)
def test_what_makes_no_sense_is_as_installed(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text)

    assert load_preferences(tmp_path) == Preferences()


def test_a_file_that_is_no_text_is_as_installed(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\xfa")

    assert load_preferences(tmp_path) == Preferences()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(StoreFullError):
        save_preferences(tmp_path / "missing", CHOSEN)
