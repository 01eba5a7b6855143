"""InvitationService: the user's answers to meetings that others call."""

from dataclasses import replace

from desktop.domain.errors import NotFoundError, ReadOnlyError
from desktop.domain.event import Participation
from desktop.domain.ids import EventId
from desktop.domain.invitations import ANSWERS, may_answer
from desktop.services.steps import History, RecordChange, StepCode
from desktop.store.files import StoreFiles

_CODES = {
    Participation.ACCEPTED: StepCode.ACCEPTED,
    Participation.DECLINED: StepCode.DECLINED,
    Participation.NEEDS_ACTION: StepCode.UNANSWERED,
}


class InvitationService:
    """Writes the outbox; never waits for a server."""

    def __init__(self, files: StoreFiles, history: History) -> None:
        self._files = files
        self._history = history

    async def answer(self, event_id: EventId, answer: Participation) -> None:
        """Accepts, declines, or takes the answer back; durable when this returns.

        The event stays somebody else's: nothing but the answer changes. Of a series all of it is
        answered. Raises `NotFoundError`, `ReadOnlyError` where the user is not invited or the
        account cannot tell it, and `StoreFullError`.
        """
        if answer not in ANSWERS:
            raise ValueError("nobody can answer that")
        event = await self._files.cache.read(lambda cache: cache.events.get(event_id))
        if event is None:
            raise NotFoundError
        account = await self._files.own.read(lambda own: own.accounts.get(event.account_id))
        if not may_answer(event, account):
            raise ReadOnlyError
        if event.participation is answer:
            return
        after = replace(event, participation=answer)
        change = RecordChange(event.account_id, event.id, event, after)
        await self._history.perform(_CODES[answer], event.summary, (change,))
