"""Figure: one measured number beside what it is compared to; and how a benchmark tells its own."""

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. Lower is better, always."""

    id: str
    """``P1`` to ``P13``, or the name of a budget."""
    what: str
    value: float
    unit: str
    """``x`` is a ratio."""
    target: float
    limit: float
    reference: str = ""
    """What was measured beside it in the same run."""

    @property
    def passed(self) -> bool:
        """Whether it is within its limit."""
        return self.value <= self.limit

    @property
    def verdict(self) -> str:
        """In words: how it stands to target and limit."""
        if self.value <= self.target:
            return "good"
        return "within the limit" if self.passed else "BEYOND THE LIMIT"


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


PASSES = 3


def quietest(one_pass: Callable[[], list[float]]) -> list[float]:
    """The times of the quietest of some passes: a busy machine disturbs now one, now another."""
    return min((one_pass() for _ in range(PASSES)), key=p95)


def tell(measure: Callable[[], list[Figure]]) -> None:
    """Measure and print the figures as the last line, one JSON array."""
    print(json.dumps([asdict(figure) for figure in measure()]), flush=True)


def heard(output: str) -> list[Figure]:
    """What `tell` has printed."""
    return [Figure(**figure) for figure in json.loads(output.splitlines()[-1])]


def say(text: str) -> None:
    """A word on what is going on, beside the results."""
    print(text, file=sys.stderr, flush=True)
