"""CalendarEdits: changes an account's calendars on its server while somebody waits."""

from collections.abc import Callable

from desktop.domain.calendar_edit import CalendarEdit
from desktop.domain.errors import OfflineError
from desktop.domain.sync import Verb
from desktop.services.api.port import RemoteAccount
from desktop.services.sync.pulse import Pulse


class CalendarEdits:
    """Only while connected: a calendar that waits in the outbox could hold nothing.

    ``read_again`` is told whether many events may be gone for that reason.
    """

    def __init__(
        self, remote: RemoteAccount, pulse: Pulse, read_again: Callable[[bool], None]
    ) -> None:
        self._remote = remote
        self._pulse = pulse
        self._read_again = read_again

    @property
    def connected(self) -> bool:
        """Whether the server is likely to be reached."""
        return not self._pulse.health.resting(self._pulse.clock())

    async def carry_out(self, edit: CalendarEdit) -> None:
        """One request, then the calendar is read again.

        Raises `OfflineError` while the account rests, and what the account raises.
        """
        if not self.connected:
            raise OfflineError
        try:
            await self._remote.edit_calendar(edit)
        finally:
            self._read_again(edit.verb is Verb.DELETE)  # also where the answer was lost
        self._pulse.answered()
