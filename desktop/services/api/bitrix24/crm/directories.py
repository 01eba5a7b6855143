"""The portal's directories: what its people call the stages of deals and the states of leads."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from desktop.domain.errors import AppError
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.crm.wire_crm import STATUSES, status_names
from desktop.services.api.bitrix24.envelope import BatchReply

FRESH = timedelta(hours=12)
LEADS = "STATUS"
USUAL_DEALS = "DEAL_STAGE"
_MOST_PIPELINES = 40


class Directories:
    """Id to name, read with whatever is asked first, and again after half a day."""

    def __init__(self, client: Bitrix24Client, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock
        self._names: dict[str, dict[str, str]] = {}
        self._read_at: dict[str, datetime] = {}

    @property
    def lead_statuses(self) -> Mapping[str, str]:
        """What is known of the states of leads."""
        return self._names.get(LEADS, {})

    def commands(self) -> dict[str, Command]:
        """What to add to a batch, so that the usual names are known behind it."""
        return {
            f"names{name}": _list(name) for name in (USUAL_DEALS, LEADS) if not self._fresh(name)
        }

    def learn(self, reply: BatchReply) -> None:
        """Takes in what `commands` asked for."""
        for name in (USUAL_DEALS, LEADS):
            self._take(name, reply, f"names{name}")

    async def stages(self, pipelines: Iterable[str], *, watched: bool) -> Mapping[str, str]:
        """The stages of these pipelines; one request where some of them are not known yet.

        A stage whose name cannot be had is left out: nobody is shown its code.
        """
        names = [directory_of(pipeline) for pipeline in pipelines]
        missing = sorted({name for name in names if not self._fresh(name)})[:_MOST_PIPELINES]
        if missing:
            commands = {f"d{number}": _list(name) for number, name in enumerate(missing)}
            with contextlib.suppress(AppError):  # deals are worth showing without their stages
                reply = await self._client.batch(commands, watched=watched)
                for number, name in enumerate(missing):
                    self._take(name, reply, f"d{number}")
        return {key: title for name in names for key, title in self._names.get(name, {}).items()}

    def _fresh(self, name: str) -> bool:
        read_at = self._read_at.get(name)
        return read_at is not None and self._clock() - read_at < FRESH

    def _take(self, name: str, reply: BatchReply, command: str) -> None:
        raw = reply.find(command)
        if raw is None:
            return
        # A portal that ignored the filter would tell every directory at once.
        rows = [row for row in STATUSES.rows(raw) if row.entity_id in (None, name)]
        self._names[name] = status_names(rows)
        self._read_at[name] = self._clock()


def directory_of(pipeline: str) -> str:
    """Where the stages of a pipeline are named; the first pipeline has the number 0."""
    return USUAL_DEALS if pipeline in ("", "0") else f"{USUAL_DEALS}_{pipeline}"


def _list(name: str) -> Command:
    return Command("crm.status.list", {"filter": {"ENTITY_ID": name}, "order": {"SORT": "ASC"}})
