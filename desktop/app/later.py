"""Stand-ins for parts that are built after the first paint; who asks them before then waits."""

import asyncio
from collections.abc import Callable, Sequence

from desktop.domain.errors import AppError
from desktop.domain.timespan import TimeSpan
from desktop.services.steps import History, RecordChange, StepCode, UndoStep, nothing_else
from desktop.store.own import OwnTables


class LaterHistory:
    """The history of actions. What is done before it is there is done as soon as it is."""

    def __init__(self) -> None:
        self._decided = asyncio.Event()
        self._history: History | None = None
        self._error: AppError | None = None

    def use(self, history: History) -> None:
        """Here it is."""
        self._history = history
        self._decided.set()

    def fail(self, error: AppError) -> None:
        """There will be none; whoever wants to change something is told why."""
        self._error = error
        self._decided.set()

    async def perform(
        self,
        code: StepCode,
        summary: str,
        changes: Sequence[RecordChange],
        also: Callable[[OwnTables], None] = nothing_else,
    ) -> UndoStep:
        """See `History`."""
        await self._decided.wait()
        if self._history is None:
            raise self._error or AppError()
        return await self._history.perform(code, summary, changes, also)


class LaterWindow:
    """Whom to tell which time is looked at; the newest wish is kept until somebody listens."""

    def __init__(self) -> None:
        self._span: TimeSpan | None = None
        self._listener: Callable[[TimeSpan], object] | None = None

    def __call__(self, span: TimeSpan) -> None:
        """This time is looked at."""
        self._span = span
        if self._listener is not None:
            self._listener(span)

    def use(self, listener: Callable[[TimeSpan], object]) -> None:
        """From now on, and what was wished last."""
        self._listener = listener
        if self._span is not None:
            listener(self._span)
