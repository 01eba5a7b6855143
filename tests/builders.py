"""Values for tests: complete and valid, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from desktop.domain.account import Account, AccountKind, User
from desktop.domain.comment import Comment
from desktop.domain.contact import Contact, Email, Phone, PostalAddress
from desktop.domain.event import Calendar, Event, EventKind
from desktop.domain.ids import (
    AccountId,
    CalendarId,
    CommentId,
    ContactId,
    DraftId,
    EventId,
    OpId,
    RecordKind,
    RemoteId,
    Revision,
    UserId,
)
from desktop.domain.meeting import MeetingDraft
from desktop.domain.sync import Item, OutboxEntry, Record, RemoteRecord, Verb
from desktop.domain.timespan import DateSpan, TimeSpan, When, resolve_wall_time

MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)
WEDNESDAY = date(2026, 11, 18)
THURSDAY = date(2026, 11, 19)
FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
ACCOUNT = AccountId("a1")
CALENDAR = CalendarId("a1:cal")


def make_clock(now: datetime = NOW) -> "Clock":
    """A clock that stands still until it is moved."""
    return Clock(now)


class Clock:
    """Call it for the time; ``forward`` moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> datetime:
        """Moves by ``timedelta(**parts)`` and gives the new time."""
        self.now += timedelta(**parts)
        return self.now


def make_span(
    day: date = MONDAY, *, hours: tuple[float, float] = (10, 11), zone: tzinfo = UTC
) -> TimeSpan:
    """A stretch of ``day`` from one wall-clock hour to another; 24 is the next midnight."""
    midnight = datetime.combine(day, datetime.min.time())
    start, end = (resolve_wall_time(midnight + timedelta(hours=h), zone) for h in hours)
    return TimeSpan(start, end)


def make_days(first: date = MONDAY, days: int = 1) -> DateSpan:
    """Whole days from ``first`` on."""
    return DateSpan(first, first + timedelta(days=days))


def make_account(
    account_id: str = ACCOUNT, kind: AccountKind = AccountKind.BITRIX24, **more: Any
) -> Account:
    """A signed-in account."""
    values = {"title": "Bitrix24 · Anna", "made_at": NOW, "user_id": UserId(f"{account_id}:7")}
    return Account(id=AccountId(account_id), kind=kind, **{**values, **more})


def make_contact(
    contact_id: str = "c1",
    name: str = "Anna Petrova",
    *,
    account: str = ACCOUNT,
    phone: str = "",
    email: str = "",
    city: str = "",
    **more: Any,
) -> Contact:
    """A contact; the last word of ``name`` is the family name."""
    given, _, family = name.rpartition(" ")
    values: dict[str, Any] = {"given_name": given, "family_name": family}
    if phone:
        values["phones"] = (Phone(phone),)
    if email:
        values["emails"] = (Email(email),)
    if city:
        values["address"] = PostalAddress(city=city)
    return Contact(id=ContactId(contact_id), account_id=AccountId(account), **{**values, **more})


def make_event(
    event_id: str = "e1",
    summary: str = "Planning",
    when: When | None = None,
    *,
    account: str = ACCOUNT,
    calendar: str = CALENDAR,
    **more: Any,
) -> Event:
    """A meeting on Monday from ten to eleven, UTC, unless told otherwise."""
    return Event(
        id=EventId(event_id),
        account_id=AccountId(account),
        calendar_id=CalendarId(calendar),
        summary=summary,
        when=when or make_span(),
        **{"kind": EventKind.MEETING, **more},
    )


def make_calendar(calendar_id: str = CALENDAR, name: str = "Work", **more: Any) -> Calendar:
    """A visible, writable calendar."""
    values = {"account_id": ACCOUNT, "color": "#3366cc", **more}
    return Calendar(id=CalendarId(calendar_id), name=name, **values)


def make_user(user_id: str = "a1:7", name: str = "Boris Orlov", **more: Any) -> User:
    """A colleague."""
    return User(id=UserId(user_id), name=name, **{"account_id": ACCOUNT, **more})


def make_draft(draft_id: str = "d1", when: When | None = None, **more: Any) -> MeetingDraft:
    """A draft as it is when the editor has just opened."""
    values = {"time_zone": "UTC", "calendar_id": CALENDAR, **more}
    return MeetingDraft(id=DraftId(draft_id), when=when or make_span(), **values)


def make_op(
    op_id: str = "op1",
    wish: Record | None = None,
    *,
    verb: Verb = Verb.CREATE,
    kind: RecordKind = RecordKind.EVENT,
    uid: str = "e1",
    account: str = ACCOUNT,
    **more: Any,
) -> OutboxEntry:
    """An op that has just been made; a create of `make_event` unless told otherwise."""
    if wish is None and verb is not Verb.DELETE:
        wish = make_event(uid) if kind is RecordKind.EVENT else make_contact(uid)
    values = {"base": None, "made_at": NOW, "seq": 0, **more}
    return OutboxEntry(
        op_id=OpId(op_id),
        item_uid=uid,
        account_id=AccountId(account),
        kind=kind,
        verb=verb,
        wish=wish,
        **values,
    )


def make_item(
    uid: str = "e1", remote_id: str | None = "100", *, account: str = ACCOUNT, **more: Any
) -> Item:
    """A record linked with its server's."""
    return Item(
        uid=uid,
        account_id=AccountId(account),
        remote_id=None if remote_id is None else RemoteId(remote_id),
        **{"kind": RecordKind.EVENT, **more},
    )


def make_remote(
    record: Record | None = None, remote_id: str = "100", *, revision: str = "r1", **more: Any
) -> RemoteRecord:
    """A server's copy of ``record``."""
    record = record or make_event()
    kind = kind_of(record)
    return RemoteRecord(
        **{
            "kind": kind,
            "remote_id": RemoteId(remote_id),
            "revision": Revision(revision),
            "record": record,
            **more,
        }
    )


def kind_of(record: Record) -> RecordKind:
    """What a record is on its server."""
    if isinstance(record, Comment):
        return RecordKind.COMMENT
    return record.record if isinstance(record, Event) else RecordKind.CONTACT


def make_comment(
    comment_id: str = "m1", contact: str = "c1", *, text: str = "Called twice", **more: Any
) -> Comment:
    """A note in a contact's timeline."""
    values = {"account_id": ACCOUNT, "made_at": NOW, **more}
    return Comment(id=CommentId(comment_id), contact=ContactId(contact), text=text, **values)


def renamed(contact: Contact, name: str) -> Contact:
    """The same contact under another name."""
    given, _, family = name.rpartition(" ")
    return replace(contact, given_name=given, family_name=family)
