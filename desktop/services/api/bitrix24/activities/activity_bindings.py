"""Whose timelines an activity stands in: bound after it was made, and again where that was lost."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from desktop.domain.errors import AppError, OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Event
from desktop.domain.ids import AccountId, ContactId, RemoteId
from desktop.services.api.bitrix24.activities.activity_calls import ActivityCalls
from desktop.services.api.bitrix24.activities.wire_activity import DEAL_TYPE, Bound
from desktop.services.api.bitrix24.batch import LONGEST, Command
from desktop.services.api.bitrix24.people import PeopleLookup
from desktop.services.api.bitrix24.values import as_id, as_int
from desktop.services.api.bitrix24.wire import CONTACT_TYPE

COMPANY_TYPE = 4
_DONE_BEFORE = frozenset({"ACTIVITY_IS_ALREADY_BOUND", "BINDING_NOT_FOUND"})
_LASTING = frozenset(
    {Refusal.FORBIDDEN, Refusal.NOT_FOUND, Refusal.INVALID, Refusal.UNSUPPORTED, Refusal.OUR_BUG}
)

_log = logging.getLogger(__name__)


class ActivityBindings:
    """Binds and unbinds. Every step may be repeated: what is bound already is a success."""

    def __init__(self, calls: ActivityCalls, people: PeopleLookup, account: AccountId) -> None:
        self._calls = calls
        self._people = people
        self._account = account

    async def wanted(self, wish: Event, company: str = "") -> list[Bound]:
        """Every CRM object that ``wish`` names, its first contact first.

        People whom the portal does not know, because they belong to another account or never got
        there, are left out; without the first of them it is nobody's: RefusedError NOT_FOUND.
        """
        bound: list[Bound] = []
        for contact in wish.contacts:
            remote = await known_id(self._people, contact, self._account)
            if remote is not None:
                bound.append((CONTACT_TYPE, remote))
            elif not bound:
                raise RefusedError(Refusal.NOT_FOUND, subject="owner")
        if wish.deal is not None and as_id(wish.deal):
            bound.append((DEAL_TYPE, as_id(wish.deal)))
        if as_id(company):
            bound.append((COMPANY_TYPE, as_id(company)))
        return bound

    async def complete(self, activity: str, wanted: Sequence[Bound]) -> None:
        """Binds a new activity to everything but its owner, which is the first.

        The activity is there, so nothing here may say that it was refused: what cannot be bound
        for good is left out, and with anything else its outcome counts as unknown, so that
        looking it up completes it.
        """
        commands = {
            f"add{number}": _command("add", activity, one) for number, one in enumerate(wanted[1:])
        }
        if not commands:
            return
        try:
            for error in await self._carry_out(commands):
                if error.reason not in _LASTING:
                    raise OutcomeUnknownError
                _log.info("activity %s is not bound everywhere: %s", activity, error.reason)
        except OutcomeUnknownError:
            raise
        except AppError:
            raise OutcomeUnknownError from None

    async def change(self, activity: str, before: Sequence[Bound], after: Sequence[Bound]) -> None:
        """First what is new, then what goes: an activity never belongs to nobody."""
        commands = {
            f"add{number}": _command("add", activity, one)
            for number, one in enumerate(one for one in after if one not in before)
        }
        commands |= {
            f"del{number}": _command("delete", activity, one)
            for number, one in enumerate(one for one in before if one not in after)
        }
        if not commands:
            return
        for error in await self._carry_out(commands):
            raise error

    async def _carry_out(self, commands: dict[str, Command]) -> list[RefusedError]:
        """The refusals that mean something."""
        refused = []
        names = list(commands)
        for start in range(0, len(names), LONGEST):
            part = {name: commands[name] for name in names[start : start + LONGEST]}
            reply = await self._calls.batch(part)
            for name in part:
                try:
                    reply.get(name)
                except RefusedError as error:
                    if error.code.upper() not in _DONE_BEFORE:
                        refused.append(error)
        return refused


async def known_id(
    people: PeopleLookup, contact_id: ContactId, account: AccountId
) -> RemoteId | None:
    """The number of a contact on this portal: one of another account has its number elsewhere."""
    contact = await people.contact(contact_id)
    if contact is not None and contact.account_id != account:
        return None
    return await people.remote_id(contact_id)


def list_command(activity: str) -> Command:
    """Reads the bindings of an activity."""
    return Command("crm.activity.binding.list", {"activityId": int(activity)})


def bindings_from(raw: msgspec.Raw | None) -> tuple[Bound, ...] | None:
    """The answer to `list_command`; None where it is none."""
    try:
        rows: Any = [] if raw is None else msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return None
    if raw is None or not isinstance(rows, list):
        return None
    found = (
        (as_int(row.get("entityTypeId")), as_id(row.get("entityId")))
        for row in rows
        if isinstance(row, dict)
    )
    return tuple(dict.fromkeys((kind, one) for kind, one in found if kind and one))


def without(bound: Iterable[Bound], kinds: Iterable[int]) -> tuple[Bound, ...]:
    """``bound`` without the objects of some types."""
    left_out = frozenset(kinds)
    return tuple(one for one in bound if one[0] not in left_out)


def _command(verb: str, activity: str, bound: Bound) -> Command:
    kind, number = bound
    return Command(
        f"crm.activity.binding.{verb}",
        {"activityId": int(activity), "entityTypeId": kind, "entityId": int(number)},
    )
