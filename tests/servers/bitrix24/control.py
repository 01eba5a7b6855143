"""The tests' back door: seed, look, change as a colleague would, plan faults. Plain HTTP."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import calendar_records as records
from . import registry
from .calendar_control import CalendarVerbs
from .control_apps import AppControl
from .control_crm import COLLEAGUE, CrmVerbs
from .envelope import encode
from .errors import RestError
from .faults import Fault
from .seeds import furnish, seed_contacts, user_row
from .settings import ALL_SCOPES
from .values import Row
from .web import Portal
from .world import Credential


class Control(AppControl, CrmVerbs, CalendarVerbs):
    """One public method per verb; arguments and answers are JSON values."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._world = portal.world

    def reset(self) -> Row:
        """A new portal: fresh people, no records, no faults, usual settings, another webhook."""
        self._portal.start_over()
        self._world.wipe()
        furnish(self._world, secrets.token_hex(8))
        self._portal.journal.clear()
        return self.identity()

    def identity(self) -> Row:
        """The webhook that works at present."""
        hooks = [one for one in self._world.credentials if not one.is_app]
        return {"user": hooks[0].path_user, "secret": hooks[0].secret}

    def configure(self, **changes: Any) -> Row:
        """Change settings; all of them as they are now."""
        self._world.settings = self._world.settings.changed(changes)
        self._world.keep()
        for collection in self._world.collections.values():
            collection.found.clear()
        return dict(msgspec.to_builtins(self._world.settings))

    def seed_contacts(self, count: int, responsible: int = 7, seed: int = 1) -> list[int]:
        """Made-up contacts; the first and the last id."""
        return list(seed_contacts(self._world, count, responsible, seed))

    def add_user(self, number: int, first: str, last: str, admin: bool = False) -> int:
        """An employee with a calendar."""
        row = user_row(number, first, last, "", self._world.now_iso(), admin=admin)
        self._world.users.put(number, row)
        records.make_section(self._world, "user", number)
        return number

    def add_section(self, owner: int, name: str, kind: str = "user", color: str = "#9cbeee") -> int:
        """A calendar."""
        return records.make_section(self._world, kind, owner, name, color)

    def call(self, method: str, params: Row, by: int = COLLEAGUE) -> object:
        """Call a method as that employee, past limits, faults and the request log."""
        return registry.run(self._call(method.lower(), by, params))

    def records(self, kind: str) -> list[Row]:
        """All stored records of a kind, as the portal keeps them."""
        return list(self._world.collections[kind].rows.values())

    def record(self, kind: str, number: int) -> Row | None:
        """One stored record."""
        return self._world.collections[kind].get(number)

    def patch(self, kind: str, number: int, changes: Row) -> Row:
        """Overwrite stored values as they are, without any rule; no time stamp moves."""
        collection = self._world.collections[kind]
        collection.put(number, {**collection.rows[number], **changes})
        return collection.rows[number]

    def erase(self, kind: str, number: int) -> None:
        """Remove a record without a trace."""
        self._world.collections[kind].remove(number)

    def requests(self, since: int = 0) -> list[Row]:
        """The request log after entry number ``since``."""
        return self._portal.journal.entries[since:]

    def clear_requests(self) -> None:
        """Empty the request log."""
        self._portal.journal.clear()

    def fault(self, **fields: Any) -> int:
        """Plan a fault; its number."""
        return self._portal.faults.add(msgspec.convert(fields, Fault))

    def clear_faults(self, number: int | None = None) -> None:
        """Forget planned faults."""
        self._portal.faults.clear(number)

    def faults(self) -> Row:
        """Which faults wait and which struck, and how many requests are held."""
        plan = self._portal.faults
        return {"pending": plan.pending(), "met": plan.met, "held": self._portal.held}

    def release(self) -> None:
        """Let held requests go on, and late ones happen."""
        self._portal.release()

    def advance(self, seconds: float) -> float:
        """Move the portal's clock; buckets drain accordingly. The new time, Unix seconds."""
        self._world.clock.advance(seconds)
        self._world.keep()
        return self._world.clock.now()

    def set_clock(self, instant: str, frozen: bool = False) -> float:
        """Let it be that ISO instant now."""
        self._world.clock.set(datetime.fromisoformat(instant), frozen=frozen)
        self._world.keep()
        return self._world.clock.now()

    def limits(self) -> Row:
        """How many requests the bucket refused."""
        return {"refused": self._portal.desk.buckets.refused}

    def add_webhook(self, user: int, scopes: list[str] | None = None) -> Row:
        """Another incoming webhook of that employee."""
        secret = secrets.token_hex(8)
        granted = list(ALL_SCOPES) if scopes is None else scopes
        credential = Credential(secret=secret, path_user=user, acts_as=user, scopes=granted)
        self._world.credentials.append(credential)
        self._world.keep()
        return {"user": user, "secret": secret}

    def add_token(
        self, user: int, scopes: list[str] | None = None, expires_in: float = 3600
    ) -> str:
        """An application's access token."""
        secret = secrets.token_hex(16)
        granted = list(ALL_SCOPES) if scopes is None else scopes
        self._world.credentials.append(
            Credential(
                secret=secret,
                path_user=user,
                acts_as=user,
                scopes=granted,
                is_app=True,
                expires_at=self._world.clock.now() + expires_in,
            )
        )
        self._world.keep()
        return secret

    def change_credential(self, secret: str, **changes: Any) -> None:
        """Change ``scopes``, ``acts_as``, ``refusal`` or ``expires_at`` of a webhook or token."""
        for at, known in enumerate(self._world.credentials):
            if known.secret == secret:
                changed = {**msgspec.to_builtins(known), **changes}
                self._world.credentials[at] = msgspec.convert(changed, Credential)
        self._world.keep()

    def revoke(self, secret: str) -> None:
        """Delete a webhook or token."""
        self._world.credentials = [c for c in self._world.credentials if c.secret != secret]
        self._world.keep()


def control_app(portal: Portal) -> Starlette:
    """``POST /control/<verb>`` with a JSON object of arguments."""
    control = Control(portal)

    async def serve(request: Request) -> Response:
        verb = request.path_params["verb"]
        function: Callable[..., object] | None = getattr(control, verb, None)
        if verb.startswith("_") or function is None:
            return _answer({"error": f"no verb {verb}"}, 404)
        try:
            value = function(**msgspec.json.decode(await request.body() or b"{}"))
        except RestError as error:
            return _answer({"error": f"{error.code}: {error.text}"}, 400)
        except (TypeError, KeyError, ValueError) as error:
            return _answer({"error": f"{type(error).__name__}: {error}"}, 400)
        portal.world.storage.commit()
        return _answer({"value": value.rows if hasattr(value, "rows") else value}, 200)

    return Starlette(routes=[Route("/control/{verb}", serve, methods=["POST"])])


def _answer(body: Row, status: int) -> Response:
    return Response(encode(body), status, media_type="application/json")
