"""The menu of an event, and the list of those that found no room."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.event import CalendarEntry, EventKind, Participation
from desktop.ui.calendar.describe import title_text, translate

Command = Callable[[CalendarEntry], object]


def event_menu(
    parent: QWidget,
    entry: CalendarEntry,
    *,
    opened: Command,
    edited: Command,
    duplicated: Command,
    deleted: Command,
    copied: Command,
    answered: Callable[[CalendarEntry, Participation], object] | None = None,
    noted: Command | None = None,
) -> QMenu:
    """What one can do with ``entry``. It deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setObjectName("eventMenu")
    lines: tuple[tuple[str, str, Command, bool], ...] = (
        ("openEvent", translate("Calendar", "Open"), opened, True),
        ("editEvent", translate("Calendar", "Edit…"), edited, not entry.event.read_only),
        ("duplicateEvent", translate("Calendar", "Duplicate"), duplicated, True),
        ("copyEventDetails", translate("Calendar", "Copy details"), copied, True),
        ("deleteEvent", translate("Calendar", "Delete"), deleted, not entry.event.read_only),
    )
    for name, text, command, enabled in lines:
        if name == "deleteEvent":
            menu.addSeparator()
        action = _Action(text, entry, command, menu)
        action.setObjectName(name)
        action.setEnabled(enabled)
        menu.addAction(action)
    spoken = entry.event.kind in (EventKind.MEETING, EventKind.CALL)
    if noted is not None and spoken and not entry.event.completed:
        menu.addSeparator()
        outcome = _Action(translate("Calendar", "What became of it…"), entry, noted, menu)
        outcome.setObjectName("noteOutcome")
        menu.addAction(outcome)
    if answered is not None and entry.event.invited:
        _add_answers(menu, entry, answered)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add_answers(
    menu: QMenu, entry: CalendarEntry, answered: Callable[[CalendarEntry, Participation], object]
) -> None:
    """Accept, decline, or take back what was answered; what is so already cannot be chosen."""
    menu.addSeparator()
    lines = (
        ("acceptEvent", translate("Calendar", "Accept"), Participation.ACCEPTED),
        ("declineEvent", translate("Calendar", "Decline"), Participation.DECLINED),
        ("unanswerEvent", translate("Calendar", "Not answered"), Participation.NEEDS_ACTION),
    )
    for name, text, answer in lines:
        action = _Action(text, entry, partial(_answer, answered, answer), menu)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setChecked(entry.event.participation is answer)
        action.setEnabled(entry.event.participation is not answer)
        menu.addAction(action)


def _answer(
    answered: Callable[[CalendarEntry, Participation], object],
    answer: Participation,
    entry: CalendarEntry,
) -> None:
    answered(entry, answer)


def list_menu(
    parent: QWidget,
    entries: list[CalendarEntry],
    describe: Callable[[CalendarEntry], str],
    chosen: Command,
) -> QMenu:
    """A line for each of ``entries``; choosing one opens it."""
    menu = QMenu(parent)
    menu.setObjectName("moreEventsMenu")
    for entry in entries:
        line = f"{describe(entry)}  {title_text(entry)}"
        menu.addAction(_Action(line.replace("&", "&&"), entry, chosen, menu))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def hours_menu(parent: QWidget, *, folded: bool, fold: Callable[[bool], object]) -> QMenu:
    """What one can do with the hours."""
    menu = QMenu(parent)
    menu.setObjectName("hoursMenu")
    action = menu.addAction(translate("Calendar", "Fold hours outside work"))
    action.setObjectName("foldHours")
    action.setCheckable(True)
    action.setChecked(folded)
    action.toggled.connect(fold)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


class _Action(QAction):
    """An action about one entry."""

    def __init__(self, text: str, entry: CalendarEntry, command: Command, parent: QMenu) -> None:
        super().__init__(text, parent)
        self._entry = entry
        self._command = command
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        self._command(self._entry)
