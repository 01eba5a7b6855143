"""Wish: what a user's action asks of one record, before it is an op."""

from dataclasses import dataclass

from desktop.domain.ids import AccountId, OpId, RecordKind
from desktop.domain.sync import Record, Scope, Verb


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants of one record. ``wish`` is None for a deletion.

    ``base`` is the copy that the user was looking at (None: what the store knows). ``needs`` is an
    op that has to be done first; a create of a contact that a meeting is with is found by itself.
    """

    kind: RecordKind
    verb: Verb
    account_id: AccountId
    uid: str
    wish: Record | None = None
    base: Record | None = None
    needs: OpId | None = None
    scope: Scope | None = None
