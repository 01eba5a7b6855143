"""WaitingNotice: an account waits for its user, said over the window without stopping anybody."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.ids import AccountId
from desktop.domain.sync import AttentionItem, SyncStatus
from desktop.ui.notices import NoticeBar
from desktop.ui.sync.outbox_texts import attention_action, attention_text

CODES = frozenset({"sign in", "moved"})


class WaitingNotice(QObject):
    """Speaks once of each account, until it works again; what one closes stays closed."""

    acted = Signal(object)  # AttentionItem

    def __init__(self, notices: NoticeBar) -> None:
        super().__init__(notices)
        self._notices = notices
        self._told: set[tuple[AccountId | None, str]] = set()
        self._shown: tuple[AccountId | None, str] | None = None
        self._said = ""

    def show_status(self, status: SyncStatus) -> None:
        """Say what is new, and take back what is over."""
        waiting = {
            (item.account_id, item.code): item for item in status.attention if item.code in CODES
        }
        if self._shown is not None and self._shown not in waiting:
            self._take_back()
        self._told &= waiting.keys()
        for key, item in waiting.items():
            if key not in self._told:
                self._told.add(key)
                self._say(key, item)
                return

    def _say(self, key: tuple[AccountId | None, str], item: AttentionItem) -> None:
        self._shown, self._said = key, attention_text(item)
        self._notices.say(
            self._said,
            kind="warning",
            action=attention_action(item),
            answer=partial(self.acted.emit, item),
        )

    def _take_back(self) -> None:
        if self._notices.accessibleName() == self._said:
            self._notices.dismiss()
        self._shown = None
