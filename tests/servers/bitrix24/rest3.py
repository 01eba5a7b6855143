"""The door of REST 3.0, ``/rest/api/…``: its own answers, errors, batch and repeated calls."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from .envelope import encode, time_object
from .errors import RestError
from .values import Row
from .world import Caller, World

_DAY_S: Final = 86400
_PREFIX: Final = "BITRIX_REST_V3_EXCEPTION_"
_KEY: Final = re.compile(r"[\x20-\x7e]{1,255}")
_OWN: Final = ("rest.documentation.openapi", "rest.scope.list")


class Rest3Error(Exception):
    """A refusal: ``error`` is an object here."""

    def __init__(
        self, code: str, text: str, status: int = 400, validation: list[Row] | None = None
    ) -> None:
        super().__init__(code, text)
        self.status = status
        self.body: Row = {"code": _PREFIX + code, "message": text}
        if validation:
            self.body["validation"] = validation


@dataclass(slots=True)
class Rest3Reply:
    """Status, body and headers of an answer."""

    status: int
    body: bytes
    outcome: str = "ok"
    headers: dict[str, str] = field(default_factory=dict)


class Rest3:
    """Methods of the new interface, which knows neither CRM nor calendar."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stored: dict[tuple[str, int, str, str], tuple[float, bytes, bytes]] = {}

    def clear(self) -> None:
        """Forget the stored answers."""
        self._stored.clear()

    def serve(self, caller: Caller, method: str, verb: str, body: bytes, key: str) -> Rest3Reply:
        """Carry out one request; a repeated one with its key gets the stored answer."""
        try:
            return self._served(caller, method, verb, body, key)
        except Rest3Error as error:
            return refused(error)

    def _served(self, caller: Caller, method: str, verb: str, body: bytes, key: str) -> Rest3Reply:
        if verb != "POST":
            raise Rest3Error("METHODNOTALLOWEDEXCEPTION", "Only POST is allowed", 405)
        if key and not _KEY.fullmatch(key):
            raise Rest3Error("INVALIDIDEMPOTENCYKEYEXCEPTION", "Malformed Idempotency-Key")
        now = self._world.clock.now()
        name = (caller.key, caller.user_id, method, key)
        kept = self._stored.get(name) if key else None
        if kept is not None and now - kept[0] < _DAY_S:
            if kept[1] != body:
                text = "Idempotency-Key was used with another body"
                raise Rest3Error("IDEMPOTENCYKEYREUSEDEXCEPTION", text, 422)
            return Rest3Reply(200, kept[2], headers={"idempotent-replayed": "true"})
        sent = _decoded(body)
        result = self._batch(sent) if method == "batch" else self._run(method, sent)
        told: Row = {"result": result, "time": time_object(self._world, now, (0.0, int(now) + 600))}
        answer = encode(told)
        if key:
            self._stored[name] = (now, body, answer)
        return Rest3Reply(200, answer)

    def _batch(self, sent: Any) -> list[Any]:
        if not isinstance(sent, list):
            raise _invalid("batch", "Request must be an array")
        return [self._run(str(one.get("method")), one.get("query") or {}) for one in sent]

    def _run(self, method: str, sent: Any) -> Any:
        known = [*_OWN, *self._world.crm.rest3_methods]
        if method not in known:
            text = f"Method `{method}` was not found"
            raise Rest3Error("METHODNOTFOUNDEXCEPTION", text, 404)
        if method == "rest.documentation.openapi":
            return {
                "openapi": "3.0.0",
                "info": {"title": "Bitrix24 REST V3 API", "version": "1.0.0"},
                "paths": {f"/{name}": {"post": {"tags": [_scope(name)]}} for name in known},
            }
        if method == "rest.scope.list":
            return {name: _scope(name) for name in known}
        if not isinstance(sent, dict) or sent.get("id") is None:
            raise _invalid("id", "Required field `id` is not specified")
        text = f"Entity with id {sent['id']} was not found"
        raise Rest3Error("ENTITYNOTFOUNDEXCEPTION", text, 404)


def _invalid(name: str, text: str) -> Rest3Error:
    told = "Error validating request object"
    validation = [{"message": text, "field": name}]
    return Rest3Error("VALIDATION_REQUESTVALIDATIONEXCEPTION", told, 400, validation)


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body or b"{}")
    except msgspec.DecodeError:
        raise Rest3Error("INVALIDJSONEXCEPTION", "Request body is no JSON") from None


def _scope(method: str) -> str:
    head = method.partition(".")[0]
    return {"tasks": "task", "rest": "basic"}.get(head, head)


def refused(error: Rest3Error) -> Rest3Reply:
    """A refusal in the form of REST 3.0."""
    code = error.body["code"]
    return Rest3Reply(error.status, encode({"error": error.body}), f"error:{code}")


def translated(error: RestError) -> Rest3Error:
    """A system error as this interface tells it."""
    return Rest3Error(f"{str(error.code).upper()}EXCEPTION", error.text, error.status)
