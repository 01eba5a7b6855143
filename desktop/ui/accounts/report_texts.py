"""`ConnectionReport` -> what a person reads before adding the account."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.account import Account, Capabilities
from desktop.services.sign_in.connection import Caution, ConnectionReport
from desktop.ui.accounts.customs_texts import customs_text
from desktop.ui.accounts.permission_texts import permission_facts
from desktop.ui.accounts.recording_choice import recording_name
from desktop.ui.sync.status_texts import number
from desktop.ui.widgets.banner import NoticeKind
from desktop.ui.widgets.facts_label import Fact

MINUTE_S = 60.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


_CAUTIONS = {
    Caution.KNOWN: "This account is here already. Going on renews its sign-in.",
    Caution.NOT_INSTALLED: (
        "The application is not installed to the end: only administrators may use it yet. Ask "
        "yours to finish its installation in Bitrix24."
    ),
    Caution.UNPAID: (
        "The time that this application was paid for is over: the portal may stop it any day. "
        "Ask your administrator to renew it."
    ),
}


def report_facts(report: ConnectionReport) -> tuple[Fact, ...]:
    """Who we are there, what works, what is missing, and what is worth knowing, a line each."""
    who = report.who or _tr("a user without a name")
    useless = Fact(_tr("Nothing would work with this key."), "error", "danger")
    return (
        Fact(_tr("Signed in as {who}.").format(who=who), bold=True),
        *permission_facts(report.permissions),
        *_recording_facts(report.account.capabilities),
        *_customs_facts(report),
        *_plan_facts(report),
        *(Fact(caution_text(one, report), "warning", "warning") for one in report.cautions),
        *(() if report.usable else (useless,)),
    )


def _recording_facts(can: Capabilities) -> tuple[Fact, ...]:
    """How a booking can be recorded, and what it takes to have them all."""
    if not can.recordings:
        return ()
    first, *others = (f"“{recording_name(one)}”" for one in can.recordings)
    words = _tr("A booking is recorded as {way}.").format(way=first)
    if others:
        words = _tr("A booking is recorded as {way}; also possible: {others}.").format(
            way=first, others=", ".join(others)
        )
    if can.application:
        return (Fact(words, "calendar", "muted"),)
    need = _tr(
        "Parley's own cards in the timeline need a sign-in as an application, which the "
        "administrator can add."
    )
    return (Fact(f"{words} {need}", "calendar", "muted"),)


def _plan_facts(report: ConnectionReport) -> tuple[Fact, ...]:
    """What the portal's plan allows, where it is more than usual."""
    if not report.fast:
        return ()
    words = _tr("The portal's Enterprise plan lets Parley read more than twice as fast as others.")
    return (Fact(words, "info", "muted"),)


def _customs_facts(report: ConnectionReport) -> tuple[Fact, ...]:
    """What is taken from the portal with it, where nothing was chosen by hand."""
    if report.customs is None or not report.customs.told:
        return ()
    words = _tr("Told by the portal: {customs}").format(customs=customs_text(report.customs))
    return (Fact(words, "calendar", "muted"),)


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
    if caution in _CAUTIONS:
        return _tr(_CAUTIONS[caution])
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
