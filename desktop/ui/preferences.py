"""What the windows remember between two starts: small texts by name."""

from typing import Protocol


class Preferences(Protocol):
    """Kept by whoever hands it in; nothing here is worth a backup."""

    def get(self, name: str) -> str | None:
        """What was put under ``name``; None at first."""

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` for the next time."""


class MemoryPreferences:
    """Preferences that end with the program."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """What was put under ``name``."""
        return self._values.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep ``value`` until the program ends."""
        self._values[name] = value
