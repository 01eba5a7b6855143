"""The portal's methods, one call each: paced, decoded, and with its errors told apart."""

import time
from collections.abc import Collection, Mapping, Sequence

import msgspec

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.services.api.bitrix24.batch import Command, encoded
from desktop.services.api.bitrix24.envelope import (
    BatchReply,
    Reply,
    ServerTime,
    read_batch,
    read_message,
    settle,
)
from desktop.services.api.bitrix24.signing_in.access import Access, Call
from desktop.services.api.bitrix24.values import as_int
from desktop.services.api.http import JsonHttp
from desktop.services.api.limits import RateLimiter

STALE_S = 5.0
"""After so long without traffic a connection may be dead: a cheap read precedes a create."""

Fields = Mapping[str, object]


class Bitrix24Client:
    """A portal seen by one user, through a webhook or as an application.

    Every method may raise `OfflineError`, `RefusedError` and `OutcomeUnknownError`. ``watched``
    is True for what the user waits for.
    """

    def __init__(self, http: JsonHttp, access: Access, limiter: RateLimiter) -> None:
        self._http = http
        self._access = access
        self._limiter = limiter
        self._resets: dict[str, float] = {}

    def allow_pace(self, most_per_s: float) -> None:
        """The portal's plan allows so many requests a second for ever."""
        self._limiter.allow(most_per_s)

    async def call(self, method: str, params: Fields, *, watched: bool = True) -> Reply:
        """One method, one request."""
        reply = await self._let_in(method, params, (method,), watched=watched)
        self._heed_time(method, reply.time)
        return reply

    async def batch(
        self, commands: Mapping[str, Command], *, halt: bool = False, watched: bool = True
    ) -> BatchReply:
        """Up to 50 reading commands in one request, in their order."""
        methods = {name: command.method for name, command in commands.items()}
        body = encoded(commands, halt=halt)
        reply = await self._let_in("batch", body, set(methods.values()), watched=watched)
        answer = read_batch(reply, methods)
        for name, method in methods.items():
            self._heed_command(answer, name, method)
        return answer

    async def warm_up(self) -> None:
        """A cheap read where the connection has been idle, so that no create meets a dead one."""
        if self._http.idle_s > STALE_S:
            await self.call("server.time", {})

    async def card_add(self, method: str, params: Fields) -> str:
        """A new card's id, told as a number or with the whole card."""
        return await self._write_id(method, params)

    async def card_change(self, method: str, params: Fields) -> None:
        """Changes or deletes a card; may time out although it works."""
        await self._write(method, params)

    async def activity_add(self, fields: Fields) -> str:
        """A new activity's id."""
        return await self._write_id("crm.activity.add", {"fields": fields})

    async def activity_update(self, activity: str, fields: Fields) -> None:
        """Changes the given fields."""
        await self._write("crm.activity.update", {"id": int(activity), "fields": fields})

    async def activity_delete(self, activity: str) -> None:
        """Deletes it, and the calendar event that it caused."""
        await self._write("crm.activity.delete", {"id": int(activity)})

    async def activity_move(self, activity: str, source: str, target: str) -> None:
        """Binds an activity to another contact, which becomes its owner."""
        await self._write(
            "crm.activity.binding.move",
            {
                "activityId": int(activity),
                "sourceEntityTypeId": 3,
                "sourceEntityId": int(source),
                "targetEntityTypeId": 3,
                "targetEntityId": int(target),
            },
        )

    async def comment_get(self, comment: str) -> Reply:
        """One comment of a timeline."""
        return await self.call("crm.timeline.comment.get", {"id": int(comment)})

    async def comment_add(self, fields: Fields) -> str:
        """A new comment's id."""
        return await self._write_id("crm.timeline.comment.add", {"fields": fields})

    async def comment_update(self, comment: str, fields: Fields) -> None:
        """Changes the text. It answers null where it succeeds, as deleting does."""
        await self.call("crm.timeline.comment.update", {"id": int(comment), "fields": fields})

    async def comment_delete(self, comment: str, owner: Fields) -> None:
        """Deletes; ``owner`` says from whose timeline, where it may stand in several."""
        await self.call("crm.timeline.comment.delete", {"id": int(comment), **owner})

    async def event_get(self, event: str) -> Reply:
        """One event, of a series the master; the result is null where it is gone."""
        return await self.call("calendar.event.getbyid", {"id": int(event)})

    async def event_add(self, fields: Fields) -> str:
        """A new event's id."""
        return await self._write_id("calendar.event.add", fields)

    async def event_update(self, fields: Fields) -> None:
        """Replaces an event: what is left out is lost."""
        await self._write("calendar.event.update", fields)

    async def event_delete(self, event: str) -> None:
        """Deletes an event; of a series all of it."""
        await self._write("calendar.event.delete", {"id": int(event)})

    async def status_set(self, event: str, status: str) -> None:
        """The caller's answer to an invitation; ``event`` is the caller's own copy."""
        await self._write("calendar.meeting.status.set", {"eventId": int(event), "status": status})

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()
        await self._access.aclose()

    @property
    def application(self) -> bool:
        """Whether calls are made as an application, which some methods insist on."""
        return self._access.application

    async def _let_in(
        self, method: str, params: Fields, paced_by: Collection[str], *, watched: bool
    ) -> Reply:
        """The reply; once more where only the token had to be renewed: nothing was run before."""
        reply, refusal = await self._paced(method, params, paced_by, watched=watched)
        if refusal is not None:
            if not await self._access.renew(*refusal):
                raise refusal[1]
            reply, refusal = await self._paced(method, params, paced_by, watched=watched)
        if refusal is not None:
            raise refusal[1]
        assert reply is not None
        return reply

    async def _paced(
        self, method: str, params: Fields, paced_by: Collection[str], *, watched: bool
    ) -> tuple[Reply, None] | tuple[None, tuple[Call, RefusedError]]:
        """The reply, or the call that was refused and why: exactly one of them."""
        async with self._limiter.turn(paced_by, watched=watched):
            call = await self._access.call(method, params)
            try:
                reply = await self._post(method, call)
            except RefusedError as error:
                self._heed(error, method)
                return None, (call, error)
        await self._access.worked(call)
        return reply, None

    async def _post(self, method: str, call: Call) -> Reply:
        answer = await self._http.post(call.url, call.body, read_message)
        return settle(
            answer.value, answer.status, method=method, retry_after_s=answer.retry_after_s
        )

    async def _write(self, method: str, params: Fields) -> object:
        """A write's decoded result; false or null is no success."""
        reply = await self.call(method, params)
        try:
            result: object = msgspec.json.decode(reply.result)
        except msgspec.DecodeError:
            raise OutcomeUnknownError from None
        if result is None or result is False:
            raise OutcomeUnknownError
        return result

    async def _write_id(self, method: str, params: Fields) -> str:
        told = await self._write(method, params)
        if isinstance(told, dict) and isinstance(told.get("item"), dict):
            told = told["item"].get("id")
        number = as_int(told)
        if number is None or number <= 0:
            raise OutcomeUnknownError
        return str(number)

    def _heed(self, error: RefusedError, method: str) -> None:
        """Lets the portal's limits reach the limiter, and the wait it chose reach the error."""
        if error.reason is Refusal.BUSY:
            self._limiter.limited()
        elif error.reason is Refusal.METHOD_BUSY and error.retry_after_s is None:
            reset = self._resets.get(method, 0.0) - time.monotonic()
            error.retry_after_s = self._limiter.method_limited(method, reset if reset > 0 else None)

    def _heed_command(self, answer: BatchReply, name: str, method: str) -> None:
        error: AppError | None = answer.errors.get(name)
        if isinstance(error, RefusedError):
            self._heed(error, method)
        elif name in answer.times:
            self._heed_time(method, answer.times[name])

    def _heed_time(self, method: str, told: ServerTime) -> None:
        if told.reset_in_s is not None:
            self._resets[method] = time.monotonic() + told.reset_in_s
        self._limiter.answered(method, told.operating_s)


def chain(name: str, steps: int) -> Sequence[str]:
    """The names of a chain's commands: no numbers, because maps of those come back as lists."""
    return tuple(f"{name}{number}" for number in range(steps))
