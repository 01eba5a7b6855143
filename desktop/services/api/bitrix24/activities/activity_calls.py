"""The methods that write to-dos, cards and bindings, one call each."""

from collections.abc import Mapping

import msgspec

from desktop.domain.errors import OutcomeUnknownError
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.envelope import BatchReply, Reply
from desktop.services.api.bitrix24.values import as_int

TODO = "crm.activity.todo."
CARD = "crm.activity.configurable."

Params = Mapping[str, object]


class ActivityCalls:
    """Raises what `Bitrix24Client` raises; an answer without the expected result is none."""

    def __init__(self, client: Bitrix24Client) -> None:
        self._client = client

    async def todo_add(self, params: Params) -> str:
        """A new to-do's id."""
        return _id(await self._object(f"{TODO}add", params))

    async def todo_update(self, params: Params) -> None:
        """Replaces a to-do: what is left out is emptied."""
        await self._object(f"{TODO}update", params)

    async def todo_deadline(self, todo: Params, value: str) -> None:
        """Moves it; ``todo`` is its id and its owner, which all of these methods insist on."""
        await self._object(f"{TODO}updateDeadline", {**todo, "value": value})

    async def todo_description(self, todo: Params, value: str) -> None:
        """Writes its text anew."""
        await self._object(f"{TODO}updateDescription", {**todo, "value": value})

    async def todo_color(self, todo: Params, color: str) -> None:
        """Paints it: "1" to "7" of the portal's palette."""
        await self._object(f"{TODO}updateColor", {**todo, "colorId": color})

    async def todo_responsible(self, todo: Params, user: int) -> None:
        """Hands it to somebody else."""
        await self._object(f"{TODO}updateResponsibleUser", {**todo, "responsibleId": user})

    async def todo_settings(self, todo: Params) -> Mapping[str, object]:
        """``entityData``: what no list tells of it; ``blocksData``: its calendar event, its
        clients, its links.
        """
        return await self._object(f"{TODO}fetchSettings", todo)

    async def complete(self, activity: str, *, completed: bool) -> None:
        """Closes an activity of any kind but a card, or opens it again."""
        fields = {"COMPLETED": "Y" if completed else "N"}
        await self._client.activity_update(activity, fields)

    async def card_add(self, params: Params) -> str:
        """A new card's id."""
        told = await self._object(f"{CARD}add", params)
        card = told.get("activity")
        return _id(card if isinstance(card, dict) else {})

    async def card_update(self, params: Params) -> None:
        """Lays a card out anew, and changes the given fields."""
        await self._object(f"{CARD}update", params)

    async def batch(self, commands: Mapping[str, Command]) -> BatchReply:
        """Several bindings at once: doing one of them again does no harm."""
        return await self._client.batch(commands)

    async def _object(self, method: str, params: Params) -> dict[str, object]:
        reply: Reply = await self._client.call(method, params)
        try:
            result: object = msgspec.json.decode(reply.result)
        except msgspec.DecodeError:
            raise OutcomeUnknownError from None
        if not isinstance(result, dict):
            raise OutcomeUnknownError
        return result


def _id(told: Mapping[str, object]) -> str:
    number = as_int(told.get("id"))
    if number is None or number <= 0:
        raise OutcomeUnknownError
    return str(number)
