"""Files are added, shown and taken away; only what keeps them offers them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.domain.account import Capabilities
from desktop.domain.attachment import MOST_BYTES
from desktop.domain.event import Recording
from desktop.ui.widgets.chip import Chip
from tests.ui.meeting.conftest import ALEX, CRM, Opener
from tests.ui.waiting import until

ABLE = replace(
    CRM, capabilities=Capabilities(responsible=True, recordings=tuple(Recording)), recording=None
)


async def test_a_file_is_read_shown_booked_and_kept_in_the_draft(
    open_desk: Opener, tmp_path: Path
) -> None:
    offer = tmp_path / "offer <b>.pdf"
    offer.write_bytes(b"%PDF")
    async with open_desk(account=ABLE) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        field = desk.dialog.form.more.files
        field.take([str(offer)])
        await until(lambda: desk.draft.files)
        (chip,) = field.findChildren(Chip)
        assert chip.value() == "offer <b>.pdf"
        await until(lambda: True)
        desk.save_by_keys()
        await until(lambda: desk.booked)

        (file,) = (await desk.event(desk.booked[0])).files
        assert (file.name, file.content) == ("offer <b>.pdf", b"%PDF")


async def test_a_chip_takes_its_file_away(open_desk: Opener, tmp_path: Path) -> None:
    names = []
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(name.encode())
        names.append(str(tmp_path / name))
    async with open_desk(account=ABLE) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        field = desk.dialog.form.more.files
        field.take(names)
        await until(lambda: len(desk.draft.files) == 2)
        first = next(chip for chip in field.findChildren(Chip) if chip.value() == "a.txt")
        QTest.keyClick(first, Qt.Key.Key_Delete)

        assert [one.name for one in desk.draft.files] == ["b.txt"]


async def test_what_is_too_large_empty_or_missing_is_said(
    open_desk: Opener, tmp_path: Path
) -> None:
    (tmp_path / "large").write_bytes(b"x" * (MOST_BYTES + 1))
    (tmp_path / "empty").write_bytes(b"")
    async with open_desk(account=ABLE) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        field = desk.dialog.form.more.files
        field.take([str(tmp_path / name) for name in ("large", "empty", "missing")])
        await until(lambda: "3 could not be added" in field.note.text())

        assert desk.draft.files == ()


async def test_files_that_would_not_be_sent_are_said_so(open_desk: Opener, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    async with open_desk(account=ABLE) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")
        field = desk.dialog.form.more.files
        field.take([str(tmp_path / "a.txt")])
        await until(lambda: desk.draft.files)
        desk.page.editor.set_all_day(True)

        assert "these are not sent" in field.note.text()
        assert field.add.isHidden()


async def test_what_keeps_no_files_offers_none(open_desk: Opener) -> None:
    async with open_desk(account=replace(ABLE, recording=Recording.TODO)) as desk:
        await desk.open_new(contact=ALEX)
        desk.press("meetingMore")

        assert desk.find(QWidget, "meetingFiles").isHidden()
