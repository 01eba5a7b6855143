"""AccountStore: which systems the user is signed in to."""

from typing import Any

import msgspec

from desktop.domain.account import (
    Account,
    AccountKind,
    AccountState,
    Capabilities,
    MarkerSearch,
    SignIn,
)
from desktop.domain.event import Recording
from desktop.domain.ids import AccountId, UserId
from desktop.store.codec import draft_from_bytes
from desktop.store.codec_time import from_micros, micros
from desktop.store.database import Connection

_COLUMNS = (
    "id, kind, title, address, user_id, user_name, time_zone, state, marker_search,"
    " settle_s, clock_offset_s, capabilities, sample, made_at, sign_in,"
    " member_id, recording, moved_to, color"
)

_PLACES = ",".join("?" * 19)


class AccountStore:
    """Rows <-> `Account`. Secrets are elsewhere."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order in which they were added."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM account ORDER BY rowid")  # noqa: S608
        return tuple(map(_account, rows))

    def get(self, account_id: AccountId) -> Account | None:
        """One account."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM account WHERE id = ?",  # noqa: S608
            (account_id,),
        ).fetchone()
        return None if row is None else _account(row)

    def put(self, account: Account) -> None:
        """Adds an account, or writes it anew without touching what belongs to it."""
        self._db.execute(
            f"""INSERT INTO account ({_COLUMNS}) VALUES ({_PLACES})
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title,
            address = excluded.address, user_id = excluded.user_id,
            user_name = excluded.user_name, time_zone = excluded.time_zone,
            state = excluded.state, marker_search = excluded.marker_search,
            settle_s = excluded.settle_s, clock_offset_s = excluded.clock_offset_s,
            capabilities = excluded.capabilities, sample = excluded.sample,
            made_at = excluded.made_at, sign_in = excluded.sign_in,
            member_id = excluded.member_id, recording = excluded.recording,
            moved_to = excluded.moved_to, color = excluded.color""",  # noqa: S608
            (
                account.id,
                account.kind.value,
                account.title,
                account.address,
                account.user_id,
                account.user_name,
                account.time_zone,
                account.state.value,
                account.marker_search.value,
                account.settle_s,
                account.clock_offset_s,
                msgspec.json.encode(account.capabilities),
                account.sample,
                None if account.made_at is None else micros(account.made_at),
                account.sign_in.value,
                account.member_id,
                None if account.recording is None else account.recording.value,
                account.moved_to,
                account.color,
            ),
        )

    def remove(self, account_id: AccountId) -> None:
        """Forgets the account with its items, ops, attempts, conflicts, versions and drafts."""
        owned = {
            uid
            for (uid,) in self._db.execute(
                "SELECT uid FROM item WHERE account_id = ?", (account_id,)
            )
        }
        drafts = self._db.execute("SELECT id, body FROM draft").fetchall()
        for draft_id, body in drafts:
            if _draft_belongs(body, account_id, owned):
                self._db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
        self._db.execute("DELETE FROM account WHERE id = ?", (account_id,))


def _draft_belongs(body: bytes, account_id: AccountId, owned: set[str]) -> bool:
    draft = draft_from_bytes(body)
    ids: list[str | None] = [draft.calendar_id, draft.event_id, *draft.contacts]
    return any(uid in owned or (uid or "").startswith(f"{account_id}:") for uid in ids)


def _account(row: tuple[Any, ...]) -> Account:
    return Account(
        id=AccountId(row[0]),
        kind=AccountKind(row[1]),
        title=row[2],
        address=row[3],
        user_id=None if row[4] is None else UserId(row[4]),
        user_name=row[5],
        time_zone=row[6],
        state=AccountState(row[7]),
        marker_search=MarkerSearch(row[8]),
        settle_s=row[9],
        clock_offset_s=row[10],
        capabilities=msgspec.json.decode(row[11], type=Capabilities),
        sample=bool(row[12]),
        made_at=None if row[13] is None else from_micros(row[13]),
        sign_in=SignIn(row[14]),
        member_id=row[15],
        recording=None if row[16] is None else Recording(row[16]),
        moved_to=row[17],
        color=row[18],
    )
