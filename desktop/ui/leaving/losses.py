"""What would be lost by closing now."""

from dataclasses import dataclass

from desktop.domain.event import DeliveryMark
from desktop.services.accounts import AccountService
from desktop.services.drafts import DraftService
from desktop.services.outbox import OutboxService


@dataclass(frozen=True, slots=True)
class Losses:
    """Titles and names of changes that no server has, and how much is only here."""

    unsent: tuple[str, ...] = ()
    stuck: bool = False
    """One of them does not go out by itself: somebody has to decide."""
    contacts: int = 0
    events: int = 0
    drafts: int = 0
    """Meetings that are still being written."""

    @property
    def local(self) -> bool:
        """Whether something is on this computer only."""
        return bool(self.contacts or self.events)

    def __bool__(self) -> bool:
        return bool(self.unsent or self.drafts) or self.local


async def losses_of(
    accounts: AccountService, outbox: OutboxService, drafts: DraftService
) -> Losses:
    """Looks at every account; invented sample data is no loss."""
    lines = await outbox.lines()
    contacts = events = 0
    for account in await accounts.all():
        preview = await accounts.removal_preview(account.id)
        if preview.own and not account.sample:
            contacts += preview.contacts
            events += preview.events
    return Losses(
        unsent=tuple(line.summary for line in lines),
        stuck=any(line.entry.state.mark is DeliveryMark.TROUBLE for line in lines),
        contacts=contacts,
        events=events,
        drafts=len(await drafts.open_drafts()),
    )
