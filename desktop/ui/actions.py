"""Every command once: its name, its text and its keys."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from desktop.ui.assets import icon
from desktop.ui.single_keys import KeyReader, SingleKeys


class Actions(QObject):
    """The commands of the main window; whoever carries one out connects its ``triggered``.

    A command that does not exist yet is there but hidden, and its keys do nothing.
    """

    def __init__(self, parent: QObject | None = None, *, reader: KeyReader | None = None) -> None:
        super().__init__(parent)
        self._characters: dict[str, QAction] = {}
        self._keys: dict[Qt.Key, QAction] = {}
        self._make_views()
        self._make_navigation()
        self._make_commands()
        self._make_history()
        self._make_files()
        self.single_keys = SingleKeys(self._characters, self._keys, reader)

    def _make_views(self) -> None:
        self.views = QActionGroup(self)
        self.view_day = self._view("viewDayAction", self.tr("Day"), "1")
        self.view_work_week = self._view("viewWorkWeekAction", self.tr("Work week"), "3")
        self.view_week = self._view("viewWeekAction", self.tr("Week"), "4")
        self.view_month = self._view("viewMonthAction", self.tr("Month"), "6")
        self.view_agenda = self._view("viewAgendaAction", self.tr("Agenda"), "7")
        self.view_month.setVisible(False)
        self.view_agenda.setVisible(False)
        self.view_week.setChecked(True)

    def _make_navigation(self) -> None:
        self.today = self._make("todayAction", self.tr("Today"), "", "t")
        self.previous = self._make("previousAction", self.tr("Previous"), "chevron-left", "p")
        self.next = self._make("nextAction", self.tr("Next"), "chevron-right", "n")
        self._keys[Qt.Key.Key_PageUp] = self.previous
        self._keys[Qt.Key.Key_PageDown] = self.next
        self.find_contact = self._make(
            "findContactAction", self.tr("Find a contact"), "search", "/"
        )

    def _make_commands(self) -> None:
        self.new_meeting = self._make("newMeetingAction", self.tr("New meeting"), "plus", "c")
        self.new_meeting.setShortcut(QKeySequence(QKeySequence.StandardKey.New))
        self.schedule_shown = self._make(
            "scheduleShownAction", self.tr("Meeting with the shown contact"), "calendar-plus", "m"
        )
        self.outcome = self._make(
            "outcomeAction", self.tr("What became of the meeting…"), "check", "o"
        )
        self.accept = self._make("acceptAction", self.tr("Accept the invitation"), "check", "a")
        self.decline = self._make("declineAction", self.tr("Decline the invitation"), "close", "x")
        self.new_contact = self._make(
            "newContactAction", self.tr("New contact…"), "person-plus", "", "Ctrl+Shift+N"
        )
        self.sync_now = self._make("syncNowAction", self.tr("Sync now"), "refresh", "", "F5")
        self.show_outbox = self._make("showOutboxAction", self.tr("Waiting changes"), "outbox")
        self.next_free = self._make(
            "nextFreeSlotAction", self.tr("Next free slot"), "clock", "", "Alt+Down"
        )
        self.settings = self._make("settingsAction", self.tr("Settings…"), "settings", "", "Ctrl+,")
        self.settings.setVisible(False)

    def _make_history(self) -> None:
        self.undo = self._make("undoAction", self.tr("Undo"), "undo")
        self.redo = self._make("redoAction", self.tr("Redo"), "redo")
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)

    def _make_files(self) -> None:
        self.add_account = self._make("addAccountAction", self.tr("Add account…"), "plus")
        self.accounts = self._make("accountsAction", self.tr("Accounts…"), "people")
        self.import_files = self._make("importAction", self.tr("Import…"), "download")
        self.export_files = self._make("exportAction", self.tr("Export…"), "upload")
        self.about = self._make("aboutAction", self.tr("About Parley"), "info")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.quit = self._make("quitAction", self.tr("Quit"), "", "", "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _view(self, name: str, text: str, key: str) -> QAction:
        action = self._make(name, text, "", key)
        action.setCheckable(True)
        self.views.addAction(action)
        return action

    def _make(
        self, name: str, text: str, icon_name: str = "", key: str = "", shortcut: str = ""
    ) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        if icon_name:
            action.setIcon(icon(icon_name))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        keys = key.upper() or shown
        action.setToolTip(f"{text.rstrip('…')} ({keys})" if keys else text.rstrip("…"))
        if key:
            self._characters[key] = action
        return action
