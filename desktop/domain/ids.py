"""One type per kind of id, so that a contact is never looked up as an event."""

import uuid
from enum import Enum
from typing import NewType

AccountId = NewType("AccountId", str)
CalendarId = NewType("CalendarId", str)
ContactId = NewType("ContactId", str)
EventId = NewType("EventId", str)
UserId = NewType("UserId", str)
RemoteId = NewType("RemoteId", str)
"""A record's id as its own server writes it; unique per account and `RecordKind` only."""

OpId = NewType("OpId", str)
"""A UUID made with a wish. It travels to the server as the marker of a create."""

DraftId = NewType("DraftId", str)
DealId = NewType("DealId", str)
"""A deal's id as its own server writes it; unique per account only."""

CommentId = NewType("CommentId", str)
Revision = NewType("Revision", str)
"""A server's version of a record, compared for equality only."""


class RecordKind(Enum):
    """What a record is on its server; with account and remote id it names one record."""

    CONTACT = "contact"
    EVENT = "event"
    ACTIVITY = "activity"
    COMMENT = "comment"


def new_uid() -> str:
    """A fresh random UUID for a record, an op or a draft."""
    return str(uuid.uuid4())


def server_uid(account: AccountId, kind: RecordKind, remote_id: RemoteId) -> str:
    """The local id of a record first seen on a server: the same at every pull, everywhere."""
    return f"{account}:{kind.value}:{remote_id}"
