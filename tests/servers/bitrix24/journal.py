"""What arrived and what became of it, for tests to ask: secrets are masked."""

from .batch import commands, method_of
from .clock import iso
from .params import parse_query
from .requests import Incoming
from .values import Row
from .world import World

_SECRETS = frozenset(
    {"auth", "access_token", "refresh_token", "client_secret", "code", "user_password"}
)


class Journal:
    """One entry per HTTP request, in memory and on disk."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.entries: list[Row] = []

    def load(self) -> None:
        """Take over the entries of the process before."""
        self.entries = list(self._world.storage.load_log())

    def clear(self) -> None:
        """Forget all entries."""
        self.entries = []
        self._world.storage.clear_log()
        self._world.storage.commit()

    def open(self, incoming: Incoming, params: Row) -> Row:
        """A request has arrived."""
        entry: Row = {
            "n": len(self.entries) + 1,
            "at": iso(self._world.clock.now(), self._world.zone),
            "time": self._world.clock.now(),
            "door": incoming.door,
            "verb": incoming.verb,
            "host": incoming.host,
            "source": incoming.source,
            "user_agent": incoming.user_agent,
            "content_type": incoming.content_type,
            "user": incoming.path_user,
            "method": incoming.method,
            "params": masked(params),
            "commands": [
                {
                    "id": name,
                    "method": method_of(line),
                    "params": parse_query(line.partition("?")[2]),
                }
                for name, line in (commands(params) if incoming.method == "batch" else ())
            ],
            "status": None,
            "outcome": "arrived",
            "executed": 0,
            "fault": None,
        }
        self.entries.append(entry)
        self.keep(entry)
        return entry

    def keep(self, entry: Row) -> None:
        """Write an entry down as it stands now."""
        if entry["n"] <= len(self.entries) and self.entries[entry["n"] - 1] is entry:
            self._world.storage.log(entry["n"], entry)
            self._world.storage.commit()


def masked(params: Row) -> Row:
    """The parameters without tokens."""
    return {name: "****" if name.lower() in _SECRETS else value for name, value in params.items()}
