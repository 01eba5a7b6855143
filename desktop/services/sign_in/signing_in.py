"""What a sign-in leaves behind: secrets in the keyring, and the account as it is from now on."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desktop.domain.account import Account, AccountState, SignIn
from desktop.domain.errors import KeyringError
from desktop.domain.ids import AccountId
from desktop.services.api.bitrix24.probes import ProbeAnswer, answers_from, answers_to
from desktop.services.api.bitrix24.signing_in.tokens import TokenKeeper
from desktop.services.settings import probes_name
from desktop.services.sign_in.account_secrets import (
    AccountTokens,
    Secrets,
    app_secret_names,
    put_app_key,
    webhook_secret_name,
)
from desktop.services.sign_in.connection import ConnectionReport
from desktop.store.own import OwnTables

COLORS = ("#4f46e5", "#0d9488", "#d97706", "#db2777", "#0284c7", "#65a30d", "#9333ea", "#dc2626")
"""What tells accounts apart, in the order in which they are taken."""


async def keep_secrets(
    secrets: Secrets, account_id: AccountId, report: ConnectionReport, now: datetime
) -> None:
    """Keeps what was tested: the webhook, or the application's key and its tokens.

    Tokens of an earlier sign-in stay beside the new ones until those have worked.
    """
    if report.app is None:
        await secrets.put(webhook_secret_name(account_id), report.secret)
        return
    key, pair = report.app
    await put_app_key(secrets, account_id, key)
    keeper = TokenKeeper(AccountTokens(secrets, account_id))
    await keeper.load()
    await keeper.keep(pair, now)


async def drop_other_secrets(secrets: Secrets, account: Account) -> None:
    """Removes what an account signed in by before it chose another way."""
    by_app = account.sign_in is SignIn.OAUTH
    others = (webhook_secret_name(account.id),) if by_app else app_secret_names(account.id)
    with contextlib.suppress(KeyringError):  # it is of no use any more
        for name in others:
            await secrets.remove(name)


def keep_probed(
    own: OwnTables, account_id: AccountId, report: ConnectionReport, now: datetime
) -> None:
    """Keeps what signing in has shown of the portal beside what is known of it."""
    if report.probed:
        name = probes_name(account_id)
        answers = answers_from(own.settings.get(name) or "")
        answers |= {probe: ProbeAnswer(answer, now) for probe, answer in report.probed}
        own.settings.put(name, answers_to(answers))


def renewed(known: Account, found: Account) -> Account:
    """``known`` after its user has signed in again, as ``found`` tells."""
    return replace(
        known,
        state=AccountState.ACTIVE,
        address=found.address,
        moved_to="",
        sign_in=found.sign_in,
        member_id=found.member_id or known.member_id,
        user_name=found.user_name,
        time_zone=found.time_zone,
        capabilities=found.capabilities,
        clock_offset_s=found.clock_offset_s,
    )


def free_color(accounts: Iterable[Account]) -> str:
    """The first colour that no account has; where all are taken, the one that is rarest."""
    taken = [account.color for account in accounts]
    return min(COLORS, key=taken.count)
