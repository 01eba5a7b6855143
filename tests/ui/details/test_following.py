"""When the pane opens, changes and closes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.event import Event
from desktop.domain.ids import EventId
from desktop.ui.details.following import SelectionFollower
from desktop.ui.widgets.side_pane import SidePane
from tests.ui.details.test_page import ALEX, ANNA, DEMO, details
from tests.ui.waiting import until

NO, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
NOTHING: tuple[None, None] = (None, None)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[Qt.MouseButton]:
    """The mouse buttons that are down: the last one counts."""
    buttons = [NO]
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: buttons[-1])
    return buttons


async def test_a_key_opens_and_closes_the_pane_at_once(tmp_path, qapp, held):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        pane = SidePane()
        follower = SelectionFollower(pane, scene.page)
        follower.follow(DEMO.id, None)
        await until(lambda: pane.shows(scene.page))
        follower.follow(*NOTHING)

        assert pane.isHidden()
        assert scene.page.details() is None
        scene.page.setParent(None)
        pane.deleteLater()


async def test_a_press_opens_it_only_when_the_mouse_is_done(tmp_path, qapp, held):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        pane = SidePane()
        follower = SelectionFollower(pane, scene.page)
        follower._timer.setInterval(20)
        held.append(LEFT)
        follower.follow(DEMO.id, None)
        follower._go_on()  # the time of a double click is over, and the button is still down
        assert pane.isHidden()
        assert follower._timer.isActive()

        held.append(NO)
        await until(lambda: pane.shows(scene.page))
        scene.page.setParent(None)
        pane.deleteLater()


async def test_a_double_click_that_selects_another_one_shows_that_one(tmp_path, qapp, held):
    other = Event(
        id=EventId("other"),
        account_id=DEMO.account_id,
        calendar_id=DEMO.calendar_id,
        summary="Other",
        when=DEMO.when,
    )
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO, other)
        pane = SidePane()
        follower = SelectionFollower(pane, scene.page)
        follower._timer.setInterval(20)
        held.append(LEFT)
        follower.follow(DEMO.id, None)
        held.append(NO)
        follower.follow(other.id, None)
        await until(lambda: pane.shows(scene.page))

        assert scene.page.title() == "Other"
        scene.page.setParent(None)
        pane.deleteLater()


async def test_a_contact_card_stays_when_nothing_is_selected_any_more(tmp_path, qapp, held):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, ANNA, DEMO)
        pane = SidePane()
        follower = SelectionFollower(pane, scene.page)
        pane.add_page(scene.page)
        card = QWidget()
        pane.show_page(card)
        follower.follow(*NOTHING)

        assert pane.shows(card)
        scene.page.setParent(None)
        pane.deleteLater()


async def test_a_press_while_the_details_are_read_keeps_it_shut(tmp_path, qapp, held):
    async with details(tmp_path) as scene:
        await scene.add(ALEX, DEMO)
        pane = SidePane()
        follower = SelectionFollower(pane, scene.page)
        follower._timer.setInterval(20)
        follower.follow(DEMO.id, None)
        held.append(LEFT)  # a drag begins
        await until(lambda: scene.page.details() is not None)
        assert pane.isHidden()

        held.append(NO)
        await until(lambda: pane.shows(scene.page))
        scene.page.setParent(None)
        pane.deleteLater()
