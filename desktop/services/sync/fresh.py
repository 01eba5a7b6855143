"""FreshWrites: what our own writes have just told us, which an older answer must not undo."""

from collections.abc import Iterable
from datetime import datetime, timedelta

_KEPT = timedelta(hours=1)


class FreshWrites:
    """A pull that was asked before a write was answered knows less than we do."""

    def __init__(self) -> None:
        self._written: dict[str, datetime] = {}

    def note(self, uids: Iterable[str], at: datetime) -> None:
        """These records were written ``at``."""
        self._written = {uid: when for uid, when in self._written.items() if at - when < _KEPT}
        self._written.update(dict.fromkeys(uids, at))

    def since(self, asked_at: datetime) -> frozenset[str]:
        """Records that an answer to a question of ``asked_at`` may know an older version of."""
        return frozenset(uid for uid, at in self._written.items() if at >= asked_at)
