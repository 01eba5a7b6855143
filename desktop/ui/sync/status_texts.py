"""`SyncStatus` -> the one line that tells the truth about sync."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from desktop.domain.errors import Refusal, Unreachable
from desktop.domain.ids import AccountId
from desktop.domain.sync import AccountSync, Progress, SyncPhase, SyncStatus
from desktop.ui.error_texts import offline_text, refusal_text

Dot = Literal["success", "accent", "warning", "danger", "muted"]
JUST_NOW = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What the status bar shows. ``tip`` is for hovering and for screen readers."""

    dot: Dot
    text: str
    tip: str = ""
    progress: Progress | None = None


def _tr(text: str, n: int = -1) -> str:
    return QCoreApplication.translate("SyncStatus", text, None, n)


def status_line(
    status: SyncStatus, now: datetime, titles: Mapping[AccountId, str] | None = None
) -> StatusLine:
    """The sentence for a status, as of ``now``; where there are several accounts, by ``titles``."""
    names = titles if titles is not None and len(status.accounts) > 1 else {}
    match status.phase:
        case SyncPhase.LOCAL_ONLY:
            return _local_line(status)
        case SyncPhase.OFFLINE:
            return StatusLine("warning", _offline_line(status, names), _tips(status, now, names))
        case SyncPhase.ATTENTION:
            return StatusLine("danger", _attention_text(status), _tips(status, now, names))
        case SyncPhase.SYNCING:
            text = _progress_text(status)
            return StatusLine("accent", text, _tips(status, now, names), status.progress)
    return StatusLine("success", _up_to_date(status, now), _tips(status, now, names))


def _local_line(status: SyncStatus) -> StatusLine:
    if status.session_only:
        return StatusLine("success", _tr("Kept until you close Parley"))
    if not status.accounts:
        return StatusLine("muted", _tr("No account yet"))
    return StatusLine("success", _tr("Saved on this computer"))


def _offline_line(status: SyncStatus, titles: Mapping[AccountId, str]) -> str:
    """Where only some of several servers are out of reach, which."""
    out = [one.account_id for one in status.accounts if one.phase is SyncPhase.OFFLINE]
    served = [one for one in status.accounts if one.phase is not SyncPhase.LOCAL_ONLY]
    named = ", ".join(titles[one] for one in out if one in titles)
    start = _tr("Offline")
    if named and len(out) < len(served):
        start = _tr("Offline: {accounts}").format(accounts=named)
    if not status.waiting:
        return start
    return f"{start} · {changes_waiting(status.waiting)}"


def changes_waiting(count: int) -> str:
    """How many changes wait, in words."""
    if count == 1:
        return _tr("1 change waiting")
    return _tr("{n} changes waiting").format(n=number(count))


def number(value: int) -> str:
    """A count as the locale writes it."""
    return QLocale().toString(value)


def _attention_text(status: SyncStatus) -> str:
    if not status.attention:
        return _tr("Needs attention")
    if len(status.attention) == 1 and status.attention[0].summary:
        summary = status.attention[0].summary
        return _tr("Needs attention · {summary}").format(summary=summary)
    return _tr("Needs attention · {n}").format(n=number(len(status.attention)))


def _progress_text(status: SyncStatus) -> str:
    progress = status.progress
    if progress is None:
        return _tr("Syncing") if not status.waiting else _sending(status.waiting)
    texts = {
        "contacts": (
            _tr("Syncing contacts · {done} of {total}"),
            _tr("Syncing contacts · {done}"),
        ),
        "calendar": (_tr("Syncing calendar · {done} of {total}"), _tr("Syncing calendar")),
    }
    both, alone = texts.get(progress.what, (_tr("Syncing · {done} of {total}"), _tr("Syncing")))
    template = alone if progress.total is None else both
    return template.format(done=number(progress.done), total=number(progress.total or 0))


def _sending(count: int) -> str:
    if count == 1:
        return _tr("Sending 1 change")
    return _tr("Sending {n} changes").format(n=number(count))


def _up_to_date(status: SyncStatus, now: datetime) -> str:
    if status.last_success is None:
        return _tr("Up to date")
    return _tr("Up to date · {age}").format(age=age_text(now - status.last_success))


def age_text(age: timedelta) -> str:
    """How long ago, in the unit that matters."""
    if age < JUST_NOW:
        return _tr("just now")
    if age < AN_HOUR:
        return _tr("{n} min ago").format(n=int(age / JUST_NOW))
    if age < A_DAY:
        return _tr("{n} h ago").format(n=int(age / AN_HOUR))
    return _tr("{n} days ago").format(n=max(1, age // A_DAY))


def _tips(status: SyncStatus, now: datetime, titles: Mapping[AccountId, str]) -> str:
    """What is the matter with each account, a line each."""
    told = ((titles.get(one.account_id, ""), account_tip(one, now)) for one in status.accounts)
    return "\n".join(f"{title}: {tip}" if title else tip for title, tip in told if tip)


def account_tip(account: AccountSync, now: datetime) -> str:
    """Why one account does not sync, and until when it waits; empty where it does."""
    problem = problem_text(account.problem)
    if not problem:
        return ""
    if account.retry_at is None or account.retry_at <= now:
        return problem
    local = account.retry_at.astimezone()
    at = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return _tr("{problem} Next try at {time}.").format(problem=problem, time=at)


def problem_text(code: str) -> str:
    """The sentence for an account's problem code."""
    if code in {why.value for why in Unreachable}:
        return f"{offline_text(Unreachable(code)).title}."
    if code in {reason.value for reason in Refusal}:
        return f"{refusal_text(Refusal(code)).title}."
    return ""
