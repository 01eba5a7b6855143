"""Which part of a series an op is about, as bytes."""

import msgspec

from desktop.domain.sync import Scope, SeriesPart
from desktop.store.codec_event import event_from_bytes, event_to_bytes
from desktop.store.codec_time import Day, Moment, Row, from_point, to_point


class _Scope(Row):
    part: SeriesPart
    master: bytes
    original_start: Day | Moment
    leaves: bool = False


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Scope).decode


def scope_to_bytes(scope: Scope | None) -> bytes | None:
    """``scope`` for the store; None stays None."""
    if scope is None:
        return None
    master, point = event_to_bytes(scope.master), from_point(scope.original_start)
    return _encode(_Scope(scope.part, master, point, scope.leaves))


def scope_from_bytes(body: bytes | None) -> Scope | None:
    """What `scope_to_bytes` was given."""
    if body is None:
        return None
    row = _decode(body)
    point = to_point(row.original_start)
    return Scope(row.part, event_from_bytes(row.master), point, row.leaves)
