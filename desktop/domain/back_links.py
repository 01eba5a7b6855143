"""The pages of a CRM in the browser: where a record can be seen by those who have no Parley."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop.domain.account import Account, AccountKind
from desktop.domain.ids import DealId, RemoteId, UserId


@dataclass(frozen=True, slots=True)
class PortalPages:
    """The pages of one Bitrix24 portal; on a company's own server it may live under a path."""

    portal: str
    """``https://host[:port][/path]`` without a slash at its end."""

    def contact(self, remote_id: RemoteId) -> str:
        """A contact's card."""
        return self._card("contact", remote_id)

    def company(self, remote_id: RemoteId) -> str:
        """A company's card."""
        return self._card("company", remote_id)

    def deal(self, deal_id: DealId) -> str:
        """A deal's card."""
        return self._card("deal", deal_id)

    def lead(self, remote_id: RemoteId) -> str:
        """A lead's card."""
        return self._card("lead", remote_id)

    def event(self, owner: UserId | None, remote_id: RemoteId) -> str:
        """An event in the calendar of its owner, opened; empty where the owner is not known."""
        user = "" if owner is None else str(owner).rpartition(":")[2]
        if not (_is_id(user) and _is_id(remote_id)):
            return ""
        return f"{self.portal}/company/personal/user/{user}/calendar/?EVENT_ID={remote_id}"

    def _card(self, kind: str, remote_id: str) -> str:
        if not _is_id(remote_id):
            return ""
        return f"{self.portal}/crm/{kind}/details/{remote_id}/"


def pages_of(account: Account) -> PortalPages | None:
    """The pages of an account's portal; None where it has none that could be opened safely."""
    if account.kind is not AccountKind.BITRIX24:
        return None
    try:
        parts = urlsplit(account.address)
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        return None
    return PortalPages(f"https://{parts.netloc}{parts.path.rstrip('/')}")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and text != "0"
