"""What each input makes of the draft."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.event import EventKind
from desktop.domain.ids import CalendarId, UserId
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.domain.timetext import ParsedTime, parse_time
from desktop.ui.meeting.editor import MeetingEditor, Notice
from desktop.ui.meeting.surroundings import Surroundings
from tests.builders import (
    FRIDAY,
    MONDAY,
    MOSCOW,
    THURSDAY,
    make_account,
    make_calendar,
    make_contact,
    make_days,
    make_draft,
    make_span,
)

ALEX = make_contact("c1", "Alex Vronsky", phone="+49 30 1001020")
ANNA = make_contact("c2", "Anna Vronskaya", email="anna@example.com")
SILENT = make_contact("c3", "Pyotr Silent")
HOME = make_calendar("home:main", "Home", account_id="home")
AROUND = Surroundings(
    (make_account("a1"), make_account("home")),
    (make_calendar(), HOME),
    {},
    {ALEX.id: ALEX, SILENT.id: SILENT},
)
AT_TEN = make_span(THURSDAY, hours=(10, 11), zone=MOSCOW)


@pytest.fixture
def editor(qapp: QApplication) -> MeetingEditor:
    editor = MeetingEditor()
    editor.begin(make_draft(when=AT_TEN, time_zone="Europe/Moscow"), AROUND)
    return editor


def typed(text: str) -> ParsedTime:
    parsed = parse_time(text)
    assert parsed is not None
    return parsed


def clocks(editor: MeetingEditor) -> tuple[str, str]:
    span = editor.span
    return f"{span.start:%H:%M}", f"{span.end:%H:%M}"


def test_the_title_writes_itself_until_it_is_written(editor):
    editor.add_contact(ALEX)
    assert editor.draft.title == "Meeting with Alex Vronsky"
    editor.set_kind(EventKind.CALL)
    assert editor.draft.title == "Call Alex Vronsky"
    editor.add_contact(ANNA)
    assert editor.draft.title == "Call Alex Vronsky and Anna Vronskaya"
    editor.set_title("Contract")
    editor.remove_contact(ALEX.id)
    editor.set_kind(EventKind.MEETING)
    assert editor.draft.title == "Contract"


def test_an_emptied_title_stays_the_users_own(editor):
    editor.set_title("")
    editor.add_contact(ALEX)
    assert editor.draft.title == ""


def test_the_end_follows_the_start(editor):
    editor.set_start_text(typed("1430"))
    assert clocks(editor) == ("14:30", "15:30")
    editor.set_start_day(FRIDAY)
    assert (editor.first_day(), editor.last_day()) == (FRIDAY, FRIDAY)
    assert clocks(editor) == ("14:30", "15:30")


def test_a_relative_start_counts_from_the_time_that_stood_there(editor):
    assert editor.set_start_text(typed("+45m"))
    assert clocks(editor) == ("10:45", "11:45")


def test_a_length_is_no_start(editor):
    assert not editor.set_start_text(typed("1,5ч"))
    assert clocks(editor) == ("10:00", "11:00")


@pytest.mark.parametrize(
    ("text", "end"), [("11.30", "11:30"), ("+45m", "10:45"), ("1,5ч", "11:30"), ("noon", "12:00")]
)
def test_an_end_is_a_time_or_a_length(editor, text, end):
    assert editor.set_end_text(typed(text))
    assert clocks(editor) == ("10:00", end)


def test_a_minus_takes_from_the_length_but_never_all_of_it(editor):
    assert editor.set_end_text(typed("-15m"))
    assert clocks(editor) == ("10:00", "10:45")
    assert not editor.set_end_text(typed("-2h"))


def test_an_end_before_the_start_moves_to_the_next_day_and_says_so(qtbot, editor):
    with qtbot.waitSignal(editor.noticed, check_params_cb=lambda n: n is Notice.END_MOVED):
        editor.set_end_text(typed("9:30"))
    assert (editor.last_day(), clocks(editor)) == (FRIDAY, ("10:00", "09:30"))
    with qtbot.waitSignal(editor.noticed, check_params_cb=lambda n: n is None):
        editor.set_end_text(typed("10:30"))
    assert (editor.last_day(), clocks(editor)) == (THURSDAY, ("10:00", "10:30"))


def test_a_meeting_of_several_days_keeps_its_last_day_when_its_end_time_changes(editor):
    editor.set_end_day(date(2026, 11, 21))
    editor.set_end_text(typed("18:00"))
    assert (editor.last_day(), clocks(editor)) == (date(2026, 11, 21), ("10:00", "18:00"))


def test_a_skipped_hour_moves_forward_and_says_so(qtbot, editor):
    editor.set_zone("Europe/Berlin")
    editor.set_start_day(date(2027, 3, 28))
    with qtbot.waitSignal(editor.noticed, check_params_cb=lambda n: n is Notice.SKIPPED_HOUR):
        editor.set_start_text(typed("2:30"))
    assert clocks(editor)[0] == "03:30"


def test_whole_days_and_back_keep_the_times(editor):
    editor.set_all_day(True)
    assert editor.draft.when == make_days(THURSDAY)
    editor.set_end_day(FRIDAY)
    assert editor.draft.when == make_days(THURSDAY, 2)
    editor.set_all_day(False)
    assert clocks(editor) == ("10:00", "11:00")


def test_a_dragged_time_is_told_in_the_zone_that_was_typed_for(editor):
    editor.set_zone("Europe/Berlin")
    editor.set_when(make_span(FRIDAY, hours=(15, 16), zone=MOSCOW))
    assert clocks(editor) == ("13:00", "14:00")
    assert isinstance(editor.draft.when, TimeSpan)
    assert editor.draft.when.start.tzinfo == ZoneInfo("Europe/Berlin")


def test_another_zone_keeps_the_wall_clock(editor):
    before = editor.span.start
    editor.set_zone("Asia/Tokyo")
    assert editor.span.start.time() == time(10)
    assert editor.span.start != before


def test_dragging_whole_days_leaves_no_stale_times(editor):
    editor.set_all_day(True)
    editor.set_when(make_span(MONDAY, hours=(9, 10), zone=MOSCOW))
    assert editor.draft.timed is None
    assert not isinstance(editor.draft.when, DateSpan)


def test_a_responsible_does_not_come_along_to_another_account(editor):
    editor.set_responsible(UserId("a1:8"))
    editor.set_calendar(CalendarId("home:main"))
    assert editor.draft.responsible is None


def test_what_was_decided_about_a_number_was_about_that_person(editor):
    editor.add_contact(SILENT)
    editor.set_new_phone("+49 30 1")
    editor.set_without_communication(True)
    assert editor.draft.new_phone == ""
    editor.add_contact(ANNA)
    assert not editor.draft.without_communication


def test_nobody_is_added_twice(editor):
    editor.add_contact(ALEX)
    before = editor.draft
    editor.add_contact(ALEX)
    assert editor.draft is before


def test_what_is_only_looked_at_has_no_problems(editor):
    editor.begin(make_draft(calendar_id=None), AROUND)
    assert editor.problems()
    editor.begin(make_draft(calendar_id=None), AROUND, read_only=True)
    assert not editor.problems()
