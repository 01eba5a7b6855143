"""What somebody noted in a contact's timeline."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import AccountId, CommentId, ContactId, EventId, UserId


@dataclass(frozen=True, slots=True)
class Comment:
    """A note in the timeline of ``contact``; ``about`` is the meeting that it tells of."""

    id: CommentId
    account_id: AccountId
    contact: ContactId
    text: str
    """Plain text."""
    author: UserId | None = None
    made_at: datetime | None = None
    """UTC."""
    about: EventId | None = None
