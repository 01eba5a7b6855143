"""The menu of a calendar in the list: make, change and delete calendars on the server."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.account import Account
from desktop.domain.errors import AppError
from desktop.domain.event import Calendar, CalendarKind
from desktop.domain.ids import AccountId
from desktop.services.calendars import CalendarService
from desktop.ui.assets import icon
from desktop.ui.calendar_names import exists_here_only
from desktop.ui.error_texts import text_for
from desktop.ui.sidebar.calendar_list import CalendarPane
from desktop.ui.sidebar.calendar_sheets import CalendarDeletionSheet, CalendarSheet
from desktop.ui.tasks import TaskRunner


class CalendarDesk(QObject):
    """Opens the menu and the sheets, and hands their wishes to the service."""

    def __init__(
        self, service: CalendarService, pane: CalendarPane, tasks: TaskRunner, window: QWidget
    ) -> None:
        super().__init__(window)
        self._service, self._tasks, self._window = service, tasks, window
        pane.list.menu_requested.connect(self._on_menu_requested)

    def _on_menu_requested(self, calendar: Calendar, at: QPoint) -> None:
        self._tasks.start(
            self._service.places(), owner=self, done=partial(self._open_menu, calendar, at)
        )

    def _open_menu(self, calendar: Calendar, at: QPoint, places: tuple[Account, ...]) -> None:
        account = next((one for one in places if one.id == calendar.account_id), None)
        if account is None:
            return
        menu = self.menu(calendar, account)
        menu.popup(at)

    def menu(self, calendar: Calendar, account: Account) -> QMenu:
        """What can be done, and in words why something cannot."""
        menu = QMenu(self._window)
        menu.setObjectName("calendarMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        connected = self._service.connected(account.id)
        reason = self._reason(calendar, connected=connected)
        if reason:
            menu.addAction(icon("info"), reason).setEnabled(False)
            menu.addSeparator()
        able = connected and calendar.changeable
        change = menu.addAction(icon("edit"), self.tr("Name and colour…"))
        change.setEnabled(able)
        change.triggered.connect(partial(self._on_change, calendar, account))
        delete = menu.addAction(icon("trash"), self.tr("Delete calendar…"))
        delete.setEnabled(able)
        delete.triggered.connect(partial(self._on_delete, calendar, account))
        menu.addSeparator()
        new = menu.addAction(icon("plus"), self.tr("New calendar…"))
        new.setEnabled(connected)
        new.triggered.connect(partial(self._on_new, account))
        return menu

    def _reason(self, calendar: Calendar, *, connected: bool) -> str:
        if not connected:
            return self.tr("Calendars can be changed only while the server is reached")
        if calendar.changeable:
            return ""
        if calendar.external:
            return self.tr("Comes from {0}: change it there").format(calendar.external.capitalize())
        if exists_here_only(calendar.id):
            return self.tr("This calendar exists in Parley only")
        if calendar.kind is not CalendarKind.OWN:
            return self.tr("Calendars of groups and of the company are changed in Bitrix24")
        return self.tr("You may look at this calendar, not change it")

    def _on_new(self, account: Account) -> None:
        sheet = CalendarSheet(account.title, parent=self._window)
        sheet.save_requested.connect(partial(self._add, sheet, account.id))
        self._open(sheet)

    def _on_change(self, calendar: Calendar, account: Account) -> None:
        sheet = CalendarSheet(account.title, calendar, self._window)
        sheet.save_requested.connect(partial(self._change, sheet, calendar))
        self._open(sheet)

    def _on_delete(self, calendar: Calendar, account: Account) -> None:
        self._tasks.start(
            self._service.count(calendar),
            owner=self,
            done=partial(self._ask_deletion, calendar, account),
        )

    def _ask_deletion(self, calendar: Calendar, account: Account, events: int) -> None:
        sheet = CalendarDeletionSheet(calendar, account.title, events, self._window)
        sheet.delete_requested.connect(partial(self._delete, sheet, calendar))
        self._open(sheet)

    def _open(self, sheet: CalendarSheet | CalendarDeletionSheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _add(self, sheet: CalendarSheet, account_id: AccountId, name: str, color: str) -> None:
        sheet.say_working()
        work = self._service.add(account_id, name, color)
        self._tasks.start(
            work, owner=sheet, done=_closer(sheet), failed=partial(self._on_failed, sheet)
        )

    def _change(self, sheet: CalendarSheet, calendar: Calendar, name: str, color: str) -> None:
        sheet.say_working()
        work = self._service.change(calendar, name, color)
        self._tasks.start(
            work, owner=sheet, done=_closer(sheet), failed=partial(self._on_failed, sheet)
        )

    def _delete(self, sheet: CalendarDeletionSheet, calendar: Calendar) -> None:
        self._tasks.start(
            self._service.delete(calendar),
            owner=sheet,
            done=_closer(sheet),
            failed=partial(self._on_failed, sheet),
        )

    def _on_failed(self, sheet: CalendarSheet | CalendarDeletionSheet, error: AppError) -> None:
        sheet.say_error(text_for(error))


def _closer(sheet: CalendarSheet | CalendarDeletionSheet) -> Callable[[None], None]:
    def close(_nothing: None) -> None:
        sheet.accept()

    return close
