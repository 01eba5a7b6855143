"""Engines: what syncs accounts, as far as accounts come and go."""

from typing import Protocol

from desktop.domain.account import Account
from desktop.domain.ids import AccountId


class Engines(Protocol):
    """`sync.supervisor.SyncSupervisor`, for those who add, change and remove accounts."""

    async def add_account(self, account: Account) -> None:
        """Starts its engine, or starts it anew."""
        ...

    async def remove_account(self, account_id: AccountId) -> None:
        """Ends its engine."""
        ...
