"""Which colleagues are invited: chips, and a search among the account's users. Never clients."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.account import User
from desktop.domain.colleagues import find_colleagues
from desktop.domain.ids import UserId
from desktop.ui.meeting.chip_field import ChipField
from desktop.ui.meeting.colleague_list import ColleagueList


class ColleaguePicker(ChipField):
    """The meeting's colleagues; ``removal_requested`` tells a `UserId`."""

    colleague_chosen = Signal(object)  # UserId

    def __init__(self, parent: QWidget | None = None) -> None:
        self._users: tuple[User, ...] = ()
        self._me: UserId | None = None
        self._invited: tuple[UserId, ...] = ()
        self._found = ColleagueList()
        line = QLineEdit()
        line.setObjectName("meetingAttendeeSearch")
        super().__init__(line, self._found, parent)
        self.setObjectName("meetingAttendees")
        line.setAccessibleName(self.tr("Colleagues: type a name"))
        line.setPlaceholderText(self.tr("Invite a colleague…"))
        self._found.picked.connect(self._pick)

    def show_colleagues(
        self, users: Sequence[User], me: UserId | None, invited: Sequence[UserId]
    ) -> None:
        """Show who is invited as chips; ``users`` are all whom one can choose from."""
        users, invited = tuple(users), tuple(invited)
        if (users, me, invited) == (self._users, self._me, self._invited):
            return
        renamed = users != self._users
        self._users, self._me, self._invited = users, me, invited
        names = {one.id: one.name for one in users}
        former = self.tr("A former colleague")
        chips = [(one, names.get(one, former), names.get(one, "")) for one in invited]
        if renamed:
            self._show_chips(())
        self._show_chips(chips)
        self._line.setPlaceholderText(
            self.tr("Add another…") if invited else self.tr("Invite a colleague…")
        )

    def _find(self, text: str) -> None:
        besides = {*self._invited, *((self._me,) if self._me is not None else ())}
        words = self.tr("No colleague found for “{0}”").format(text.strip())
        if not text.strip():
            words = self.tr("No more colleagues are known")
        self._found.show_users(find_colleagues(text, self._users, besides=besides), words)
        self._open_list()

    def _pick(self, user: User) -> None:
        self._picked()
        self.colleague_chosen.emit(user.id)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_current(self) -> bool:
        user = self._found.current()
        if user is None:
            return False
        self._pick(user)
        return True
