"""ContactService: find people, show them, keep them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.domain.account import Account
from desktop.domain.contact import Contact, ContactHit, MatchReason, SearchResult
from desktop.domain.duplicates import may_be_same
from desktop.domain.errors import Field, InvalidInputError, NotFoundError, ReadOnlyError
from desktop.domain.event import CalendarEntry, DeliveryMark
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.localtime import LocalTime, local_time_of
from desktop.domain.ranking import Acquaintance
from desktop.domain.timespan import TimeSpan
from desktop.services.acquaintance import Acquaintances
from desktop.services.agenda import Agenda
from desktop.services.changes import Change, ChangeFeed, Topic
from desktop.services.memory import ContactMemory
from desktop.services.steps import History, RecordChange, StepCode
from desktop.services.sync.cursor_names import CONTACTS_COMPLETE, CONTACTS_TOTAL, SYNCED_AT
from desktop.store.cache import CacheTables
from desktop.store.deal_search import found_by_deal
from desktop.store.files import StoreFiles

_FREE_SLOTS, _FREE_MIN, _LAST_ENTRIES = 3, 60, 3
_SIMILAR_AT_MOST = 10
_AWAITED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ContactCard:
    """All that the card of a contact shows."""

    contact: Contact
    account_title: str
    local_time: LocalTime | None
    next_entry: CalendarEntry | None
    recent: tuple[CalendarEntry, ...]
    """Past meetings, the newest first."""
    free: tuple[TimeSpan, ...]
    """My next free hours."""
    as_of: datetime | None
    """When the account was read last; None for this computer."""
    pinned: bool
    mark: DeliveryMark


class ContactService:
    """Answers from the cache only; what the user changes is durable when a call returns."""

    def __init__(
        self,
        files: StoreFiles,
        undo: History,
        agenda: Agenda,
        feed: ChangeFeed,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        local_time: Callable[[Contact], LocalTime | None] = local_time_of,
    ) -> None:
        self._files = files
        self._undo = undo
        self._agenda = agenda
        self._feed = feed
        self._clock = clock
        self._zone = zone
        self._local_time = local_time
        self._memory = ContactMemory(files, clock)
        self._acquaintances = Acquaintances(files, agenda, self._memory, feed, clock, zone)
        self._coverage: SearchResult | None = None
        self._changed_meanwhile = False
        feed.subscribe(self._on_change)

    async def find(
        self, query: str, *, limit: int = 50, account_id: AccountId | None = None
    ) -> SearchResult:
        """Whom ``query`` means, the likeliest first; a newer search cancels this one.

        An empty query gives the pinned, then the people of today and tomorrow, then those looked
        at last. With ``account_id`` only that account is searched and counted.
        """
        cover = await (self._cover() if account_id is None else self._cover_of(account_id))
        if not query.strip():
            hits = await self._acquaintances.likely(limit, account_id)
        else:
            hits = await self._search(query, "contacts", limit, account_id)
        return replace(cover, query=query, hits=hits)

    async def open(self, contact_id: ContactId) -> ContactCard:
        """The card of a contact, who is remembered as looked at. Raises `NotFoundError`."""
        now = self._clock()

        def read(
            cache: CacheTables,
        ) -> tuple[Contact | None, DeliveryMark, CalendarEntry | None, tuple[CalendarEntry, ...]]:
            return (
                cache.contacts.get(contact_id),
                cache.contacts.mark_of(contact_id),
                cache.events.next_for_contact(contact_id, now),
                cache.events.last_for_contact(contact_id, now, _LAST_ENTRIES),
            )

        contact, mark, coming, past = await self._files.cache.read(read)
        if contact is None:
            raise NotFoundError
        await self._memory.remember(contact_id)
        account = await self._account(contact.account_id)
        return ContactCard(
            contact=contact,
            account_title="" if account is None else account.title,
            local_time=self._local_time(contact),
            next_entry=coming,
            recent=past,
            free=await self._agenda.free_slots(now, _FREE_MIN, _FREE_SLOTS),
            as_of=await self._as_of(contact.account_id),
            pinned=contact_id in self._memory.pinned,
            mark=mark,
        )

    async def get(self, contact_id: ContactId) -> Contact:
        """One contact. Raises `NotFoundError`."""
        contact = await self._files.cache.read(lambda cache: cache.contacts.get(contact_id))
        if contact is None:
            raise NotFoundError
        return contact

    async def save(self, contact: Contact, *, new: bool = False) -> ContactId:
        """Keeps a contact, in any account; durable when this returns, also offline.

        Raises `InvalidInputError` (NAME "empty"), `ReadOnlyError`, `NotFoundError` and
        `StoreFullError`.
        """
        if not contact.name.strip():
            raise InvalidInputError(Field.NAME, "empty")
        account = await self._account(contact.account_id)
        if account is None:
            raise NotFoundError
        before = None if new else await self.get(contact.id)
        allowed = account.capabilities
        if not (allowed.create_contacts if new else allowed.edit_contacts) or contact.read_only:
            raise ReadOnlyError
        change = RecordChange(contact.account_id, contact.id, before, contact)
        if before != contact:
            code = StepCode.CONTACT_ADDED if new else StepCode.CONTACT_EDITED
            await self._undo.perform(code, contact.name, (change,))
        return contact.id

    async def delete(self, contact_id: ContactId) -> None:
        """Takes a contact out; their meetings stay. Raises `ReadOnlyError`, `NotFoundError`."""
        contact = await self.get(contact_id)
        account = await self._account(contact.account_id)
        if contact.read_only or account is None or not account.capabilities.edit_contacts:
            raise ReadOnlyError
        change = RecordChange(contact.account_id, contact_id, contact, None)
        await self._undo.perform(StepCode.CONTACT_DELETED, contact.name, (change,))

    async def set_pinned(self, contact_id: ContactId, pinned: bool) -> None:
        """Puts somebody on top of the empty search, or takes them off."""
        await self._memory.set_pinned(contact_id, pinned)
        self._acquaintances.forget()
        self._feed.publish(Topic.CONTACTS, contact_id)

    async def likely_duplicates(self, contact: Contact) -> tuple[Contact, ...]:
        """Who in any account may be the same person; a hint while a contact is typed."""

        def look(cache: CacheTables) -> tuple[Contact, ...]:
            found = [one for phone in contact.phones for one in _ringing(cache, phone.value)]
            queries = [email.value for email in contact.emails if email.value.strip()]
            if contact.given_name.strip() and contact.family_name.strip():
                queries.append(f"{contact.given_name} {contact.family_name}")
            for query in queries:
                hits = cache.contacts.search(query, limit=_SIMILAR_AT_MOST, today=self._today())
                found += [hit.contact for hit in hits]
            return tuple({one.id: one for one in found}.values())

        found = await self._files.cache.search(look, lane="duplicates")
        same = [one for one in found if one.id != contact.id and may_be_same(contact, one)]
        return tuple(same[:_SIMILAR_AT_MOST])

    async def search_when_online(self, query: str) -> None:
        """Remembers a search that the cache could not answer, over restarts too."""
        if query.strip():
            await self._memory.await_search(query.strip())

    async def answered_searches(self) -> tuple[SearchResult, ...]:
        """The remembered searches that find somebody by now; each is given once.

        Ask after contacts have changed. A search that finds nobody in complete accounts is
        answered too: there is no such contact.
        """
        await self._memory.load()
        answered: list[SearchResult] = []
        for query in self._memory.awaited:
            result = await self._look_again(query)
            if result.hits or not result.incomplete_accounts:
                answered.append(result)
        await self._memory.answered(frozenset(result.query for result in answered))
        return tuple(answered)

    async def _look_again(self, query: str) -> SearchResult:
        hits = await self._search(query, "awaited", _AWAITED_SHOWN)
        return replace(await self._cover(), query=query, hits=hits)

    async def _search(
        self, query: str, lane: str, limit: int, account_id: AccountId | None = None
    ) -> tuple[ContactHit, ...]:
        known, today = await self._acquaintances.now(), self._today()
        return await self._files.cache.search(
            lambda cache: search_everywhere(
                cache, query, limit, Acquaintance(known.pinned, known.met, today), account_id
            ),
            lane=lane,
        )

    async def _cover(self) -> SearchResult:
        """How much is here. Counted again only after contacts changed: one asks with each key."""
        if self._coverage is not None:
            return self._coverage
        known = await self._acquaintances.now()
        self._changed_meanwhile = False
        counted = await self._files.cache.read(lambda cache: coverage(cache, known.remote_accounts))
        found = replace(counted, accounts=known.any_account)
        if not (found.incomplete_accounts or self._changed_meanwhile):
            self._coverage = found
        return found

    async def _cover_of(self, account_id: AccountId) -> SearchResult:
        """How much of one account is here."""
        known = await self._acquaintances.now()
        remote = tuple(one for one in known.remote_accounts if one == account_id)
        found = await self._files.cache.read(lambda cache: coverage(cache, remote, account_id))
        return replace(found, accounts=known.any_account)

    def _on_change(self, change: Change) -> None:
        if change.topic in (Topic.CONTACTS, Topic.ACCOUNTS):
            self._coverage, self._changed_meanwhile = None, True

    async def _account(self, account_id: AccountId) -> Account | None:
        return await self._files.own.read(lambda own: own.accounts.get(account_id))

    async def _as_of(self, account_id: AccountId) -> datetime | None:
        text = await self._files.cache.read(lambda c: c.cursors.get(account_id, SYNCED_AT))
        return None if text is None else datetime.fromisoformat(text)

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()


def search_everywhere(
    cache: CacheTables,
    query: str,
    limit: int,
    around: Acquaintance,
    account_id: AccountId | None = None,
) -> tuple[ContactHit, ...]:
    """Whom ``query`` means by what is known of them, then by their deals, then by slips."""
    hits = cache.contacts.search(
        query,
        limit=limit,
        today=around.today,
        pinned=frozenset(around.pinned),
        met=around.met,
        account_id=account_id,
    )
    direct = tuple(hit for hit in hits if hit.reason is not MatchReason.TYPO)
    room = limit - len(direct)
    if room <= 0:
        return hits
    known = {hit.contact.id for hit in direct}
    by_deal = found_by_deal(cache.deals, cache.contacts, query, room, around)
    fresh = tuple(
        hit
        for hit in by_deal
        if hit.contact.id not in known and account_id in (None, hit.contact.account_id)
    )
    named = known | {hit.contact.id for hit in fresh}
    slips = tuple(hit for hit in hits[len(direct) :] if hit.contact.id not in named)
    return (*direct, *fresh, *slips)[:limit]


def coverage(
    cache: CacheTables, accounts: tuple[AccountId, ...], within: AccountId | None = None
) -> SearchResult:
    """How much of the servers' contacts is here, of all accounts or of one: without hits."""
    missing = [one for one in accounts if cache.cursors.get(one, CONTACTS_COMPLETE) is None]
    totals = [cache.cursors.get(one, CONTACTS_TOTAL) for one in missing]
    total = cache.contacts.count(within)
    expected = None
    if missing and all(text and text.isdecimal() for text in totals):
        here = sum(cache.contacts.count(one) for one in missing)
        expected = total - here + sum(int(text) for text in totals if text)
    return SearchResult("", (), total, expected, tuple(missing))


def _ringing(cache: CacheTables, number: str) -> tuple[Contact, ...]:
    return cache.contacts.by_phone_digits(number) if any(map(str.isdecimal, number)) else ()
