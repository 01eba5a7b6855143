"""CommentService: what is noted in a contact's timeline, also offline."""

from collections.abc import Callable
from datetime import datetime

from desktop.domain.account import Account, AccountKind
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.errors import Field, InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.ids import CommentId, ContactId, EventId, new_uid
from desktop.services.steps import History, RecordChange, StepCode
from desktop.store.files import StoreFiles


class CommentService:
    """Comments are added and taken back through the outbox; durable when a call returns."""

    def __init__(self, files: StoreFiles, undo: History, clock: Callable[[], datetime]) -> None:
        self._files = files
        self._undo = undo
        self._clock = clock

    async def add(
        self, contact_id: ContactId, text: str, *, about: EventId | None = None
    ) -> CommentId:
        """Notes ``text`` in the contact's timeline; ``about``: the meeting that it tells of.

        Raises `InvalidInputError` (COMMENT "empty"), `NotFoundError`, `ReadOnlyError` where the
        account cannot do that, and `StoreFullError`.
        """
        if not text.strip():
            raise InvalidInputError(Field.COMMENT, "empty")
        contact, account = await self._whose(contact_id)
        if account.kind is not AccountKind.LOCAL and not account.capabilities.timeline:
            raise ReadOnlyError
        comment = Comment(
            id=CommentId(new_uid()),
            account_id=account.id,
            contact=contact_id,
            text=text.strip(),
            author=account.user_id,
            made_at=self._clock(),
            about=about,
        )
        change = RecordChange(account.id, comment.id, None, comment)
        await self._undo.perform(StepCode.COMMENTED, contact.name, (change,))
        return comment.id

    async def delete(self, comment_id: CommentId) -> None:
        """Takes a comment out of its timeline. Raises `NotFoundError`."""
        comment = await self._files.cache.read(lambda cache: cache.comments.get(comment_id))
        if comment is None:
            raise NotFoundError
        contact, _account = await self._whose(comment.contact)
        change = RecordChange(comment.account_id, comment_id, comment, None)
        await self._undo.perform(StepCode.COMMENT_DELETED, contact.name, (change,))

    async def _whose(self, contact_id: ContactId) -> tuple[Contact, Account]:
        contact = await self._files.cache.read(lambda cache: cache.contacts.get(contact_id))
        if contact is None:
            raise NotFoundError
        account_id = contact.account_id
        account = await self._files.own.read(lambda own: own.accounts.get(account_id))
        if account is None:
            raise NotFoundError
        return contact, account
