"""Comments of a timeline: the portal's rows and ours.

``crm.timeline.comment.*`` has no field for a foreign key, so the marker is the last line of the
text, as in calendar events.
"""

import hashlib
from typing import Any

import msgspec

from desktop.domain.comment import Comment
from desktop.domain.ids import (
    AccountId,
    CommentId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
    server_uid,
)
from desktop.domain.sync import RemoteRecord
from desktop.services.api.bitrix24.markers import split_marker
from desktop.services.api.bitrix24.plain import plain_rich
from desktop.services.api.bitrix24.values import as_id, as_text, instant
from desktop.services.api.bitrix24.wire import RowReader, contact_id

COMMENT_SELECT = ("ID", "ENTITY_ID", "ENTITY_TYPE", "CREATED", "COMMENT", "AUTHOR_ID")
OWNER = "contact"
"""What the comment methods call a contact."""


class CommentRow(msgspec.Struct, rename="upper"):
    """A comment as it comes; any value may have any type."""

    id: Any = None
    entity_id: Any = None
    entity_type: Any = None
    created: Any = None
    comment: Any = None
    author_id: Any = None


COMMENTS = RowReader(CommentRow)


def comment_record(row: CommentRow, account: AccountId) -> RemoteRecord | None:
    """The server's copy of a comment; None without an id or where it is not a contact's."""
    remote, owner = as_id(row.id), as_id(row.entity_id)
    if not remote or not owner or as_text(row.entity_type).strip().lower() not in ("", OWNER):
        return None
    text = split_marker(as_text(row.comment))[0]
    author = as_id(row.author_id)
    comment = Comment(
        id=CommentId(server_uid(account, RecordKind.COMMENT, RemoteId(remote))),
        account_id=account,
        contact=contact_id(account, owner),
        text=plain_rich(text),
        author=UserId(author) if author else None,
        made_at=instant(row.created),
    )
    # Comments have no time of change: their text is what tells versions apart.
    revision = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    return RemoteRecord(RecordKind.COMMENT, RemoteId(remote), Revision(revision), comment)


def marker_in(row: CommentRow) -> str:
    """The marker line that ends the comment, or empty."""
    return split_marker(as_text(row.comment))[1]
