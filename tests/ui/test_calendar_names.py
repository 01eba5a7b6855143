"""Calendars that no server has are called in the user's language, all others as their owner did."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from desktop.domain.ids import CalendarId
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.ui.calendar_names import exists_here_only, name_by_id, name_of
from tests.builders import make_account


class Shouting(QTranslator):
    """A language in which calendars are called in capitals."""

    def translate(
        self, context: str, text: str, _comment: str | None = None, _count: int = -1
    ) -> str:
        return text.upper() if context == "Calendars" else ""

    def isEmpty(self) -> bool:  # noqa: N802 (Qt calls it so)
        return False


@pytest.fixture
def shouting(qapp: QCoreApplication) -> Iterator[None]:
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("shouting")
def test_the_portals_calendars_that_exist_here_only_are_translated() -> None:
    state = PortalState.of(make_account("a1"))
    state.learn_sections([], {})

    names = {one.name: name_of(one) for one in state.calendars}

    assert names == {name: name.upper() for name in names}
    assert len(names) == 2
    assert all(exists_here_only(one.id) for one in state.calendars)


@pytest.mark.usefixtures("shouting")
def test_a_calendar_of_a_server_keeps_the_name_it_has_there() -> None:
    assert name_by_id(CalendarId("a1:5"), "Calls and activities") == "Calls and activities"
    assert name_by_id(CalendarId("calls"), "Mine") == "Mine"
