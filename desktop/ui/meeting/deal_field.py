"""DealField: which of the person's open deals a meeting is about; known offline."""

import asyncio

from PySide6.QtCore import Signal

from desktop.domain.crm import Deal
from desktop.domain.errors import AppError
from desktop.domain.ids import ContactId, DealId, DraftId
from desktop.domain.meeting import MeetingDraft
from desktop.ui.contacts.dossier_texts import deal_text, deal_title
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.meeting.choices import Choice
from desktop.ui.meeting.editor import MeetingEditor
from desktop.ui.meeting.parts import FormParts

TITLE_LETTERS = 36


def shortened(text: str, letters: int) -> str:
    """``text``, or its beginning and an ellipsis."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


class DealField(Choice):
    """The deals of whom the meeting is with, the last changed first; it comes by itself.

    That one is chosen for a new meeting unless the user says otherwise. Deals that arrive only
    after the dialog has opened are offered, and none is chosen behind the user's back.
    """

    offer_changed = Signal()  # there is something to choose from now, or no more

    def __init__(self, editor: MeetingEditor, parts: FormParts) -> None:
        super().__init__("meetingDeal", "")
        self.setAccessibleName(self.tr("Deal"))
        self._editor, self._tasks = editor, parts.tasks
        self._dossiers = parts.dossiers
        self._about: tuple[DraftId, ContactId | None] | None = None
        self._deals: tuple[Deal, ...] = ()
        self._decided = False
        self._reading: asyncio.Task[tuple[Deal, ...]] | None = None
        self.picked.connect(self._on_picked)

    @property
    def offered(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._deals) or (self._person() is not None and self._chosen() is not None)

    def show_draft(self, draft: MeetingDraft) -> None:
        """Show the draft's deal; another person brings other deals."""
        about = (draft.id, self._person())
        if about != self._about:
            another = self._about is None or self._about[0] != draft.id
            if another:
                # Who comes back to a draft has decided already.
                self._decided = draft.touched or draft.event_id is not None
            elif self._about is not None and self._about[1] is not None:
                self._decided = False
            self._about, self._deals = about, ()
            self._read(forget=not another)
        self._fill(draft.deal)

    def _person(self) -> ContactId | None:
        """Whose deals are offered; None where the account keeps none."""
        draft, around = self._editor.draft, self._editor.surroundings
        contact = around.main_contact(draft)
        able = around.capabilities(draft).deals and self._dossiers is not None
        return contact.id if contact is not None and able else None

    def _chosen(self) -> DealId | None:
        return self._editor.draft.deal

    def _read(self, *, forget: bool) -> None:
        person = None if self._about is None else self._about[1]
        if forget and self._chosen() is not None:
            self._editor.propose_deal(None)  # it was another person's
        if person is None or self._dossiers is None:
            return
        self._reading = self._tasks.start(
            self._dossiers.deals(person), owner=self, done=self._on_read, replaces=self._reading
        )

    def _on_read(self, deals: tuple[Deal, ...]) -> None:
        self._take(deals)
        if deals and not self._decided and self._chosen() is None:
            self._editor.propose_deal(deals[0].id)
        if not deals:
            self._ask()

    def _ask(self) -> None:
        """Nobody has looked at this person yet: the server may know of deals."""
        person = None if self._about is None else self._about[1]
        if person is not None and self._dossiers is not None:
            self._tasks.start(
                self._asked(person), owner=self, done=self._take, failed=self._on_unasked
            )

    async def _asked(self, person: ContactId) -> tuple[Deal, ...]:
        assert self._dossiers is not None
        dossier = await self._dossiers.of(person)
        if dossier.states:
            return dossier.deals
        await self._dossiers.refresh(person)
        deals = await self._dossiers.deals(person)
        return deals if self._about is not None and self._about[1] == person else ()

    def _on_unasked(self, _error: AppError) -> None:
        """A meeting is booked without a deal as well as with one."""

    def _take(self, deals: tuple[Deal, ...]) -> None:
        self._deals = deals
        self._fill(self._chosen())
        self.offer_changed.emit()

    def _fill(self, chosen: DealId | None) -> None:
        self._rows().clear()
        self.add(self.tr("No deal"), None)
        for deal in self._deals:
            # The stage and the sum tell deals apart; they must not be pushed out of sight.
            parts = (shortened(deal_title(deal), TITLE_LETTERS), deal_text(deal))
            self.add(SEPARATOR.join(part for part in parts if part), deal.id)
        if not self.take(chosen) and chosen is not None:
            self.add(self.tr("Deal {number}").format(number=chosen), chosen)
            self.take(chosen)

    def _on_picked(self, deal: DealId | None) -> None:
        self._decided = True
        self._editor.set_deal(deal)
