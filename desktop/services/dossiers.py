"""DossierService: what a CRM knows of a contact beside the card, from the cache at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from desktop.domain.account import Account, AccountKind
from desktop.domain.back_links import pages_of
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact
from desktop.domain.crm import (
    MOST_OWN_FIELDS,
    Block,
    BlockState,
    Deal,
    Dossier,
    OwnField,
    TimelineEntry,
    TimelineKind,
    newest_first,
)
from desktop.domain.errors import AppError, NotFoundError, OfflineError, Refusal
from desktop.domain.ids import AccountId, ContactId, RecordKind, UserId
from desktop.services.back_links import remote_of
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.settings import names_from, names_to, own_fields_name
from desktop.services.sync.cursor_names import DEALS_AT, OWN_FIELDS
from desktop.services.sync.pull_dossiers import fields_from
from desktop.store.cache import CacheTables
from desktop.store.comments import CommentLine
from desktop.store.dossier_blocks import StoredDossier, deals_of, dossier_of, replace_deals
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables

TIMELINE_SHOWN = 20


class Reads(Protocol):
    """`services.sync.pull_dossiers.DossierPull`, as far as it is asked from here."""

    async def read(self, contact_id: ContactId, *, watched: bool = True) -> None:
        """Reads one contact's dossier into the cache."""
        ...

    async def own_fields(self) -> tuple[OwnField, ...]:
        """Asks for the server's own fields."""
        ...


