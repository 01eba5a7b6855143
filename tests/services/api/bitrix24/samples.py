"""The reference's answers, by their number."""

import json
from pathlib import Path
from typing import Any

import msgspec

SAMPLES: dict[str, list[Any]] = json.loads(
    Path(__file__).with_name("samples.json").read_text(encoding="utf-8")
)


def body(name: str, number: int = 0) -> bytes:
    """A sample as it goes over the wire."""
    return msgspec.json.encode(SAMPLES[name][number])


def result(name: str, number: int = 0) -> msgspec.Raw:
    """A sample's result, not decoded."""
    return msgspec.Raw(msgspec.json.encode(SAMPLES[name][number]["result"]))


def raw(value: object) -> msgspec.Raw:
    """Any value as it goes over the wire."""
    return msgspec.Raw(msgspec.json.encode(value))
