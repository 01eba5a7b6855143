"""Ledger: the working copy of one decision, which writes down every change that it takes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.account import Account, AccountState
from desktop.domain.ids import OpId, RemoteId, Revision
from desktop.domain.sync import OpState, OutboxEntry, Record, Verb
from desktop.services.sync.delivery_changes import Bind, Change, CloseAttempt, PutAccount, PutEntry
from desktop.services.sync.delivery_values import Reason, Snapshot
from desktop.services.sync.merge import filled, rebased, with_local_fields

LASTING_REASONS = frozenset({Reason.EDITED, Reason.COPY, Reason.DISTINCT})
"""Reasons that say what an op is, not what is wrong with it."""


class Ledger:
    """The snapshot while it is being decided on; ``changes`` is what became different."""

    def __init__(self, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot = snapshot
        self.now = now
        self.account = snapshot.account
        self.entries = {entry.op_id: entry for entry in snapshot.entries}
        self.remote_ids = dict(snapshot.remote_ids)
        self.changes: list[Change] = []

    @property
    def settle(self) -> timedelta:
        """How long this account's server may go on with a request."""
        own = self.snapshot.timing.settle_s
        return timedelta(seconds=self.account.settle_s if own is None else own)

    def after(self, seconds: float) -> datetime:
        """The moment ``seconds`` from now."""
        return self.now + timedelta(seconds=seconds)

    def get(self, op_id: OpId, *states: OpState) -> OutboxEntry | None:
        """The unfinished op, if it is in one of ``states``."""
        entry = self.entries.get(op_id)
        return entry if entry is not None and entry.state in states else None

    def put(self, entry: OutboxEntry, **different: Any) -> OutboxEntry:
        """Write down what the op is now."""
        entry = replace(entry, **different)
        if self.entries.get(entry.op_id) != entry:
            self.entries[entry.op_id] = entry
            self.changes.append(PutEntry(entry))
        return entry

    def note(self, change: Change) -> None:
        """Write down any other change."""
        self.changes.append(change)

    def put_account(self, **different: Any) -> None:
        """Write down what the account is now."""
        account: Account = replace(self.account, **different)
        if account != self.account:
            self.account = account
            self.note(PutAccount(account))

    def close_attempt(
        self,
        entry: OutboxEntry,
        outcome: str,
        http_status: int | None = None,
        code: str = "",
    ) -> None:
        """Write down how the newest sending of an op ended."""
        self.note(CloseAttempt(entry.seq, self.now, outcome, http_status, code))

    # --- the ways an op can go ----------------------------------------------------------------

    def trouble(
        self, entry: OutboxEntry, state: OpState, reason: str, detail: str = ""
    ) -> OutboxEntry:
        """Only the user can mend it. Tidying up that meets trouble is given up instead."""
        if entry.reason == Reason.COPY:
            return self.put(entry, state=OpState.DISCARDED, not_before=None, settled_at=None)
        return self.put(
            entry, state=state, reason=reason, detail=detail, not_before=None, settled_at=None
        )

    def queue_again(self, entry: OutboxEntry, **different: Any) -> OutboxEntry:
        """It may be sent (again)."""
        kept = entry.reason if entry.reason in LASTING_REASONS else ""
        fresh: dict[str, Any] = {
            "state": OpState.QUEUED,
            "reason": kept,
            "detail": "",
            "not_before": None,
            "settled_at": None,
            "looks": 0,
        }
        return self.put(entry, **(fresh | different))

    def unknown(self, entry: OutboxEntry) -> OutboxEntry:
        """It may have arrived: look soon, and again when the server must be through with it."""
        first = self.snapshot.timing.looks_s[:1]
        settled_at = self.now + self.settle
        look_at = min(settled_at, self.after(first[0])) if first else settled_at
        return self.put(
            entry,
            state=OpState.UNKNOWN,
            was_unknown=True,
            looks=0,
            not_before=look_at,
            settled_at=settled_at,
        )

    def done(
        self,
        entry: OutboxEntry,
        remote_id: RemoteId | None,
        server: Record | None,
        revision: Revision | None,
        *,
        echo: bool = False,
    ) -> None:
        """It has arrived; ``server`` is the copy that the server has now, None where it is gone.

        ``echo``: the copy was read in the same breath as it was written, so that it is our own
        wish as the server spells it; later ones may hold somebody else's changes.
        """
        audits = self.snapshot.timing.audits_s
        audited = entry.verb is Verb.CREATE and entry.was_unknown and bool(audits)
        closed = self.put(
            entry,
            state=OpState.DONE,
            reason="",
            detail="",
            settled_at=None,
            not_before=self.after(audits[0]) if audited else None,
            audits_left=len(audits) if audited else 0,
        )
        if server is not None and remote_id is not None:
            base = server if entry.wish is None else with_local_fields(server, entry.wish)
            self.note(Bind(closed, remote_id, base, revision))
            self.remote_ids[entry.item_uid] = remote_id
            if echo:
                self._rebase(closed, base)
            elif entry.wish is not None:
                # Only what the wish left open is certainly no foreign change.
                self._rebase(closed, filled(entry.wish, base))

    def _rebase(self, done: OutboxEntry, base: Record) -> None:
        """Later changes of the same item now stand on what the server has made of this one."""
        if done.wish is None:
            return
        for entry in self.of_item(done.item_uid):
            if entry.seq > done.seq and entry.state is not OpState.CONFLICT:
                wish = None if entry.wish is None else rebased(entry.wish, done.wish, base)
                stood_on = base if entry.base is None else rebased(entry.base, done.wish, base)
                self.put(entry, wish=wish, base=stood_on)

    def of_item(self, uid: str) -> list[OutboxEntry]:
        """The unfinished ops of one item, by ``seq``."""
        return sorted(
            (e for e in self.entries.values() if e.item_uid == uid and not e.state.finished),
            key=lambda entry: entry.seq,
        )

    def stop_account(self, state: AccountState) -> None:
        """Nothing more is sent until the user or the vendor has acted."""
        self.put_account(state=state)
