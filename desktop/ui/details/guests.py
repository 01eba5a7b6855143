"""Who is invited: the organizer first, each with their answer; a long list is folded."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.event import Attendee, Participation
from desktop.domain.invitations import in_order
from desktop.ui.details.rows import FactRow
from desktop.ui.details.snapshot import EventDetails
from desktop.ui.details.texts import ANSWER_ICONS, attendee_text
from desktop.ui.widgets.buttons import LinkButton
from desktop.ui.widgets.labels import section_label, small_label

FOLDED = 6
"""So many are shown of a list that is longer."""


class GuestList(QWidget):
    """Nothing is shown where nobody else is invited."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("eventGuests")
        self._guests: tuple[tuple[Attendee, str], ...] = ()
        self._open = False
        self._rows: list[FactRow] = []
        self._counts = small_label(wrap=True)
        self._counts.setObjectName("eventGuestCounts")
        self._fold = LinkButton()
        self._fold.setObjectName("eventGuestFold")
        self._fold.clicked.connect(self._on_fold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(section_label(self.tr("Invited")))
        self._column.addWidget(self._counts)
        self._column.addWidget(self._fold)
        self.hide()

    def show_details(self, details: EventDetails) -> None:
        """Show who is invited to this event."""
        me = None if details.account is None else details.account.user_id
        invited = in_order(details.event, me)
        guests = tuple((one, attendee_text(one, details.users)) for one in invited)
        alone = all(one.participation is Participation.ORGANIZER for one in invited)
        self.setVisible(not alone)
        if guests == self._guests:
            return
        if {one[0].user for one in guests} != {one[0].user for one in self._guests}:
            self._open = False
        self._guests = guests
        self._show()

    def texts(self) -> tuple[str, ...]:
        """The lines that are shown."""
        shown = self._guests if self._open else self._guests[: self._shown_count()]
        return tuple(text for _one, text in shown)

    def _shown_count(self) -> int:
        # One line more is no longer than the link that would unfold it.
        return len(self._guests) if len(self._guests) <= FOLDED + 1 else FOLDED

    def _show(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        count = len(self._guests) if self._open else self._shown_count()
        self._rows = []
        for attendee, text in self._guests[:count]:
            row = FactRow(ANSWER_ICONS[attendee.participation], text)
            self._rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        self._counts.setText(self._summary())
        more = len(self._guests) - self._shown_count()
        self._fold.setVisible(more > 0)
        self._fold.setText(
            self.tr("Show fewer") if self._open else self.tr("Show %n more", "", more)
        )

    def _summary(self) -> str:
        """How many have answered what: "2 accepted · 1 declined · 3 no answer yet"."""
        given = [one.participation for one, _text in self._guests]
        parts = (
            (given.count(Participation.ACCEPTED), self.tr("{0} accepted")),
            (given.count(Participation.DECLINED), self.tr("{0} declined")),
            (given.count(Participation.TENTATIVE), self.tr("{0} maybe")),
            (given.count(Participation.NEEDS_ACTION), self.tr("{0} no answer yet")),
        )
        return " · ".join(words.format(count) for count, words in parts if count)

    def _on_fold(self) -> None:
        self._open = not self._open
        self._show()