class DossierService:
    """Answers from the cache; a newer answer is asked for by `refresh` and told by the feed."""

    def __init__(
        self,
        files: StoreFiles,
        feed: ChangeFeed,
        reader: Callable[[AccountId], Reads | None],
    ) -> None:
        self._files = files
        self._feed = feed
        self._reader = reader

    async def of(self, contact_id: ContactId) -> Dossier:
        """What is known here. Raises `NotFoundError` where there is no such contact."""

        def read(
            cache: CacheTables,
        ) -> tuple[Contact | None, StoredDossier, tuple[CommentLine, ...], dict[str, str]]:
            contact = cache.contacts.get(contact_id)
            users = () if contact is None else cache.users.of(contact.account_id)
            names = {_number(user.id): user.name for user in users}
            lines = cache.comments.of_contact(contact_id)
            account_id = None if contact is None else contact.account_id
            return contact, _known(cache, contact_id, account_id), lines, names

        contact, stored, lines, names = await self._files.cache.read(read)
        if contact is None:
            raise NotFoundError
        account, chosen = await self._files.own.read(lambda own: _own_side(own, contact))
        if account is None:
            raise NotFoundError
        remote_id = await self._files.own.read(
            lambda own: remote_of(own, contact.account_id, RecordKind.CONTACT, contact_id)
        )
        if account.user_id is not None and account.user_name:
            names.setdefault(_number(account.user_id), account.user_name)
        past = (*stored.past.entries, *(_noted(line) for line in lines))
        timeline = newest_first(past, TIMELINE_SHOWN)
        return Dossier(
            contact=contact_id,
            deals=stored.deals.deals,
            leads=stored.deals.leads,
            companies=stored.companies.companies,
            timeline=tuple(_named(entry, names) for entry in timeline),
            fields=tuple(one for one in stored.fields.values if one.field.name in chosen),
            states=_states(stored, account),
            blocks=_blocks(account, chosen),
            pages=pages_of(account),
            remote_id=remote_id,
            commentable=account.kind is AccountKind.LOCAL or account.capabilities.timeline,
        )

    async def deals(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """The contact's open deals that are known here, the last changed first."""

        def read(cache: CacheTables) -> tuple[Deal, ...]:
            contact = cache.contacts.get(contact_id)
            account_id = None if contact is None else contact.account_id
            return _known(cache, contact_id, account_id).deals.deals

        return await self._files.cache.read(read)

    async def refresh(self, contact_id: ContactId) -> None:
        """Asks the server; what it says is told by the feed.

        A contact of this computer, or one that has not reached its server, needs no asking.
        Raises `OfflineError`, `RefusedError` and `OutcomeUnknownError`.
        """
        contact = await self._files.cache.read(lambda cache: cache.contacts.get(contact_id))
        if contact is None:
            return
        account, _chosen = await self._files.own.read(lambda own: _own_side(own, contact))
        if account is None or account.kind is AccountKind.LOCAL or not _asks(account):
            return
        reader = self._reader(contact.account_id)
        if reader is None:
            raise OfflineError
        try:
            await reader.read(contact_id)
        except NotFoundError:
            return

    async def available_fields(self, account_id: AccountId) -> tuple[OwnField, ...]:
        """The account's own fields, asked for now; those known before where that fails.

        Raises what the account raises where none are known.
        """
        reader = self._reader(account_id)
        try:
            if reader is None:
                raise OfflineError
            return await reader.own_fields()
        except AppError:
            text = await self._files.cache.read(lambda c: c.cursors.get(account_id, OWN_FIELDS))
            known = fields_from(text)
            if not known:
                raise
            return known

    async def chosen_fields(self, account_id: AccountId) -> tuple[str, ...]:
        """The names of the own fields that stand on the account's cards."""
        text = await self._files.own.read(lambda own: own.settings.get(own_fields_name(account_id)))
        return names_from(text)[:MOST_OWN_FIELDS]

    async def choose_fields(self, account_id: AccountId, names: tuple[str, ...]) -> None:
        """These fields are to stand on the cards; not more than six."""
        text = names_to(names[:MOST_OWN_FIELDS])
        await self._files.own.write(lambda own: own.settings.put(own_fields_name(account_id), text))
        self._feed.publish(Topic.TIMELINE, account_id=account_id)


def _known(
    cache: CacheTables, contact_id: ContactId, account_id: AccountId | None
) -> StoredDossier:
    """What was read for this contact, with the deals of the general reading where it is newer."""
    stored = dossier_of(cache.dossiers, contact_id)
    text = None if account_id is None else cache.cursors.get(account_id, DEALS_AT)
    if text is None:
        return stored
    at, state = datetime.fromisoformat(text), stored.states.get(Block.DEALS, BlockState())
    if state.as_of is not None and state.as_of >= at:
        return stored
    deals = deals_of(cache.deals.of_contact(contact_id))
    return replace(
        stored,
        deals=replace_deals(stored.deals, deals),
        states={**stored.states, Block.DEALS: BlockState(at)},
    )


def _own_side(own: OwnTables, contact: Contact) -> tuple[Account | None, frozenset[str]]:
    account_id = contact.account_id
    chosen = names_from(own.settings.get(own_fields_name(account_id)))
    return own.accounts.get(account_id), frozenset(chosen)


def _asks(account: Account) -> bool:
    return account.capabilities.deals or account.capabilities.timeline


def _blocks(account: Account, chosen: frozenset[str]) -> tuple[Block, ...]:
    if account.kind is AccountKind.LOCAL:
        return (Block.TIMELINE,)
    wanted = (Block.DEALS, Block.COMPANIES, Block.FIELDS, Block.TIMELINE)
    return tuple(block for block in wanted if block is not Block.FIELDS or chosen)


def _states(stored: StoredDossier, account: Account) -> Mapping[Block, BlockState]:
    """What may not be read for want of a right is told even before it was ever asked."""
    states = dict(stored.states)
    if account.kind is AccountKind.LOCAL:
        return states
    missing = account.capabilities.missing_scopes
    lacking = Refusal.MISSING_SCOPE if "crm" in missing else Refusal.UNSUPPORTED
    able = {Block.DEALS: account.capabilities.deals, Block.TIMELINE: account.capabilities.timeline}
    for block, can in able.items():
        if not can:
            states[block] = replace(states.get(block, BlockState()), problem=lacking.value)
    return states


def _noted(line: CommentLine) -> TimelineEntry:
    comment: Comment = line.comment
    return TimelineEntry(
        kind=TimelineKind.COMMENT,
        text=comment.text,
        at=comment.made_at,
        author=_number(comment.author),
        comment=comment.id,
        mark=line.mark,
    )


def _named(entry: TimelineEntry, names: Mapping[str, str]) -> TimelineEntry:
    """With the author's name; somebody unknown stays nameless: a number says nothing."""
    return replace(entry, author=names.get(entry.author, ""))


def _number(user: UserId | None) -> str:
    """A user's id on the server: accounts differ in whether theirs stands before it."""
    return "" if user is None else str(user).rpartition(":")[2]
