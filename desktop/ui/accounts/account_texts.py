"""Accounts in words: what they are, how they are, what each can do, what goes with them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import Account, AccountKind, AccountState, Capabilities, SignIn
from desktop.domain.sync import AccountSync, SyncStatus
from desktop.services.accounts import RemovalPreview
from desktop.services.sign_in.moving import move_of
from desktop.ui.sync.status_texts import account_tip, number, status_line
from desktop.ui.widgets.labels import Tone

MOST_NAMED = 5
"""Waiting changes that are named before the rest is only counted."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


_STATES = {
    AccountState.SIGN_IN: "Please sign in again. Your changes are kept.",
    AccountState.STOPPED: "Stopped by its server. Parley asks again every hour.",
}


def icon_name(account: Account) -> str:
    """The icon of the account's system."""
    if account.sample:
        return "sparkle"
    return {AccountKind.LOCAL: "computer", AccountKind.BITRIX24: "globe"}.get(account.kind, "link")


def where_text(account: Account) -> str:
    """Where its data lives, and as whom one is signed in."""
    if account.sample:
        return _tr("Invented data to try Parley with")
    if account.kind is AccountKind.LOCAL:
        return _tr("Kept on this computer only")
    host = account.address.removeprefix("https://")
    if host and host in account.title:
        by_app = account.sign_in is SignIn.OAUTH
        return _tr("Bitrix24, signed in by browser") if by_app else _tr("Bitrix24, by a webhook")
    return " · ".join(part for part in (host, account.user_name) if part)


def state_text(account: Account, sync: AccountSync | None, now: datetime) -> tuple[str, Tone]:
    """How the account is doing; empty for this computer, which has nobody to wait for."""
    if account.kind is AccountKind.LOCAL:
        return "", ""
    if account.state is AccountState.MOVED:
        return _moved_text(account), "danger"
    if account.state in _STATES:
        return _tr(_STATES[account.state]), "danger"
    if sync is None:
        return "", ""
    line = status_line(SyncStatus(sync.phase, sync.waiting, sync.progress, sync.last_success), now)
    tip = account_tip(sync, now)
    tone: Tone = "muted" if line.dot in ("success", "accent", "muted") else line.dot
    return (f"{line.text}. {tip}" if tip else line.text), tone


def _moved_text(account: Account) -> str:
    move = move_of(account)
    if move is None:
        return _tr("The server has a new address. Sign in again there.")
    return _tr(
        "The portal says that it is at {address} now. Nothing is sent until you have said whether "
        "that is right."
    ).format(address=move.new)


def abilities_text(account: Account) -> str:
    """What can be done through it, and what cannot."""
    can, cannot = _abilities(account.capabilities)
    parts = []
    if can:
        parts.append(_tr("Can: {list}.").format(list=", ".join(can)))
    if cannot:
        parts.append(_tr("Cannot: {list}.").format(list=", ".join(cannot)))
    if account.capabilities.missing_scopes:
        scopes = ", ".join(account.capabilities.missing_scopes)
        parts.append(_tr("Ask for the scope {scopes}.").format(scopes=scopes))
    return " ".join(parts)


def _abilities(can: Capabilities) -> tuple[list[str], list[str]]:
    named = [
        (_tr("see contacts"), can.contacts),
        (_tr("edit contacts"), can.edit_contacts),
        (_tr("see the calendar"), can.calendar),
        (_tr("book meetings"), can.create_events),
        (_tr("book calls"), can.calls),
    ]
    if can.responsible:
        named.append((_tr("book for colleagues"), True))
    return [name for name, yes in named if yes], [name for name, yes in named if not yes]


def waiting_text(preview: RemovalPreview) -> str:
    """The changes that would be lost, by name; empty where there are none."""
    count = len(preview.waiting)
    if not count:
        return ""
    head = (
        _tr("1 change has not reached the server and would be lost:")
        if count == 1
        else _tr("{n} changes have not reached the server and would be lost:").format(
            n=number(count)
        )
    )
    names = [f"• {name or _tr('Untitled')}" for name in preview.waiting[:MOST_NAMED]]
    if count > MOST_NAMED:
        names.append(_tr("and {n} more").format(n=number(count - MOST_NAMED)))
    return "\n".join((head, *names))


def going_text(preview: RemovalPreview, account: Account) -> str:
    """What leaves this computer, and whether it is anywhere else."""
    counts = _tr("{contacts} and {events}").format(
        contacts=contacts_text(preview.contacts), events=events_text(preview.events)
    )
    if account.sample:
        return _tr("The sample data goes without a trace: {counts}.").format(counts=counts)
    if preview.own:
        return _tr("{counts} are deleted for good: they are nowhere else.").format(counts=counts)
    return _tr(
        "{counts} are removed from this computer and stay on the server. The key is removed from "
        "the keyring."
    ).format(counts=counts)


def contacts_text(count: int) -> str:
    """A number of contacts."""
    return _tr("1 contact") if count == 1 else _tr("{n} contacts").format(n=number(count))


def events_text(count: int) -> str:
    """A number of events."""
    return _tr("1 event") if count == 1 else _tr("{n} events").format(n=number(count))
