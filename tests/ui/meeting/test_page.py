"""The dialog as a person uses it, over the real services and the real store."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from desktop.domain.account import AccountKind
from desktop.domain.event import EventKind, Priority, Reminder
from desktop.domain.ids import RecordKind, UserId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.sync import Verb
from desktop.domain.timespan import DateSpan, TimeSpan
from desktop.services.sync.recording import Wish
from desktop.ui.meeting.dialog import MeetingDialog
from desktop.ui.preferences import MemoryPreferences
from desktop.ui.series.sheet import SeriesSheet
from desktop.ui.widgets.banner import NoticeBanner
from desktop.ui.widgets.segmented import SegmentedControl
from tests.builders import (
    FRIDAY,
    MOSCOW,
    THURSDAY,
    make_contact,
    make_days,
    make_event,
    make_remote,
    make_span,
)
from tests.ui.children import child
from tests.ui.meeting.conftest import (
    ALEX,
    ANNA,
    CRM,
    FORECAST,
    LENA,
    SILENT,
    Desk,
    Opener,
    at,
    without,
)
from tests.ui.waiting import until


async def test_person_first_booking_takes_one_key(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        assert desk.dialog.focusWidget() is desk.line("meetingTitle")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.summary == "Meeting with Alex Vronsky"
        assert event.contacts == (ALEX.id,)
        assert event.record is RecordKind.ACTIVITY
        assert event.reminders == (Reminder(10),)
        assert not desk.page.is_open
        assert desk.closed == [True]


async def test_enter_in_the_title_books_too(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        QTest.keyClick(desk.line("meetingTitle"), Qt.Key.Key_Return)
        await until(lambda: desk.booked)


async def test_everything_that_was_filled_in_is_in_the_event(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingTitle", "Contract <b>& price</b>")
        desk.write("meetingStartDate", "fri")
        desk.write("meetingStartTime", "1430")
        desk.write("meetingEndTime", "+45m")
        desk.write("meetingLocation", "Room 4")
        notes = desk.find(QPlainTextEdit, "meetingDescription")
        notes.setFocus()
        QTest.keyClicks(notes, "Bring the NDA")
        pick(desk.find(QComboBox, "meetingReminder"), "30 min before")
        desk.press("meetingMore")
        pick(desk.find(QComboBox, "meetingPriority"), "High")
        desk.press("meetingSaveButton")
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.summary == "Contract <b>& price</b>"
        assert event.when == at(14.5, 15.25).starting(at(14.5, 15).start + timedelta(days=1))
        assert (event.location, event.description) == ("Room 4", "Bring the NDA")
        assert event.reminders == (Reminder(30),)
        assert event.priority is Priority.HIGH
        assert event.time_zone == "Europe/Moscow"


async def test_what_is_still_being_typed_is_read_when_saving(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        field = desk.line("meetingStartTime")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "16.15")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.when == at(16.25, 17.25)


async def test_a_call_is_booked_as_a_call(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        kind = desk.find(SegmentedControl, "meetingKind")
        button = next(b for b in kind.findChildren(QWidget) if getattr(b, "text", str)() == "Call")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert desk.line("meetingTitle").text() == "Call Alex Vronsky"
        desk.save_by_keys()
        await until(lambda: desk.booked)
        assert (await desk.event(desk.booked[0])).kind is EventKind.CALL


async def test_an_unreadable_time_takes_the_focus_and_nothing_is_booked(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingEndTime", "later")
        assert "15:30" in desk.dialog.form.when.note.text()
        desk.save_by_keys()
        await desk.settle()
        assert desk.dialog.focusWidget() is desk.line("meetingEndTime")
        assert not desk.booked
        desk.write("meetingEndTime", "13:00")
        assert desk.dialog.form.when.note.isHidden()


async def test_schedule_moves_the_focus_to_the_empty_title(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        desk.write("meetingTitle", "x")
        desk.line("meetingTitle").selectAll()
        QTest.keyClick(desk.line("meetingTitle"), Qt.Key.Key_Delete)
        assert not desk.dialog.form.title_note.isHidden()
        desk.line("meetingLocation").setFocus()
        desk.press("meetingSaveButton")
        await desk.settle()
        assert desk.dialog.focusWidget() is desk.line("meetingTitle")
        assert not desk.booked


async def test_an_end_before_the_start_goes_to_the_next_day_with_a_notice(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        desk.write("meetingEndTime", "9")
        assert "Friday" in desk.dialog.form.when.note.text()
        assert desk.line("meetingEndDate").text().startswith("Fri")
        assert desk.page.editor.span.end.date() == FRIDAY


async def test_contacts_are_found_added_and_removed_by_keyboard(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        line = desk.line("meetingContactSearch")
        line.setFocus()
        QTest.keyClicks(line, "vron")
        await until(lambda: desk.dialog.form.people.picker.list_open)
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert desk.draft.contacts[0] == ALEX.id
        assert desk.draft.contacts[1] in (ANNA.id, LENA.id)
        assert line.text() == ""
        QTest.keyClick(line, Qt.Key.Key_Backspace)
        assert desk.draft.contacts == (ALEX.id,)
        assert desk.page.is_open


async def test_escape_closes_the_list_and_not_the_dialog(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        line = desk.line("meetingContactSearch")
        line.setFocus()
        QTest.keyClicks(line, "vron")
        await until(lambda: desk.dialog.form.people.picker.list_open)
        QTest.keyClick(line, Qt.Key.Key_Escape)
        assert not desk.dialog.form.people.picker.list_open
        assert desk.page.is_open


async def test_a_name_that_is_nobody_yet_is_not_lost_in_silence(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        line = desk.line("meetingContactSearch")
        line.setFocus()
        QTest.keyClicks(line, "zzz")
        desk.save_by_keys()
        await desk.settle()
        assert not desk.booked
        assert "zzz" in desk.dialog.form.people.note.text()
        assert desk.dialog.focusWidget() is line


async def test_a_clash_is_named_and_a_click_takes_a_free_slot(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(9.5, 10.5), contact=ALEX)
        banner = desk.dialog.form.conflict
        assert "Stand-up" in banner.text()
        assert "15 min" in banner.text()
        chips = banner.chips()
        assert [chip.value() for chip in chips] == ["10:00", "11:00", "12:00"]
        QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
        await desk.settle()
        assert desk.draft.when == at(10, 11)
        assert banner.text() == ""


async def test_a_clash_never_keeps_from_saving(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(9.5, 10.5), contact=ALEX)
        desk.save_by_keys()
        await until(lambda: desk.booked)


async def test_a_contact_without_number_gets_one_and_the_meeting(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=SILENT)
        desk.save_by_keys()
        await desk.settle()
        number = desk.line("meetingNewPhone")
        assert not desk.booked
        assert desk.dialog.focusWidget() is number
        QTest.keyClicks(number, "12")
        desk.save_by_keys()
        await desk.settle()
        assert not desk.booked
        QTest.keyClicks(number, " 34567")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        contact = await desk.house.contacts.get(SILENT.id)
        assert [phone.value for phone in contact.phones] == ["12 34567"]
        assert (await desk.event(desk.booked[0])).record is RecordKind.ACTIVITY


async def test_or_the_meeting_becomes_a_calendar_event(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=SILENT)
        desk.press("meetingWithoutCommunication")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.record is RecordKind.EVENT
        assert event.contacts == (SILENT.id,)


async def test_the_clients_time_is_told_with_its_source(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(10, 11), contact=ALEX)
        others = desk.dialog.form.others
        assert others.texts() == ("08:00 – 09:00 for Alex (Berlin), from the phone's country code",)
        assert others.hint.text() == "Before 09:00 for Alex"
        desk.write("meetingStartTime", "14")
        assert others.hint.isHidden()


async def test_nothing_is_told_of_somebody_whose_zone_is_not_known(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(10, 11), contact=ANNA)
        assert desk.dialog.form.others.isHidden()
        desk.write("meetingStartTime", "19")
        assert desk.dialog.form.others.hint.text() == "Outside your working hours"


async def test_a_zone_is_found_by_its_city(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(10, 11))
        desk.press("meetingMore")
        desk.write("meetingTimeZone", "tokyo")
        assert desk.draft.time_zone == "Asia/Tokyo"
        assert desk.line("meetingStartTime").text() == "10:00"
        assert "04:00 – 05:00 for you" in desk.dialog.form.others.texts()[0]


async def test_a_zone_that_does_not_exist_is_mended_first(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        desk.write("meetingTimeZone", "Atlantis")
        desk.save_by_keys()
        await desk.settle()
        assert desk.dialog.focusWidget() is desk.line("meetingTimeZone")
        assert not desk.booked


async def test_more_remembers(open_desk: Opener):
    preferences = MemoryPreferences()
    async with open_desk(preferences=preferences) as desk:
        await desk.open_new()
        assert desk.line("meetingTimeZone").isHidden() or not desk.dialog.form.more.opened
        desk.press("meetingMore")
    async with open_desk(preferences=preferences) as desk:
        await desk.open_new()
        assert desk.dialog.form.more.opened


async def test_whole_days_have_no_times(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        desk.find(QCheckBox, "meetingAllDay").click()
        assert desk.line("meetingStartTime").isHidden()
        desk.write("meetingEndDate", "fri")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        assert (await desk.event(desk.booked[0])).when == make_days(THURSDAY, 2)


async def test_duration_chips_set_the_length_and_show_it(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        chips = desk.dialog.form.when.chips
        assert chips[60].isChecked()
        chips[90].click()
        assert desk.page.editor.duration_min() == 90
        assert desk.line("meetingEndTime").text() == "12:30"
        chips[90].click()
        assert chips[90].isChecked()
        desk.write("meetingEndTime", "12:10")
        assert not any(chip.isChecked() for chip in chips.values())


async def test_a_draft_is_kept_within_a_second_and_taken_up_again(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingLocation", "Room 4")
        kept = await desk.kept()
        while not kept:
            kept = await desk.kept()
        assert kept[0].location == "Room 4"
    async with open_desk() as desk:
        await desk.open_draft((await desk.kept())[0])
        assert desk.line("meetingLocation").text() == "Room 4"
        desk.save_by_keys()
        await until(lambda: desk.booked)
        assert await desk.kept() == ()


async def test_what_was_typed_in_the_last_moment_is_kept_when_the_program_ends(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        desk.write("meetingLocation", "Lobby")
        await desk.page.end()
        assert (await desk.kept())[0].location == "Lobby"


async def test_an_untouched_dialog_closes_without_a_question(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        QTest.keyClick(desk.line("meetingTitle"), Qt.Key.Key_Escape)
        assert not desk.page.is_open
        assert await desk.kept() == ()


async def test_leaving_a_touched_draft_asks_inside_the_dialog(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingLocation", "Room 4")

        def asking() -> bool:
            return desk.dialog.footer.asking

        desk.press("meetingCancelButton")
        assert asking()
        QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
        assert not asking()
        assert desk.page.is_open
        desk.press("meetingCancelButton")
        desk.press("meetingDiscardButton")
        await until(lambda: desk.closed)
        assert await desk.kept() == ()


async def test_a_booked_meeting_is_changed(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e2")
        assert desk.dialog.windowTitle() == "Edit meeting"
        assert desk.line("meetingTitle").text() == "Quarter forecast"
        desk.write("meetingStartTime", "16")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.id == "e2"
        assert event.when == at(16, 17.5)


async def test_an_event_does_not_clash_with_itself(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e2")
        assert desk.dialog.form.conflict.text() == ""


async def test_a_booked_meeting_is_deleted(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e2")
        desk.press("meetingDeleteButton")
        await until(lambda: desk.deleted)
        assert desk.deleted == ["e2"]
        day = await desk.house.schedule.entries(at(0, 24))
        assert "e2" not in [entry.event.id for entry in day]


async def test_what_cannot_be_changed_is_only_shown(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e3")
        assert "organizer" in desk.dialog.remark.text()
        assert desk.line("meetingTitle").isReadOnly()
        assert desk.dialog.footer.save.isHidden()
        assert desk.dialog.footer.delete.isHidden()
        desk.save_by_keys()
        await desk.settle()
        assert not desk.booked
        QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
        assert not desk.page.is_open


async def test_how_far_a_change_reaches_is_asked_and_enter_takes_only_this_one(
    open_desk: Opener,
):
    async with open_desk() as desk:
        weekly = make_event(
            "s1",
            "Review",
            at(12, 13),
            account="home",
            calendar="home:main",
            recurrence=RecurrenceRule(Frequency.DAILY),
            time_zone="Europe/Moscow",
        )
        await desk.house.recorder.record(
            [Wish(RecordKind.EVENT, Verb.CREATE, weekly.account_id, weekly.id, weekly)]
        )
        friday = make_span(FRIDAY, hours=(12, 13), zone=MOSCOW)
        found = await desk.house.schedule.entries(friday)
        occurrence = next(one.occurrence for one in found if one.event.id == "s1")
        desk.page.open_event(weekly.id, occurrence.original_start)
        await until(lambda: desk.page.is_open)
        assert "how far a change reaches" in desk.dialog.remark.text()
        assert desk.draft.when == friday
        desk.write("meetingStartTime", "14")
        desk.save_by_keys()
        sheet = await _sheet(desk)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert desk.page.is_open
        assert not desk.booked
        desk.dialog.activateWindow()  # as a window manager does when a window has gone
        await until(desk.dialog.isActiveWindow)
        desk.save_by_keys()
        QTest.keyClick(await _sheet(desk), Qt.Key.Key_Return)
        await until(lambda: desk.booked)
        assert (await desk.event(desk.booked[0])).series_id == "s1"
        assert (await desk.event(weekly.id)).when == weekly.when


async def test_how_much_of_a_series_is_deleted_is_asked_in_the_dialog_too(open_desk: Opener):
    async with open_desk() as desk:
        daily = make_event(
            "s1",
            "Review",
            at(12, 13),
            account="home",
            calendar="home:main",
            recurrence=RecurrenceRule(Frequency.DAILY, count=3),
            time_zone="Europe/Moscow",
        )
        await desk.house.recorder.record(
            [Wish(RecordKind.EVENT, Verb.CREATE, daily.account_id, daily.id, daily)]
        )
        friday = make_span(FRIDAY, hours=(12, 13), zone=MOSCOW)
        (found,) = await desk.house.schedule.entries(friday)
        desk.page.open_event(daily.id, found.occurrence.original_start)
        await until(lambda: desk.page.is_open)

        desk.dialog.footer.delete.click()
        sheet = await _sheet(desk)
        child(sheet, QRadioButton, "reachFollowing").click()
        sheet.go.click()
        await until(lambda: desk.deleted)

        assert await desk.house.schedule.entries(friday) == ()
        assert (await desk.event(daily.id)).recurrence is not None


async def _sheet(desk: Desk) -> SeriesSheet:
    def found() -> SeriesSheet | None:
        return desk.dialog.findChild(SeriesSheet)

    await until(lambda: (sheet := found()) is not None and sheet.isVisible())
    sheet = found()
    assert sheet is not None
    return sheet


async def test_only_calendars_that_can_be_written_are_offered(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        field = desk.find(QComboBox, "meetingCalendar")
        texts = [field.itemText(row) for row in range(field.count())]
        assert "Clients" in texts
        assert "Company" not in texts
        assert "This computer" in texts


async def test_the_responsible_of_the_contact_is_named_and_can_be_overruled(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=LENA)
        place = desk.dialog.form.place
        assert "Boris Orlov" in place.lands.text()
        desk.press("meetingTakeItMyself")
        assert desk.draft.responsible == UserId("a1:7")
        assert place.mine.isHidden() or not place.mine.isVisible()


async def test_nobody_is_asked_for_a_responsible_where_there_is_none(open_desk: Opener):
    async with open_desk(account=without(CRM, responsible=False)) as desk:
        await desk.open_new(contact=ALEX)
        assert desk.find(QComboBox, "meetingResponsible").isHidden()


async def test_what_the_account_cannot_store_is_hidden_and_said(open_desk: Opener):
    account = without(CRM, calls=False, priority=False, reminders=0, all_day=False)
    async with open_desk(account=account) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        assert desk.find(QComboBox, "meetingReminder").isHidden()
        assert desk.find(QComboBox, "meetingPriority").isHidden()
        assert desk.find(QCheckBox, "meetingAllDay").isHidden()
        told = [label.text() for label in desk.dialog.form.more.findChildren(QLabel)]
        assert any("calls, a priority, whole days, reminders" in text for text in told)


async def test_what_happens_on_saving_is_said_truly(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        assert "sent when you are online" in desk.dialog.footer.note.text()
        pick(desk.find(QComboBox, "meetingCalendar"), "Home")
        assert desk.dialog.footer.note.text() == "Saved on this computer"
        accounts = desk.page.editor.surroundings
        assert accounts.account_of(desk.draft).kind is AccountKind.LOCAL  # type: ignore[union-attr]
    async with open_desk(session_only=True) as desk:
        await desk.open_new(contact=ALEX)
        assert "until you close" in desk.dialog.footer.note.text()


async def test_there_is_one_dialog_and_what_is_typed_in_it_stays(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        first = desk.dialog
        desk.write("meetingLocation", "Room 4")
        await desk.open_new(contact=ANNA)
        assert desk.draft.contacts == (ALEX.id,)
        assert desk.line("meetingLocation").text() == "Room 4"
        windows = QApplication.topLevelWidgets()
        assert [one for one in windows if isinstance(one, MeetingDialog)] == [first]


async def test_the_dialog_is_used_again_with_nothing_left_of_the_last_draft(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=SILENT)
        desk.write("meetingLocation", "Room 4")
        desk.write("meetingEndTime", "later")
        desk.press("meetingCancelButton")
        desk.press("meetingDiscardButton")
        await desk.open_new(at(13, 14), contact=ALEX)
        assert desk.line("meetingLocation").text() == ""
        assert desk.line("meetingEndTime").text() == "14:00"
        assert desk.line("meetingEndTime").property("invalid") != "true"
        assert desk.dialog.form.people.missing.isHidden()
        desk.save_by_keys()
        await until(lambda: desk.booked)


async def test_tab_goes_through_title_time_person_place_note_and_save(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(9.5, 10.5), contact=ALEX)
        names = []
        focus: QWidget = desk.line("meetingTitle")
        for _ in range(40):
            names.append(focus.objectName() or focus.accessibleName())
            focus = next_stop(focus)
        wanted = [
            "meetingTitle",
            "meetingStartDate",
            "meetingStartTime",
            "meetingEndTime",
            "meetingEndDate",
            "meetingAllDay",
            "Take 10:00 instead",
            "Take 11:00 instead",
            "Take 12:00 instead",
            "Alex Vronsky · Acme",
            "meetingContactSearch",
            "meetingLocation",
            "meetingCalendar",
            "meetingDescription",
            "meetingMore",
            "meetingDayStrip",
            "meetingCancelButton",
            "meetingSaveButton",
        ]
        assert [name for name in names if name in wanted][: len(wanted)] == wanted


async def test_every_input_has_a_name_for_screen_readers(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        nameless = [
            widget.objectName() or type(widget).__name__
            for widget in desk.dialog.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or getattr(widget, "text", str)())
        ]
        assert nameless == []


async def test_it_fits_into_the_smallest_window(open_desk: Opener):
    async with open_desk() as desk:
        parent = desk.dialog.parentWidget()
        assert parent is not None
        parent.resize(960, 600)
        await desk.open_new(contact=ALEX)
        assert desk.dialog.width() <= 960
        assert desk.dialog.height() <= 600
        save = desk.find(QWidget, "meetingSaveButton")
        assert desk.dialog.rect().contains(save.mapTo(desk.dialog, save.rect().bottomRight()))


async def test_a_long_name_neither_widens_the_dialog_nor_is_cut_from_the_event(open_desk: Opener):
    name = "Maximiliane-Alexandra Wolfeschlegelsteinhausenbergerdorff von Hohenlohe"
    long = make_contact("c9", name, phone="+49 30 1001020", company="Gesellschaft " * 9)
    async with open_desk(people=(long,)) as desk:
        await desk.open_new(contact=long)
        assert desk.dialog.width() == desk.dialog.sizeHint().width()
        desk.save_by_keys()
        await until(lambda: desk.booked)
        assert name in (await desk.event(desk.booked[0])).summary


async def test_news_of_the_calendar_reach_the_open_dialog(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new(at(11, 12), contact=ALEX)
        assert desk.dialog.form.conflict.text() == ""
        other = await desk.house.drafts.new(when=at(11.5, 12.5), title="Lunch")
        await desk.house.schedule.book(other)
        await desk.settle()
        await until(lambda: "Lunch" in desk.dialog.form.conflict.text())


async def test_an_unchanged_time_keeps_the_occurrence_exactly(open_desk: Opener):
    odd = make_event(
        "e9", "Odd", TimeSpan(at(11, 12).start + timedelta(seconds=30), at(11, 12).end)
    )
    async with open_desk(events=(odd,)) as desk:
        await desk.open_event("e9")
        desk.write("meetingLocation", "Room 4")
        desk.save_by_keys()
        await until(lambda: desk.booked)
        event = await desk.event(desk.booked[0])
        assert event.when == odd.when
        assert not isinstance(event.when, DateSpan)
        assert event.when.start.astimezone(MOSCOW).second == 30


def next_stop(widget: QWidget) -> QWidget:
    """Where Tab goes from here."""
    following = widget.nextInFocusChain()
    while following is not None and not (
        following.isVisible() and following.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):
        following = following.nextInFocusChain()
    assert following is not None
    return following


def pick(field: QComboBox, text: str) -> None:
    """Choose a row as the user does."""
    row = field.findText(text)
    assert row >= 0, [field.itemText(n) for n in range(field.count())]
    field.setCurrentIndex(row)
    field.activated.emit(row)


async def test_a_refusal_keeps_the_form_and_says_why(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_event("e2")
        desk.write("meetingLocation", "Room 5")
        locked = make_remote(replace(FORECAST, read_only=True), "e2")
        await desk.house.files.cache.write(lambda cache: cache.events.upsert_records([locked]))
        desk.save_by_keys()
        message = desk.find(NoticeBanner, "meetingMessage")
        await until(message.isVisible)
        assert message.text()
        assert desk.page.is_open
        assert desk.line("meetingLocation").text() == "Room 5"
        desk.write("meetingLocation", "Room 6")
        assert not message.isVisible()


async def test_single_keys_are_letters_in_every_field(open_desk: Opener):
    letters = "cmqtpngs/?"
    async with open_desk() as desk:
        await desk.open_new(contact=ALEX)
        desk.write("meetingTitle", letters)
        desk.write("meetingLocation", letters)
        assert (desk.draft.title, desk.draft.location) == (letters, letters)
        assert desk.page.is_open


async def test_rare_inputs_begin_where_the_usual_ones_do(open_desk: Opener):
    async with open_desk() as desk:
        await desk.open_new()
        desk.press("meetingMore")
        await desk.settle()
        form = desk.dialog.form
        edges = {one.mapTo(form, one.rect().topLeft()).x() for one in (form.title, form.more.zone)}
        assert len(edges) == 1
