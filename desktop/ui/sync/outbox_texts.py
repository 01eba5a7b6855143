"""Waiting changes in plain words: what is wanted, where it is, why it does not go on."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import Refusal
from desktop.domain.event import Event, Participation
from desktop.domain.ids import RecordKind
from desktop.domain.sync import AttentionItem, OpState, SeriesPart, Verb
from desktop.services.outbox import OutboxLine
from desktop.services.sync.delivery_values import Reason
from desktop.services.sync.status import Attention
from desktop.ui.code_texts import code_text
from desktop.ui.error_texts import refusal_text
from desktop.ui.time_texts import when_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outbox", text)


_VERBS = {
    (Verb.CREATE, RecordKind.CONTACT): "New contact",
    (Verb.UPDATE, RecordKind.CONTACT): "Changed contact",
    (Verb.DELETE, RecordKind.CONTACT): "Deleted contact",
    (Verb.CREATE, RecordKind.EVENT): "New event",
    (Verb.UPDATE, RecordKind.EVENT): "Changed event",
    (Verb.DELETE, RecordKind.EVENT): "Deleted event",
    (Verb.CREATE, RecordKind.ACTIVITY): "New meeting",
    (Verb.UPDATE, RecordKind.ACTIVITY): "Changed meeting",
    (Verb.DELETE, RecordKind.ACTIVITY): "Deleted meeting",
    (Verb.CREATE, RecordKind.COMMENT): "New comment",
    (Verb.UPDATE, RecordKind.COMMENT): "Changed comment",
    (Verb.DELETE, RecordKind.COMMENT): "Deleted comment",
}

_PARTS = {
    SeriesPart.THIS: "One of a series",
    SeriesPart.NEXT: "The rest of a series",
    SeriesPart.LEFT_OUT: "One less of a series",
}

_STATES = {
    OpState.QUEUED: "Waiting to be sent",
    OpState.HELD: "Waiting for the account",
    OpState.SENDING: "Sending",
    OpState.UNKNOWN: "Checking whether it arrived",
    OpState.PARKED: "Could not be sent",
    OpState.ASK: "Did it arrive?",
    OpState.CONFLICT: "Changed here and on the server",
}

_REASONS = {
    Reason.NOT_PROVED: "Parley cannot find out whether it arrived. Look on the server, then say.",
    Reason.KEEPS_GETTING_LOST: "It was sent several times and never arrived.",
    Reason.BOTH_CHANGED: "You and somebody else changed it. Both versions are kept: choose one.",
    Reason.DELETED_THERE: "Somebody deleted it on the server while you changed it.",
    Reason.EDITED_THERE: "Somebody changed it on the server while you deleted it.",
    Reason.NEEDS_LOST: "The contact that it is with could not be stored.",
    Reason.NOT_BOUND: "Its record on the server is not known.",
    Reason.TWIN: "The server has somebody with the same number or e-mail address. Compare both.",
    Reason.DISTINCT: "You said that this is another person than the one on the server.",
    Reason.COPY: "A second copy on the server is being removed.",
}


_ANSWERS = {
    Participation.ACCEPTED: "Accepted invitation",
    Participation.DECLINED: "Declined invitation",
    Participation.NEEDS_ACTION: "Answer taken back",
}


def verb_text(line: OutboxLine) -> str:
    """What is wanted: "New meeting"."""
    scope = line.entry.scope
    if scope is not None:
        return _tr("Deleted one of a series") if scope.leaves else _tr(_PARTS[scope.part])
    wish, base = line.entry.wish, line.entry.base
    if isinstance(wish, Event) and isinstance(base, Event) and wish.invited:
        return _tr(_ANSWERS.get(wish.participation or Participation.NEEDS_ACTION, "Answer"))
    return _tr(_VERBS[(line.entry.verb, line.entry.kind)])


def state_text(line: OutboxLine) -> str:
    """Where the change is on its way."""
    if line.entry.reason == Reason.TWIN:
        return _tr("The same person?")
    return _tr(_STATES.get(line.entry.state, ""))


def why_text(line: OutboxLine) -> str:
    """Why this change does not go on, and what to do; empty where nothing is the matter."""
    entry = line.entry
    unsupported = entry.reason == Refusal.UNSUPPORTED.value
    if entry.scope is not None and unsupported:
        if entry.scope.part is SeriesPart.LEFT_OUT:
            return _tr("The server still has the meeting in its series. Delete it there.")
        return _tr(
            "This server changes series only as a whole, and yours is as it was. Discard this and"
            " make the change again: Parley will divide the series."
        )
    if entry.scope is not None and entry.reason == Refusal.NOT_FOUND.value:
        return _tr("It is not in its series on the server any more. Discard this change.")
    repeats = isinstance(entry.base, Event) and entry.base.recurrence is not None
    if entry.reason == Reason.NEEDS_LOST and repeats:
        return _tr("What had to be done first was dropped. Discard this, too.")
    return reason_text(entry.reason)


def reason_text(reason: str) -> str:
    """Why a change does not go on; empty where nothing is the matter."""
    if reason in _REASONS:
        return _tr(_REASONS[reason])
    if reason in {refusal.value for refusal in Refusal}:
        text = refusal_text(Refusal(reason))
        return f"{text.title}. {text.body}"
    return ""


def _short_reason(reason: str) -> str:
    """The first sentence only, where the list below has the rest."""
    if reason in {refusal.value for refusal in Refusal}:
        return f"{refusal_text(Refusal(reason)).title}."
    return reason_text(reason)


def about_text(line: OutboxLine) -> str:
    """What the change is about: a title or a name."""
    return line.summary or _tr("Untitled")


def place_text(line: OutboxLine, zone: ZoneInfo) -> str:
    """When it is, with the year where it is another one than that of the change."""
    return when_text(line.when, line.entry.made_at, zone) if line.when is not None else ""


def way_text(line: OutboxLine) -> str:
    """What is wanted, where that is on its way, and through which account."""
    parts = (verb_text(line), state_text(line), line.account_title)
    return " · ".join(part for part in parts if part)


def line_text(line: OutboxLine, zone: ZoneInfo) -> str:
    """All of it, to be read aloud."""
    about = " · ".join(part for part in (about_text(line), place_text(line, zone)) if part)
    parts = (about, way_text(line), why_text(line))
    return "\n".join(part for part in parts if part)


def attention_text(item: AttentionItem) -> str:
    """The sentence for something that only the user can mend."""
    named = {
        "sign in": _tr("{summary}: please sign in again. Your changes are kept."),
        "stopped": _tr("{summary} is stopped by its server. Parley asks again every hour."),
        "moved": _tr("{summary} has a new address. Nothing is sent until you confirm it."),
        Attention.KEYRING: _tr("{summary}: the keyring does not give its key. Unlock it."),
        Attention.REFUSED: _tr("The server does not let you read this part: {summary}."),
        Attention.CLOCK: _tr("The clock of this computer and the server's differ by minutes."),
    }
    if item.code in named:
        said = named[item.code].format(summary=item.summary)
        why = code_text(item.detail) if item.code in ("sign in", "stopped") else None
        return said if why is None else f"{said} {why[0]}. {why[1]}"
    if item.code == Attention.SUDDENLY_EMPTY:
        parts = {"contacts": _tr("contacts"), "calendar": _tr("the calendar")}
        return _tr(
            "The server shows far fewer entries than before in {part}. They are kept here until "
            "you say that this is right."
        ).format(part=parts.get(item.summary, item.summary))
    reason = _short_reason(item.detail)
    summary = item.summary or _tr("A change")
    return f"{summary}: {reason}" if reason else _tr("{summary} needs you").format(summary=summary)


def attention_action(item: AttentionItem) -> str:
    """What the button beside the sentence says; empty where there is nothing to press."""
    if item.op_id is not None:
        return _tr("Show")
    return {
        "sign in": _tr("Sign in"),
        "moved": _tr("Look at it"),
        "stopped": _tr("Try now"),
        Attention.KEYRING: _tr("Try again"),
        Attention.SUDDENLY_EMPTY: _tr("It is right"),
    }.get(item.code, "")
