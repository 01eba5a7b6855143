"""What a dossier says, in words: sums, ages, values of own fields, and why something is missing."""

from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.crm import (
    Block,
    Deal,
    Dossier,
    FieldType,
    OwnValue,
    TimelineEntry,
    TimelineKind,
)
from desktop.domain.errors import Refusal
from desktop.domain.event import DeliveryMark
from desktop.ui.contacts.texts import SEPARATOR
from desktop.ui.time_texts import date_text, time_text

_NO_BREAK = "\u00a0"
_KINDS = {
    TimelineKind.COMMENT: "Comment",
    TimelineKind.MEETING: "Meeting",
    TimelineKind.CALL: "Call",
    TimelineKind.EMAIL: "E-mail",
    TimelineKind.TASK: "To-do",
    TimelineKind.OTHER: "Activity",
}
ICONS = {
    TimelineKind.COMMENT: "note",
    TimelineKind.MEETING: "people",
    TimelineKind.CALL: "phone",
    TimelineKind.EMAIL: "mail",
    TimelineKind.TASK: "check",
    TimelineKind.OTHER: "history",
}
_RIGHTS = frozenset({Refusal.MISSING_SCOPE.value, Refusal.FORBIDDEN.value})
_LACKING = {
    Block.DEALS: "Deals are not shown: your sign-in may not read them. Ask your Bitrix24 "
    "administrator for the CRM permission.",
    Block.COMPANIES: "Companies are not shown: your sign-in may not read them. Ask your Bitrix24 "
    "administrator for the CRM permission.",
    Block.TIMELINE: "The timeline is not shown: your sign-in may not read it. Ask your Bitrix24 "
    "administrator for the CRM permission.",
    Block.FIELDS: "Own fields are not shown: your sign-in may not read them. Ask your Bitrix24 "
    "administrator for the CRM permission.",
}
_UNKNOWN = {
    Block.DEALS: "This portal has no deals that Parley can read.",
    Block.COMPANIES: "This portal has no companies that Parley can read.",
    Block.TIMELINE: "This portal has no timeline that Parley can read.",
    Block.FIELDS: "This portal does not tell its own fields.",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dossier", text)


def amount_text(amount: Decimal | None, currency: str) -> str:
    """A sum with its currency, "12,500 EUR"; empty where there is none."""
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    number = QLocale().toString(float(amount), "f", 0 if whole else 2)
    return f"{number}{_NO_BREAK}{currency}" if currency else number


def deal_text(deal: Deal) -> str:
    """What stands under a deal's title: its stage and its sum."""
    parts = (deal.stage, amount_text(deal.amount, deal.currency))
    return SEPARATOR.join(part for part in parts if part)


def deal_title(deal: Deal) -> str:
    """A deal's title; a deal without one has its number."""
    return deal.title or _tr("Deal {number}").format(number=deal.id)


def age_text(dossier: Dossier, block: Block, now: datetime, zone: tzinfo) -> str:
    """Since when a block is as it is: "as of 14:05"; empty where it was never read."""
    as_of = dossier.state_of(block).as_of
    if as_of is None:
        return ""
    local, today = as_of.astimezone(zone), now.astimezone(zone).date()
    words = time_text(local)
    if local.date() != today:
        words = f"{date_text(local.date(), today)} {words}"
    return _tr("as of {time}").format(time=words)


def missing_text(block: Block, problem: str) -> str:
    """Why a block cannot be read, and whom to ask; empty for what passes by itself."""
    if problem in _RIGHTS:
        return _tr(_LACKING[block])
    if problem == Refusal.UNSUPPORTED.value:
        return _tr(_UNKNOWN[block])
    return _tr("This could not be read just now.") if problem else ""


def nothing_text(problem: str) -> str:
    """Why neither deals nor the timeline can be read; empty where that is not known."""
    if problem in _RIGHTS:
        return _tr(
            "Not shown: your sign-in may not read them. Ask your Bitrix24 administrator for the "
            "CRM permission."
        )
    if problem == Refusal.UNSUPPORTED.value:
        return _tr("This portal does not let Parley read them.")
    return _tr("This could not be read just now.") if problem else ""


def value_text(value: OwnValue, now: datetime, zone: tzinfo) -> str:
    """What a contact has in an own field; a dash where it has nothing."""
    texts = (_one(value.field.type, one, now, zone) for one in value.values)
    return ", ".join(text for text in texts if text) or "–"


def entry_title(entry: TimelineEntry) -> str:
    """What an entry says; one that says nothing is called by its kind."""
    return entry.text.strip() or _tr(_KINDS[entry.kind])


def entry_text(entry: TimelineEntry, now: datetime, zone: tzinfo) -> str:
    """The small print of an entry: when, what, who, and how far it is on its way."""
    parts = [_when(entry, now, zone)]
    if entry.text.strip():
        parts.append(_kind(entry))
    parts.append(entry.author)
    if not entry.completed and entry.kind is not TimelineKind.COMMENT:
        parts.append(_tr("not done yet"))
    parts.append(mark_text(entry.mark))
    return SEPARATOR.join(part for part in parts if part)


def mark_text(mark: DeliveryMark) -> str:
    """How far something is on its way; empty where it has arrived."""
    if mark is DeliveryMark.SETTLED:
        return ""
    if mark is DeliveryMark.TROUBLE:
        return _tr("could not be sent")
    return _tr("waiting to be sent")


def _kind(entry: TimelineEntry) -> str:
    if entry.incoming and entry.kind is TimelineKind.CALL:
        return _tr("Incoming call")
    if entry.incoming and entry.kind is TimelineKind.EMAIL:
        return _tr("Incoming e-mail")
    return _tr(_KINDS[entry.kind])


def _when(entry: TimelineEntry, now: datetime, zone: tzinfo) -> str:
    if entry.at is None:
        return ""
    local, today = entry.at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return _tr("Today {time}").format(time=time_text(local))
    return date_text(local.date(), today)


def _one(kind: FieldType, text: str, now: datetime, zone: tzinfo) -> str:
    today = now.astimezone(zone).date()
    match kind:
        case FieldType.FLAG:
            return _tr("Yes") if text == "yes" else _tr("No")
        case FieldType.DATE:
            day = _date(text)
            return text if day is None else date_text(day, today)
        case FieldType.MOMENT:
            return _moment(text, today, zone)
        case FieldType.MONEY:
            return _money(text)
        case FieldType.NUMBER:
            return _number(text)
        case _:
            return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str, today: date, zone: tzinfo) -> str:
    try:
        local = datetime.fromisoformat(text).astimezone(zone)
    except ValueError:
        return text
    return f"{date_text(local.date(), today)} {time_text(local)}"


def _money(text: str) -> str:
    number, _, currency = text.partition("|")
    amount = _decimal(number)
    return text if amount is None else amount_text(amount, currency.strip()[:3])


def _number(text: str) -> str:
    amount = _decimal(text)
    if amount is None:
        return text
    places = max(0, -int(amount.as_tuple().exponent)) if amount.is_finite() else 0
    return QLocale().toString(float(amount), "f", min(places, 6))


def _decimal(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) < 15 else None
