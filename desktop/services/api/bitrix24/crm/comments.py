"""Comments in a contact's timeline: added, changed, deleted, read and found again."""

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.comment import Comment
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.ids import ContactId, OpId, RemoteId
from desktop.domain.sync import OutboxEntry, Record, RemoteRecord
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.crm.wire_comment import (
    COMMENT_SELECT,
    COMMENTS,
    OWNER,
    CommentRow,
    comment_record,
    marker_in,
)
from desktop.services.api.bitrix24.markers import marker_line, with_marker
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, instant
from desktop.services.api.bitrix24.wire import CONTACT_TYPE, each, user_number

PAGE = 50
_SEARCHED_PAGES = 40
_CLOCKS_APART = timedelta(hours=1)
"""A comment that is older than its op by more than this is not the op's."""


class Comments:
    """The timeline comments of one account. Nothing here repeats a request."""

    def __init__(self, client: Bitrix24Client, state: PortalState, people: PeopleLookup) -> None:
        self._client = client
        self._state = state
        self._people = people

    async def create(self, wish: Comment, op: OpId) -> RemoteId:
        """Adds a comment to its contact's timeline, in the user's name."""
        fields: dict[str, object] = {
            "ENTITY_ID": int(await self._owner(wish.contact)),
            "ENTITY_TYPE": OWNER,
            "COMMENT": with_marker(wish.text, marker_line(op)),
        }
        author = user_number(self._state.user)
        if author:
            fields["AUTHOR_ID"] = author
        await self._client.warm_up()
        return RemoteId(await self._client.comment_add(fields))

    async def update(self, remote: RemoteId, wish: Comment) -> None:
        """Replaces the text; the marker, if there is one, stays behind it."""
        row = await self._row(remote)
        if row is None:
            raise RefusedError(Refusal.NOT_FOUND, method="crm.timeline.comment.update")
        line = marker_in(row)
        text = with_marker(wish.text, line) if line else wish.text
        await self._client.comment_update(remote, {"COMMENT": text})

    async def delete(self, remote: RemoteId, base: Record | None) -> None:
        """Deletes; already gone is done."""
        owner: dict[str, object] = {}
        if isinstance(base, Comment):
            number = await self._people.remote_id(base.contact)
            if number is not None:
                owner = {"ownerTypeId": CONTACT_TYPE, "ownerId": int(number)}
        try:
            await self._client.comment_delete(remote, owner)
        except RefusedError as error:
            if error.reason is not Refusal.NOT_FOUND:
                raise

    async def fetch(self, remote: RemoteId) -> RemoteRecord | None:
        """The comment now, or None where it is gone."""
        row = await self._row(remote)
        return None if row is None else self._record(row)

    async def look_up(self, entry: OutboxEntry) -> tuple[RemoteRecord, ...]:
        """The contact's comments that end in this op's marker line, the oldest first.

        Raises `OutcomeUnknownError` where there are too many comments to have seen them all.
        """
        if not isinstance(entry.wish, Comment):
            return ()
        owner = await self._owner(entry.wish.contact)
        line = marker_line(entry.op_id)
        found: dict[str, CommentRow] = {}
        for page in range(_SEARCHED_PAGES):
            rows, more = await self._page(owner, page * PAGE)
            found.update((as_id(row.id), row) for row in rows if marker_in(row) == line)
            if not more or _all_older(rows, entry.made_at - _CLOCKS_APART):
                break
        else:
            raise OutcomeUnknownError
        records = each(found.values(), self._record, "comment")
        ordered = sorted(records, key=lambda record: int(record.remote_id))
        return tuple(replace(record, marker=entry.op_id) for record in ordered)

    async def _page(self, owner: RemoteId, start: int) -> tuple[list[CommentRow], bool]:
        reply = await self._client.call(
            "crm.timeline.comment.list",
            {
                "filter": {"ENTITY_ID": int(owner), "ENTITY_TYPE": OWNER},
                "select": list(COMMENT_SELECT),
                "order": {"ID": "DESC"},
                "start": start,
            },
        )
        rows, told = COMMENTS.counted(reply.result)
        return rows, told >= PAGE

    async def _row(self, remote: RemoteId) -> CommentRow | None:
        try:
            reply = await self._client.comment_get(remote)
        except RefusedError as error:
            if error.reason is Refusal.NOT_FOUND:
                return None
            raise
        row = COMMENTS.row(reply.result)
        if row is None or as_id(row.id) != remote:
            raise OutcomeUnknownError
        return row

    async def _owner(self, contact: ContactId) -> RemoteId:
        number = await self._people.remote_id(contact)
        if number is None:
            raise RefusedError(Refusal.NOT_FOUND, subject="owner")
        return number

    def _record(self, row: CommentRow) -> RemoteRecord | None:
        return comment_record(row, self._state.account)


def _all_older(rows: list[CommentRow], moment: datetime) -> bool:
    """Whether nothing on later pages can be as young as ``moment``: only if they run backwards."""
    ids = [int(as_id(row.id) or 0) for row in rows]
    made = instant(rows[-1].created) if rows else None
    return ids == sorted(ids, reverse=True) and made is not None and made < moment
