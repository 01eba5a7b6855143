"""BackLinks: the page of a meeting in the browser, wherever the meeting was made."""

from desktop.domain.account import Account
from desktop.domain.back_links import pages_of
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, RecordKind, RemoteId
from desktop.services.sync.names import address_in
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


class BackLinks:
    """Answers from the store; empty where a meeting has no page (yet)."""

    def __init__(self, files: StoreFiles) -> None:
        self._files = files

    async def of_event(self, event: Event) -> str:
        """An event of the calendar; what the CRM keeps stands in its contact's card."""

        def look(own: OwnTables) -> str:
            account = own.accounts.get(event.account_id)
            pages = None if account is None else pages_of(account)
            if account is None or pages is None:
                return ""
            if event.record is RecordKind.ACTIVITY:
                return _first_contact(own, account, event)
            uid = event.series_id or event.id
            remote_id = remote_of(own, account.id, RecordKind.EVENT, uid)
            owner = account.user_id
            return "" if remote_id is None else pages.event(owner, remote_id)

        return await self._files.own.read(look)


def remote_of(own: OwnTables, account_id: AccountId, kind: RecordKind, uid: str) -> RemoteId | None:
    """What the server calls one of our records; None while it does not know it."""
    item = own.items.get(uid)
    if item is not None:
        return item.remote_id
    address = address_in(account_id, uid)
    return address[1] if address is not None and address[0] is kind else None


def _first_contact(own: OwnTables, account: Account, event: Event) -> str:
    pages = pages_of(account)
    if pages is None or not event.contacts:
        return ""
    remote_id = remote_of(own, account.id, RecordKind.CONTACT, event.contacts[0])
    return "" if remote_id is None else pages.contact(remote_id)
