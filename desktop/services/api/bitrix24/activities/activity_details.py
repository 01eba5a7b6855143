"""What the lists leave out of activities of ours: read once per version, many in a request."""

from collections.abc import Mapping, Sequence

from desktop.domain.errors import Refusal, RefusedError
from desktop.domain.event import Recording
from desktop.services.api.bitrix24.activities import todo_text
from desktop.services.api.bitrix24.activities.activity_bindings import bindings_from, list_command
from desktop.services.api.bitrix24.activities.cards_write import content_in, get_command
from desktop.services.api.bitrix24.activities.wire_activity import (
    NO_DETAILS,
    ActivityDetails,
    ActivityRow,
    description_text,
    recording_of,
)
from desktop.services.api.bitrix24.batch import LONGEST, Command
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.envelope import BatchReply
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id, as_text
from desktop.services.api.bitrix24.wire import ORIGINATOR

_REMEMBERED = 5_000
_PASSING = (Refusal.BUSY, Refusal.METHOD_BUSY)


class ActivityDetailsReader:
    """Remembers by id and time of change, so that an unchanged activity costs nothing more."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state
        self._known = state.details

    async def of(self, rows: Sequence[ActivityRow]) -> Mapping[str, ActivityDetails]:
        """The details of those rows that have any, by id."""
        wanted = [row for row in rows if has_details(row)]
        missing = [row for row in wanted if self._remembered(row) is None]
        application = self._state.application
        size = LONGEST // 2 if application else LONGEST
        for start in range(0, len(missing), size):
            part = missing[start : start + size]
            commands = {
                name: command
                for row in part
                for name, command in detail_commands(row, application=application).items()
            }
            reply = await self._client.batch(commands, watched=False)
            for row in part:
                self.learn(reply, row)
        return {as_id(row.id): self._remembered(row) or NO_DETAILS for row in wanted}

    def learn(self, reply: BatchReply, row: ActivityRow) -> ActivityDetails:
        """Remembers what ``reply`` tells of a row, should there be anything to tell."""
        if not has_details(row):
            return NO_DETAILS
        details = details_from(reply, row)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[as_id(row.id)] = (as_text(row.last_updated), details)
        return details

    def _remembered(self, row: ActivityRow) -> ActivityDetails | None:
        known = self._known.get(as_id(row.id))
        return known[1] if known is not None and known[0] == as_text(row.last_updated) else None


def has_details(row: ActivityRow) -> bool:
    """Whether it is one of ours, bound to more than its row tells."""
    if as_text(row.originator_id) == ORIGINATOR:
        return True
    todo = recording_of(row) is Recording.TODO
    return todo and bool(todo_text.read(description_text(row))[1])


def detail_commands(row: ActivityRow, *, application: bool) -> dict[str, Command]:
    """What is asked about one row: at most two commands, and cards of nobody but applications."""
    number = as_id(row.id)
    commands = {f"b{number}": list_command(number)}
    if application and recording_of(row) is Recording.CARD:
        commands[f"c{number}"] = get_command(number)
    return commands


def details_from(reply: BatchReply, row: ActivityRow) -> ActivityDetails:
    """The answers about one row; what is refused is not known, anything else is raised."""
    number = as_id(row.id)
    for name in (f"b{number}", f"c{number}"):
        error = reply.errors.get(name)
        if error is not None and (not isinstance(error, RefusedError) or error.reason in _PASSING):
            raise error
    bindings = bindings_from(reply.find(f"b{number}"))
    card = content_in(reply.find(f"c{number}"))
    if card is None:
        return ActivityDetails(bindings)
    return ActivityDetails(bindings, card.title, card.booking)
