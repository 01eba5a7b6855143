"""The CRM's side of a card: blocks with their ages, calm where something is missing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from desktop.domain.crm import Block, BlockState, Dossier
from desktop.domain.errors import Refusal
from desktop.domain.event import DeliveryMark
from desktop.domain.ids import ContactId
from desktop.ui.contacts.dossier_view import DossierView
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.elided_link import ElidedLink
from tests.builders import MOSCOW, Clock
from tests.ui.children import child
from tests.ui.contacts.dossiers import ALL, FULL, PAGES


@pytest.fixture(autouse=True)
def _british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def view(qtbot) -> DossierView:
    made = DossierView(Clock(), MOSCOW)
    qtbot.addWidget(made)
    made.resize(300, 900)
    made.show()
    return made


def settle() -> None:
    """New lines are shown a moment after they were added."""
    QCoreApplication.sendPostedEvents()


def texts(view: DossierView) -> list[str]:
    settle()
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def links(view: DossierView) -> dict[str, ElidedLink]:
    settle()
    found = view.findChildren(ElidedLink)
    return {link.whole_text(): link for link in found if link.isVisible()}


def button(view: DossierView, start: str) -> QPushButton:
    settle()
    found = view.findChildren(QPushButton)
    return next(one for one in found if one.text().startswith(start) and one.isVisible())


def nothing(**more) -> Dossier:
    empty = {"deals": (), "leads": (), "companies": (), "fields": (), "timeline": ()}
    return replace(FULL, **{**empty, **more})


def test_each_block_is_there_with_its_age(view):
    view.show_dossier(FULL)

    shown = texts(view)
    assert {"Open deals", "Companies", "Own fields", "Timeline"} <= set(shown)
    assert shown.count("as of 11:00") == 4
    assert {"New · 1\u00a0EUR", "Main company", "Segment", "Enterprise"} <= set(shown)
    assert "Lead, In progress" in shown


def test_a_deal_a_lead_and_a_firm_open_their_pages(view, qtbot):
    view.show_dossier(FULL)
    for name, path in (
        ("Deal 1", "crm/deal/details/1/"),
        ("Trade fair", "crm/lead/details/5/"),
        ("Acme GmbH", "crm/company/details/4/"),
    ):
        with qtbot.waitSignal(view.page_wished) as wished:
            QTest.keyClick(links(view)[name], Qt.Key.Key_Return)
        assert wished.args[0].toString() == f"https://acme.bitrix24.com/{path}"


def test_long_blocks_show_a_few_lines_and_the_rest_on_demand(view):
    view.show_dossier(FULL)
    assert "Deal 4" in links(view)
    assert "Deal 5" not in links(view)
    assert "Call 5" not in texts(view)

    button(view, "Show 2 more").click()
    assert "Deal 6" in links(view)
    button(view, "Show 3 more").click()
    assert "Call 7" in texts(view)


def test_another_contact_begins_with_few_lines_again(view):
    view.show_dossier(FULL)
    button(view, "Show 2 more").click()
    view.show_dossier(replace(FULL, contact=ContactId("2")))

    assert "Deal 6" not in links(view)


def test_without_any_right_one_line_says_whom_to_ask(view):
    refused = BlockState(None, Refusal.MISSING_SCOPE.value)
    view.show_dossier(nothing(states=dict.fromkeys(Block, refused), commentable=False))

    shown = texts(view)
    assert len([text for text in shown if "administrator" in text]) == 1
    assert "Open deals" not in shown
    assert not child(view, QPushButton, "addCommentButton").isVisible()


def test_a_part_that_is_refused_says_so_beside_the_others(view):
    states = {**FULL.states, Block.DEALS: BlockState(None, Refusal.FORBIDDEN.value)}
    view.show_dossier(replace(FULL, deals=(), leads=(), states=states))

    assert any("Deals are not shown" in text for text in texts(view))
    assert "Call 1" in texts(view)


def test_what_was_never_read_is_being_read_or_says_why_not(view):
    view.show_dossier(nothing(states={}))
    assert "Being read…" in texts(view)

    view.show_trouble("Offline.")
    assert "Offline." in texts(view)
    assert "Being read…" not in texts(view)


def test_nothing_to_tell_is_told_calmly(view):
    view.show_dossier(nothing())

    assert {"No open deals.", "Nothing has been noted yet."} <= set(texts(view))
    assert "Companies" not in texts(view)


def test_a_contact_of_this_computer_has_a_timeline_only(view):
    view.show_dossier(nothing(blocks=(Block.TIMELINE,), pages=None, remote_id=None, states={}))

    assert "Open deals" not in texts(view)
    assert "Nothing has been noted yet." in texts(view)
    assert child(view, QPushButton, "addCommentButton").isVisible()


def test_a_contact_that_has_not_arrived_waits_for_nothing(view):
    view.show_dossier(nothing(remote_id=None, states={}))

    assert "Being read…" not in texts(view)
    assert "No open deals." in texts(view)


def test_a_comment_is_written_and_saved_by_keys(view, qtbot):
    view.show_dossier(FULL)
    QTest.keyClick(child(view, QPushButton, "addCommentButton"), Qt.Key.Key_Return)
    field = child(view, QPlainTextEdit, "commentField")
    assert field.hasFocus() or view.focusWidget() is field
    assert not child(view, QPushButton, "saveCommentButton").isEnabled()
    QTest.keyClicks(field, "Wants a call")
    with qtbot.waitSignal(view.comment_saved) as saved:
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert saved.args == ["Wants a call"]
    view.comment_kept()
    assert field.toPlainText() == ""
    # The keys stay where they were, for the next one.
    assert view.focusWidget() is child(view, QPushButton, "addCommentButton")


def test_a_comment_that_could_not_be_kept_stays_in_its_field(view):
    view.show_dossier(FULL)
    child(view, QPushButton, "addCommentButton").click()
    field = child(view, QPlainTextEdit, "commentField")
    QTest.keyClicks(field, "Wants a call")
    view.comment_failed("The disk is full.")

    assert "The disk is full." in texts(view)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert field.toPlainText() == "Wants a call"


def test_a_comment_on_its_way_can_be_taken_back(view, qtbot):
    waiting = replace(FULL.timeline[0], mark=DeliveryMark.WAITING)
    view.show_dossier(replace(FULL, timeline=(waiting,)))
    settle()
    (trash,) = [one for one in view.findChildren(IconButton) if one.isVisible()]
    with qtbot.waitSignal(view.comment_unwished) as unwished:
        trash.click()

    assert unwished.args == ["m1"]


def test_foreign_text_is_plain(view):
    view.show_dossier(replace(FULL, timeline=(replace(FULL.timeline[0], text="<b>x</b>"),)))

    (label,) = [one for one in view.findChildren(QLabel) if one.text() == "<b>x</b>"]
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_same_dossier_twice_moves_nothing(view):
    view.show_dossier(FULL)
    before = links(view)["Deal 1"]
    view.show_dossier(replace(FULL))

    assert links(view)["Deal 1"] is before
    assert PAGES is FULL.pages
    assert FULL.blocks == ALL


def test_a_long_entry_is_unfolded_on_demand(view):
    long = "What they said about the offer. " * 20
    entry = replace(FULL.timeline[0], text=long)
    view.show_dossier(replace(FULL, timeline=(entry,)))
    assert not any(long.strip() in said for said in texts(view))
    assert any(said.startswith("What they said") and said.endswith("…") for said in texts(view))
    rest = [one for one in view.findChildren(QPushButton) if one.text() == "Show all of it"]

    QTest.mouseClick(rest[0], Qt.MouseButton.LeftButton)

    assert any(long.strip() in said for said in texts(view))
    assert not rest[0].isVisible()


def test_a_short_entry_has_nothing_to_unfold(view):
    view.show_dossier(FULL)
    settle()
    rest = [one for one in view.findChildren(QPushButton) if one.text() == "Show all of it"]
    assert not any(one.isVisible() for one in rest)
