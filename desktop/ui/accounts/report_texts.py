"""`ConnectionReport` -> what a person reads before adding the account."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import Account
from desktop.services.connection import Caution, ConnectionReport, Permission, PermissionLine
from desktop.ui.accounts.customs_texts import customs_text
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.banner import NoticeKind
from desktop.ui.widgets.facts_label import Fact

MINUTE_S = 60.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


_PERMISSIONS = {
    Permission.CONTACTS: "Contacts",
    Permission.EDIT_CONTACTS: "Editing contacts",
    Permission.CALENDAR: "Calendar",
    Permission.ACTIVITIES: "Creating activities",
    Permission.COLLEAGUES: "Booking for colleagues",
}


def permission_text(line: PermissionLine) -> str:
    """One permission: yes, or no and whom to ask for what."""
    name = _tr(_PERMISSIONS[line.permission])
    if line.granted:
        return _tr("{what}: yes").format(what=name)
    if line.ask_for:
        return _tr("{what}: no, ask for the scope {scope}").format(what=name, scope=line.ask_for)
    return _tr("{what}: no, the portal or your rights do not include it").format(what=name)


_COSTS = {
    Permission.CONTACTS: "Without it you cannot find clients in Parley.",
    Permission.EDIT_CONTACTS: "Without it clients can be seen but not changed.",
    Permission.CALENDAR: "Without it Parley does not know when you are free.",
    Permission.ACTIVITIES: "Without it meetings do not appear in the CRM, and calls not at all.",
    Permission.COLLEAGUES: "Without it you can book for yourself only.",
}


def cost_text(line: PermissionLine) -> str:
    """What does not work without a permission; empty where it is there."""
    return "" if line.granted else _tr(_COSTS[line.permission])


def report_facts(report: ConnectionReport) -> tuple[Fact, ...]:
    """Who we are there, what is allowed, and what is worth knowing, a line each."""
    who = report.who or _tr("a user without a name")
    useless = Fact(_tr("Nothing would work with this key."), "error", "danger")
    return (
        Fact(_tr("Signed in as {who}.").format(who=who), bold=True),
        *(_permission_fact(line) for line in report.permissions),
        *_customs_facts(report),
        *(Fact(caution_text(one, report), "warning", "warning") for one in report.cautions),
        *(() if report.usable else (useless,)),
    )


def _customs_facts(report: ConnectionReport) -> tuple[Fact, ...]:
    """What is taken from the portal with it, where nothing was chosen by hand."""
    if report.customs is None or not report.customs.told:
        return ()
    words = _tr("Told by the portal: {customs}").format(customs=customs_text(report.customs))
    return (Fact(words, "calendar", "muted"),)


def _permission_fact(line: PermissionLine) -> Fact:
    text = f"{permission_text(line)}. {cost_text(line)}".rstrip()
    return Fact(text, "check", "success") if line.granted else Fact(text, "close", "danger")


def report_kind(report: ConnectionReport) -> NoticeKind:
    """How the report is to be taken."""
    if not report.usable:
        return "error"
    whole = all(line.granted for line in report.permissions)
    return "success" if whole and not report.cautions else "warning"


def caution_text(caution: Caution, report: ConnectionReport) -> str:
    """What is worth knowing before the account is added."""
    if caution is Caution.ADMIN:
        return _tr(
            "This key belongs to an administrator: it can do everything that your administrator "
            "can. An ordinary user's is safer."
        )
    if caution is Caution.KNOWN:
        return _tr("This account is here already. Going on renews its sign-in.")
    minutes = number(max(1, round(abs(report.clock_offset_s) / MINUTE_S)))
    if report.clock_offset_s > 0:
        text = _tr("The clock of this computer is {n} min behind the server's. Please set it.")
    else:
        text = _tr("The clock of this computer is {n} min ahead of the server's. Please set it.")
    return text.format(n=minutes)


def stranger_text(report: ConnectionReport, wanted: Account) -> str:
    """The key works, but it is not the one of the account that has to sign in."""
    return _tr(
        "This is {found}, not {wanted}. Sign in as {who}, or add this one as an account of its own."
    ).format(
        found=report.account.title,
        wanted=wanted.title,
        who=wanted.user_name or _tr("the same user"),
    )
