"""What a cheap read tells about an account, kept with it."""

from dataclasses import replace

from desktop.domain.ids import AccountId
from desktop.services.api.port import Identity, RemoteAccount
from desktop.services.changes import ChangeFeed, Topic
from desktop.services.kept_customs import keep_customs
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


async def check_account(
    remote: RemoteAccount, files: StoreFiles, feed: ChangeFeed, account_id: AccountId
) -> None:
    """One cheap read; raises what it raises."""
    identity = await remote.check()

    def remember(own: OwnTables) -> bool:
        known = remember_identity(own, account_id, identity)
        return keep_customs(own, account_id, identity.customs) or known

    if await files.own.write(remember):
        feed.publish(Topic.ACCOUNTS, account_id=account_id)


def remember_identity(own: OwnTables, account_id: AccountId, identity: Identity) -> bool:
    """Writes down what changed of rights, name, zone and clock; says whether anything did."""
    account = own.accounts.get(account_id)
    if account is None:
        return False
    known = replace(
        account,
        user_id=account.user_id or identity.user_id,
        user_name=identity.user_name or account.user_name,
        time_zone=identity.time_zone or account.time_zone,
        capabilities=identity.capabilities,
        clock_offset_s=identity.clock_offset_s,
    )
    if known == account:
        return False
    own.accounts.put(known)
    # The offset to the server moves with every answer; nobody has to look at the account for it.
    return replace(known, clock_offset_s=account.clock_offset_s) != account
