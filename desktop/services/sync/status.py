"""The truth about sync, made of what the engines know. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.account import Account, AccountKind, AccountState
from desktop.domain.contact import Contact
from desktop.domain.errors import Refusal
from desktop.domain.event import Event
from desktop.domain.sync import (
    AccountSync,
    AttentionItem,
    OpState,
    OutboxEntry,
    Progress,
    SyncPhase,
    SyncStatus,
)

CLOCK_TOLERANCE_S = 300.0
TROUBLE = (OpState.PARKED, OpState.ASK, OpState.CONFLICT)


class Attention:
    """Codes of `AttentionItem`, beside "parked", "ask" and "conflict" (an op, its reason in
    ``detail``) and "sign in", "stopped" and "moved" (an account; the server's code in
    ``detail``, where it told one).
    """

    SUDDENLY_EMPTY = "suddenly empty"
    """``summary``: "calendar" or "contacts"."""
    REFUSED = "refused"
    """A part of the account cannot be read: ``summary`` names it, ``detail`` is a `Refusal`."""
    CLOCK = "clock"
    """The clocks of server and computer differ by ``detail`` seconds."""
    KEYRING = "keyring"
    """The account's secret cannot be had: ``detail`` is a `KeyringState`."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What an engine knows at a moment."""

    account: Account
    unfinished: tuple[OutboxEntry, ...] = ()
    recorded: bool = False
    pulling: bool = False
    progress: Progress | None = None
    last_success: datetime | None = None
    problem: str = ""
    code: str = ""
    """The server's own word for what stops the account, or empty."""
    retry_at: datetime | None = None
    emptied: frozenset[str] = frozenset()
    refused: tuple[tuple[str, str], ...] = ()
    keyring: str = ""


def attention_of(facts: AccountFacts) -> tuple[AttentionItem, ...]:
    """What only the user can mend, the account first."""
    account = facts.account
    items: list[AttentionItem] = []
    if account.state is not AccountState.ACTIVE:
        why = facts.code or facts.problem
        items.append(AttentionItem(account.state.value, account.id, None, account.title, why))
    if facts.keyring:
        items.append(
            AttentionItem(Attention.KEYRING, account.id, None, account.title, facts.keyring)
        )
    items += (
        AttentionItem(Attention.REFUSED, account.id, None, name, reason)
        for name, reason in facts.refused
    )
    items += (
        AttentionItem(Attention.SUDDENLY_EMPTY, account.id, None, part)
        for part in sorted(facts.emptied)
    )
    if abs(account.clock_offset_s) > CLOCK_TOLERANCE_S:
        detail = str(round(account.clock_offset_s))
        items.append(AttentionItem(Attention.CLOCK, account.id, None, account.title, detail))
    items += (
        AttentionItem(entry.state.value, account.id, entry.op_id, summary_of(entry), entry.reason)
        for entry in facts.unfinished
        if entry.state in TROUBLE
    )
    return tuple(items)


def summary_of(entry: OutboxEntry) -> str:
    """The title of the event or the name of the person that an op is about."""
    record = entry.wish or entry.base
    if record is None:
        return ""
    if isinstance(record, Event):
        return record.summary
    return record.name if isinstance(record, Contact) else " ".join(record.text.split())


def account_sync(facts: AccountFacts) -> AccountSync:
    """How one account is doing."""
    waiting = max(len(facts.unfinished), int(facts.recorded))
    return AccountSync(
        account_id=facts.account.id,
        phase=_phase(facts, waiting),
        progress=facts.progress,
        last_success=facts.last_success,
        waiting=waiting,
        retry_at=facts.retry_at,
        problem=_problem(facts),
    )


def _problem(facts: AccountFacts) -> str:
    if facts.account.state is not AccountState.ACTIVE:
        return str(facts.account.state.value)
    return facts.problem


def _phase(facts: AccountFacts, waiting: int) -> SyncPhase:
    if facts.account.kind is AccountKind.LOCAL:
        return SyncPhase.LOCAL_ONLY
    if attention_of(facts):
        return SyncPhase.ATTENTION
    if facts.problem and facts.problem != Refusal.BUSY.value:
        return SyncPhase.OFFLINE
    if waiting or facts.pulling or facts.progress or facts.last_success is None:
        return SyncPhase.SYNCING
    return SyncPhase.UP_TO_DATE


_GRAVEST_FIRST = (
    SyncPhase.ATTENTION,
    SyncPhase.OFFLINE,
    SyncPhase.SYNCING,
    SyncPhase.UP_TO_DATE,
)


def sync_status(all_facts: Iterable[AccountFacts], *, session_only: bool = False) -> SyncStatus:
    """All accounts together: as grave as the gravest."""
    facts = tuple(all_facts)
    accounts = tuple(account_sync(one) for one in facts)
    phases = {one.phase for one in accounts}
    phase = next((one for one in _GRAVEST_FIRST if one in phases), SyncPhase.LOCAL_ONLY)
    successes = [one.last_success for one in accounts if one.phase is not SyncPhase.LOCAL_ONLY]
    known = [at for at in successes if at is not None]
    return SyncStatus(
        phase=phase,
        waiting=sum(one.waiting for one in accounts),
        progress=next((one.progress for one in accounts if one.progress), None),
        # The oldest: the screen as a whole is only as fresh as its stalest part.
        last_success=min(known) if known and len(known) == len(successes) else None,
        accounts=accounts,
        attention=tuple(item for one in facts for item in attention_of(one)),
        session_only=session_only,
    )
