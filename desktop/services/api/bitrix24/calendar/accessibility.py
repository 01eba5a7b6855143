"""When colleagues are busy: one request for all of them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.domain.availability import BusyTime
from desktop.domain.errors import OutcomeUnknownError
from desktop.domain.ids import CalendarId, UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.calendar.calendar_rows import EVENTS
from desktop.services.api.bitrix24.calendar.places import ALL_ROOMS, ROOMS, home_of
from desktop.services.api.bitrix24.calendar.wire_busy import BUSY, busy_times, culture_of_busy
from desktop.services.api.bitrix24.calendar.wire_calendar import section_id_of
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.values import as_id
from desktop.services.api.bitrix24.wire import section_of, user_number

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
        """What takes these colleagues' time within ``span``; whoever cannot be told is left out.

        A room is asked for by the id of its calendar.
        """
        rooms = {number: one for one in users if (number := room_number(one)) is not None}
        people = tuple(user for user in users if user not in rooms.values())
        found = dict(await self._people(people, span))
        if rooms:
            found.update(await self._rooms(rooms, span))
        return found

    async def _rooms(
        self, rooms: Mapping[int, UserId], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
        """Every booking of a room is an event of the room's own calendar."""
        start, end = span.start.astimezone(UTC) - _MARGIN, span.end.astimezone(UTC) + _MARGIN
        days = {"from": start.date().isoformat(), "to": end.date().isoformat()}
        reply = await self._client.call(
            "calendar.event.get", {**ALL_ROOMS.fields, **days, "section": sorted(rooms)}
        )
        found: dict[UserId, list[BusyTime]] = {room: [] for room in rooms.values()}
        for row in EVENTS.rows(reply.result):
            room = rooms.get(int(section_id_of(row) or 0))
            when = self._state.reader.when(row)
            if room is None or when is None:
                continue
            taken = when.in_zone(self._state.zone).in_zone(UTC)
            if taken.overlaps(span):
                found[room].append(BusyTime(taken))
        return {room: tuple(sorted(times, key=_start)) for room, times in found.items()}

    async def _people(
        self, users: tuple[UserId, ...], span: TimeSpan
    ) -> Mapping[UserId, tuple[BusyTime, ...]]:
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


def room_number(asked: UserId) -> int | None:
    """The number of the room whose calendar's id was given; None for a colleague's id."""
    calendar = CalendarId(str(asked))
    if home_of(calendar, UserId("")).type != ROOMS:
        return None
    return section_of(calendar)


def _start(one: BusyTime) -> datetime:
    return one.span.start


def _by_number(result: msgspec.Raw) -> dict[int, msgspec.Raw] | None:
    """The answer's lists by the user's number; None for the empty one that may come as a list."""
    try:
        told = msgspec.json.decode(result, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        if bytes(result).strip() == b"[]":
            return None
        raise OutcomeUnknownError from None
    return {int(number): value for key, value in told.items() if (number := as_id(key))}
