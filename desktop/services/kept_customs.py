"""What is usual on an account's server, kept as one text in store.db."""

import json
from datetime import time
from typing import Any

from desktop.domain.customs import Customs
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import AccountId
from desktop.services.settings import KeepsTexts, customs_name


def keep_customs(own: KeepsTexts, account_id: AccountId, customs: Customs | None) -> bool:
    """Keeps what was told; nothing told leaves what is known. Whether it is news."""
    if customs is None:
        return False
    name, text = customs_name(account_id), customs_to(customs)
    if own.settings.get(name) == text:
        return False
    own.settings.put(name, text)
    return True


def kept_customs(own: KeepsTexts, account_id: AccountId) -> Customs | None:
    """What was told last; None before."""
    return customs_from(own.settings.get(customs_name(account_id)))


def customs_to(customs: Customs) -> str:
    """As one text."""
    work = customs.work
    told = {
        "work": None if work is None else _work_to(work),
        "week_start": customs.week_start,
        "reminders": _minutes(customs.reminders),
        "all_day_reminders": _minutes(customs.all_day_reminders),
        "time_zone": customs.time_zone,
    }
    return json.dumps(told)


def customs_from(text: str | None) -> Customs | None:
    """What `customs_to` wrote; None for anything else."""
    try:
        told = json.loads(text or "null")
        if not isinstance(told, dict):
            return None
        work = told["work"]
        return Customs(
            work=None if work is None else _work_from(work),
            week_start=told["week_start"],
            reminders=_reminders(told["reminders"]),
            all_day_reminders=_reminders(told["all_day_reminders"]),
            time_zone=told["time_zone"],
        )
    except (ValueError, TypeError, KeyError):
        return None


def _work_to(work: WorkHours) -> dict[str, Any]:
    return {
        "start": work.start.isoformat(),
        "end": work.end.isoformat(),
        "days": sorted(work.days),
        "holidays": sorted(work.holidays),
        "extra_days": sorted(work.extra_days),
    }


def _work_from(told: dict[str, Any]) -> WorkHours:
    return WorkHours(
        time.fromisoformat(told["start"]),
        time.fromisoformat(told["end"]),
        frozenset(told["days"]),
        frozenset((month, day) for month, day in told["holidays"]),
        frozenset((month, day) for month, day in told["extra_days"]),
    )


def _minutes(reminders: tuple[Reminder, ...] | None) -> list[int] | None:
    return None if reminders is None else [one.minutes_before for one in reminders]


def _reminders(minutes: list[int] | None) -> tuple[Reminder, ...] | None:
    return None if minutes is None else tuple(Reminder(one) for one in minutes)
