"""When colleagues are busy: one request for all of them."""

from collections.abc import Mapping
from datetime import UTC, timedelta

import msgspec

from desktop.domain.availability import BusyTime
from desktop.domain.errors import OutcomeUnknownError
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import user_number
from desktop.services.api.bitrix24.wire_busy import BUSY, busy_times, culture_of_busy

_MARGIN = timedelta(days=1)
METHOD = "calendar.accessibility.get"


class Accessibility:
    """Free and busy of one portal's employees."""

    def __init__(self, client: Bitrix24Client, state: PortalState) -> None:
        self._client = client
        self._state = state

    async def read(
        self, users: tuple[UserId, ...], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """What takes these colleagues' time within ``span``; whoever cannot be told is left out."""
        numbers = {number: user for user in users if (number := user_number(user)) is not None}
        if not numbers:
            return {}
        # The portal compares days, in a zone of its own: a day more on both sides.
        start, end = span.start.astimezone(UTC) - _MARGIN, span.end.astimezone(UTC) + _MARGIN
        reply = await self._client.call(
            METHOD,
            {
                "users": sorted(numbers),
                "from": start.date().isoformat(),
                "to": end.date().isoformat(),
            },
        )
        told = _by_number(reply.result)
        if told is None:  # an empty list: nobody has anything
            return dict.fromkeys(numbers.values(), ())
        answers = {number: BUSY.counted(told[number]) for number in numbers if number in told}
        state = self._state
        every = [row for rows, _count in answers.values() for row in rows]
        culture = culture_of_busy(every, state.zone, state.culture)
        asked = TimeSpan(start - _MARGIN, end + _MARGIN)
        found: dict[UserId, tuple[BusyTime, ...]] = {}
        for number, (rows, count) in answers.items():
            times = busy_times(rows, asked, state.zone, culture)
            if times is not None and len(rows) == count:
                found[numbers[number]] = tuple(t for t in times if t.span.overlaps(span))
        return found


def _by_number(result: msgspec.Raw) -> dict[int, msgspec.Raw] | None:
    """The answer's lists by the user's number; None for the empty one that may come as a list."""
    try:
        told = msgspec.json.decode(result, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        if bytes(result).strip() == b"[]":
            return None
        raise OutcomeUnknownError from None
    return {int(number): value for key, value in told.items() if (number := as_id(key))}
