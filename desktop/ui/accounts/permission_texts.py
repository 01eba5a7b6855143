"""What a user may do on a portal, calmly: all that works at once, what is missing by its cure."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.services.sign_in.connection import Permission, PermissionLine
from desktop.ui.details.listing import listed
from desktop.ui.widgets.facts_label import Fact


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


_NAMES = {
    Permission.CONTACTS: "contacts",
    Permission.EDIT_CONTACTS: "editing contacts",
    Permission.CALENDAR: "calendar",
    Permission.ACTIVITIES: "creating activities",
    Permission.COLLEAGUES: "booking for colleagues",
    Permission.SERIES: "repeating meetings",
    Permission.SERIES_PARTS: "changing one of a series alone",
    Permission.ATTENDEES: "inviting colleagues and answering",
    Permission.FREE_BUSY: "seeing when colleagues are free",
    Permission.DEALS: "deals",
    Permission.TIMELINE: "comments in the timeline",
}
"""As they stand within a sentence."""

_COSTS = {
    Permission.CONTACTS: "Without it you cannot find clients in Parley.",
    Permission.EDIT_CONTACTS: "Without it clients can be seen but not changed.",
    Permission.CALENDAR: "Without it Parley does not know when you are free.",
    Permission.ACTIVITIES: "Without it meetings do not appear in the CRM, and calls not at all.",
    Permission.COLLEAGUES: "Without it you can book for yourself only.",
    Permission.SERIES: "Without it each meeting is booked by itself.",
    Permission.SERIES_PARTS: "Without it a series is changed as a whole.",
    Permission.ATTENDEES: "Without it meetings are with clients only; invitations are answered"
    " in the browser.",
    Permission.FREE_BUSY: "Without it you ask colleagues yourself when they have time.",
    Permission.DEALS: "Without it a meeting cannot be linked with a deal.",
    Permission.TIMELINE: "Without it clients' timelines are read and written in the browser.",
}

_SCOPE_COSTS = {
    "crm": "Without it Parley finds no clients, and records nothing in the CRM.",
    "calendar": "Without it Parley does not know when you are free, and keeps nothing in the"
    " portal's calendar.",
    "user": "Without it you can book for yourself only, and invite nobody.",
}
"""What several missing things cost together, by the scope that brings them all."""


def permission_facts(lines: Sequence[PermissionLine]) -> tuple[Fact, ...]:
    """One line of all that works; then what is missing, a line for each cure."""
    works = [_name(line) for line in lines if line.granted]
    facts = []
    if works:
        words = _tr("Works here: {what}.").format(what=listed(works))
        facts.append(Fact(words, "check", "success"))
    scopes = dict.fromkeys(line.ask_for for line in lines if not line.granted and line.ask_for)
    for scope in scopes:
        missing = [line for line in lines if not line.granted and line.ask_for == scope]
        facts.append(Fact(_scope_text(scope, missing), "close", "danger"))
    rest = (line for line in lines if not line.granted and not line.ask_for)
    facts += [Fact(_rest_text(line), "close", "danger") for line in rest]
    return tuple(facts)


def _scope_text(scope: str, missing: Sequence[PermissionLine]) -> str:
    """What a scope would bring, whom to ask for it, and what it costs not to have it."""
    cost = _COSTS[missing[0].permission]
    if len(missing) > 1:
        cost = _SCOPE_COSTS.get(scope, cost)
    names = ", ".join(_name(line) for line in missing)
    ask = _tr("{what}: no, ask your administrator for the scope {scope}.")
    return f"{_begun(ask.format(what=names, scope=scope))} {_tr(cost)}"


def _rest_text(line: PermissionLine) -> str:
    """What no scope would bring."""
    why = _tr("{what}: no, the portal or your rights do not include it.")
    return f"{_begun(why.format(what=_name(line)))} {_tr(_COSTS[line.permission])}"


def _name(line: PermissionLine) -> str:
    return _tr(_NAMES[line.permission])


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
