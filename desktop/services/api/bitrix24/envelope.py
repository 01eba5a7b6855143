"""The outer form of every answer: a result or an error, the server's time, a batch's five maps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from desktop.domain.errors import AppError, OutcomeUnknownError
from desktop.services.api.bitrix24.refusals import error_of
from desktop.services.api.bitrix24.values import as_float, as_int, as_text, instant

_OK = range(200, 300)
_LAST_SECOND = 250_000_000_000


@dataclass(frozen=True, slots=True)
class ServerTime:
    """What an answer tells of its server's clock; every part may be missing."""

    now: datetime | None = None
    """When the answer was finished, aware."""
    started: datetime | None = None
    operating_s: float | None = None
    reset_in_s: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A result that came: not yet decoded, so that its reader chooses the type."""

    result: msgspec.Raw
    total: int | None = None
    has_next: bool = False
    time: ServerTime = field(default_factory=ServerTime)


class _Wire(msgspec.Struct):
    result: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    error: Any = msgspec.UNSET
    error_description: Any = ""
    total: Any = None
    next: Any = None
    time: Any = None


class _BatchWire(msgspec.Struct):
    result: msgspec.Raw = msgspec.Raw(b"[]")
    result_error: Any = None
    result_total: Any = None
    result_next: Any = None
    result_time: Any = None


_WIRE = msgspec.json.Decoder(_Wire)
_BATCH = msgspec.json.Decoder(_BatchWire)
_RAW_MAP = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])


@dataclass(frozen=True, slots=True)
class Message:
    """A whole answer, told apart: exactly one of ``reply`` and ``error`` is there."""

    reply: Reply | None
    error: tuple[str, str] | None
    """Code and text."""


def read_message(body: bytes) -> Message:
    """An answer's body. Raises `msgspec.DecodeError` where it is no object with result or error."""
    wire = _WIRE.decode(body)
    if wire.error is not msgspec.UNSET:
        return Message(None, error_words(wire.error, wire.error_description))
    if isinstance(wire.result, msgspec.UnsetType):
        raise msgspec.ValidationError("neither result nor error")
    reply = Reply(
        wire.result, as_int(wire.total), as_int(wire.next) is not None, read_time(wire.time)
    )
    return Message(reply, None)


def settle(
    message: Message, status: int, *, method: str, retry_after_s: float | None = None
) -> Reply:
    """The reply, or the failure raised that the message means."""
    if message.error is not None:
        code, text = message.error
        raise error_of(code, text, method=method, http_status=status, retry_after_s=retry_after_s)
    if message.reply is None or status not in _OK:
        raise OutcomeUnknownError(status)
    return message.reply


def error_words(error: object, description: object) -> tuple[str, str]:
    """Code and text of the old form (text or number) and of REST 3.0's (an object)."""
    if isinstance(error, dict):
        return as_text(error.get("code")), as_text(error.get("message"))
    return as_text(error), as_text(description)


def read_time(value: object) -> ServerTime:
    """The ``time`` object; whatever is missing or odd is left out."""
    if not isinstance(value, dict):
        return ServerTime()
    reset_at = as_float(value.get("operating_reset_at"))
    finish = as_float(value.get("finish"))
    return ServerTime(
        now=_unix(finish) or instant(value.get("date_finish")),
        started=instant(value.get("date_start")),
        operating_s=as_float(value.get("operating")),
        reset_in_s=reset_at - finish if reset_at and finish and reset_at > finish else None,
    )


def _unix(seconds: float | None) -> datetime | None:
    if seconds is None or not 0 < seconds < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class BatchReply:
    """What became of each command of a batch."""

    results: Mapping[str, msgspec.Raw]
    errors: Mapping[str, AppError]
    totals: Mapping[str, int]
    times: Mapping[str, ServerTime]
    time: ServerTime

    def get(self, name: str) -> msgspec.Raw:
        """The command's result; raises its error. In neither map: `OutcomeUnknownError`."""
        if name in self.results:
            return self.results[name]
        raise self.errors.get(name) or OutcomeUnknownError()

    def find(self, name: str) -> msgspec.Raw | None:
        """The command's result, or None where it failed or was not run."""
        return self.results.get(name)


def read_batch(reply: Reply, methods: Mapping[str, str]) -> BatchReply:
    """A batch's answer; ``methods`` names each command's method.

    Each of the five maps may come as an empty list, or as a list where its keys count from 0.
    """
    try:
        wire = _BATCH.decode(reply.result)
        results = _RAW_MAP.decode(wire.result)
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    named = results if isinstance(results, dict) else _numbered(results)
    errors = {
        name: _command_error(told, methods.get(name, ""))
        for name, told in as_map(wire.result_error).items()
    }
    totals = {name: as_int(told) for name, told in as_map(wire.result_total).items()}
    return BatchReply(
        {name: told for name, told in named.items() if name not in errors},
        errors,
        {name: told for name, told in totals.items() if told is not None},
        {name: read_time(told) for name, told in as_map(wire.result_time).items()},
        reply.time,
    )


def as_map(value: object) -> dict[str, Any]:
    """A PHP map: an object, or a list where it is empty or its keys count from 0."""
    if isinstance(value, dict):
        return value
    return _numbered(value) if isinstance(value, list) else {}


def _numbered(values: list[Any]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values)}


def _command_error(told: object, method: str) -> AppError:
    if not isinstance(told, dict):
        return OutcomeUnknownError()
    code, text = error_words(told.get("error"), told.get("error_description"))
    return error_of(code, text, method=method)
