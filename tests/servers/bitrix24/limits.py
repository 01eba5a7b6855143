"""How fast the portal may be called: a leaky bucket per address, execution time per method."""

from fnmatch import fnmatchcase

from .errors import system_error
from .settings import Settings

_BASKET_S = 60
_BASKETS = 10


class LeakyBucket:
    """One source's requests: each adds 1, ``drain`` flow off per second, ``burst`` is the brim."""

    def __init__(self, now: float) -> None:
        self._level = 0.0
        self._seen = now
        self.refused = 0

    def admit(self, settings: Settings, now: float) -> None:
        """Count a request or refuse it. ``now``: seconds by the portal's clock."""
        passed = max(0.0, now - self._seen)
        self._seen = now
        self._level = max(0.0, self._level - passed * settings.drain_per_s)
        if settings.burst and self._level + 1 > settings.burst:
            self.refused += 1
            raise system_error("QUERY_LIMIT_EXCEEDED")
        self._level += 1


class Buckets:
    """A bucket for each address that calls; all credentials of an address share it."""

    def __init__(self) -> None:
        self._buckets: dict[str, LeakyBucket] = {}

    def admit(self, source: str, settings: Settings, now: float) -> None:
        """Count a request of ``source``; QUERY_LIMIT_EXCEEDED above the brim."""
        self._buckets.setdefault(source, LeakyBucket(now)).admit(settings, now)

    @property
    def refused(self) -> int:
        """How many requests were refused so far."""
        return sum(bucket.refused for bucket in self._buckets.values())

    def clear(self) -> None:
        """Empty buckets."""
        self._buckets.clear()


def cost_of(method: str, settings: Settings) -> float:
    """Execution seconds of a call: by its name, else by the first pattern that fits."""
    known = settings.operating_cost_s
    if method in known:
        return known[method]
    return next((s for name, s in known.items() if fnmatchcase(method, name)), 0.01)


class OperatingTime:
    """Seconds of execution by credential and method, in ten baskets of one minute."""

    def __init__(self) -> None:
        self._baskets: dict[tuple[str, str], dict[int, float]] = {}

    def admit(self, key: str, method: str, settings: Settings, now: float) -> None:
        """OPERATION_TIME_LIMIT while the last ten minutes hold more than the limit."""
        if self.spent(key, method, now) > settings.operating_limit_s:
            raise system_error("OPERATION_TIME_LIMIT")

    def add(self, key: str, method: str, settings: Settings, now: float) -> float:
        """Account a call; the sum of the last ten minutes."""
        cost = cost_of(method, settings)
        baskets = self._baskets.setdefault((key, method), {})
        minute = int(now) // _BASKET_S
        baskets[minute] = baskets.get(minute, 0.0) + cost
        return self.spent(key, method, now)

    def spent(self, key: str, method: str, now: float) -> float:
        """Seconds accounted in the last ten minutes."""
        oldest = int(now) // _BASKET_S - _BASKETS
        baskets = self._baskets.get((key, method), {})
        return sum(cost for minute, cost in baskets.items() if minute > oldest)

    def reset_at(self, key: str, method: str, now: float) -> int:
        """Unix seconds at which the oldest of the counted minutes is forgotten."""
        oldest = int(now) // _BASKET_S - _BASKETS
        counted = [m for m in self._baskets.get((key, method), {}) if m > oldest]
        return (min(counted, default=int(now) // _BASKET_S) + _BASKETS) * _BASKET_S

    def clear(self) -> None:
        """Nothing spent."""
        self._baskets.clear()
