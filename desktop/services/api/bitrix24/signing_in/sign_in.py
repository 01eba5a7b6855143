"""Whose credentials they are and what they allow: one batch that everybody may send."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from desktop.domain.account import Capabilities
from desktop.domain.customs import Customs
from desktop.domain.errors import OutcomeUnknownError, Refusal, RefusedError
from desktop.domain.event import Recording
from desktop.domain.ids import UserId
from desktop.services.api.bitrix24.batch import Command
from desktop.services.api.bitrix24.calendar.calendar_rows import SECTIONS
from desktop.services.api.bitrix24.calendar.places import groups_in
from desktop.services.api.bitrix24.calendar.series_write import SERIES_PARTS
from desktop.services.api.bitrix24.calendar.wire_customs import customs_of
from desktop.services.api.bitrix24.client import Bitrix24Client
from desktop.services.api.bitrix24.culture import zone_named
from desktop.services.api.bitrix24.envelope import BatchReply, as_map
from desktop.services.api.bitrix24.portal_state import PortalState
from desktop.services.api.bitrix24.probes import METHODS, NO
from desktop.services.api.bitrix24.signing_in.app_info import app_info
from desktop.services.api.bitrix24.values import as_flag, as_id, as_list, as_text, instant
from desktop.services.api.port import Identity

_USER_SCOPES = frozenset({"user", "user_basic", "user_brief"})


async def identify(
    client: Bitrix24Client, clock: Callable[[], datetime], state: PortalState
) -> Identity:
    """Who is signed in; ``state`` learns the user's zone and calendars on the way.

    Raises `RefusedError` (SIGN_IN) where the user is not active any more.
    """
    before = clock()
    reply = await client.batch(
        {
            "me": Command("profile", {}),
            "scope": Command("scope", {}),
            "now": Command("server.time", {}),
            **{f"m{n}": Command("method.get", {"name": name}) for n, name in enumerate(METHODS)},
            "settings": Command("calendar.user.settings.get", {}),
            "portal": Command("calendar.settings.get", {}),
            "sections": Command("calendar.section.get", {"type": "user"}),
            **({"app": Command("app.info", {})} if client.application else {}),
        }
    )
    after = clock()
    me = _decoded(reply, "me")
    if not isinstance(me, dict) or not as_id(me.get("ID")):
        raise RefusedError(Refusal.SIGN_IN, code="inactive user", method="profile")
    scopes = tuple(as_text(one) for one in as_list(_decoded(reply, "scope")) if as_text(one))
    names = (as_text(me.get("NAME")).strip(), as_text(me.get("LAST_NAME")).strip())
    user = UserId(as_id(me.get("ID")))
    settings = _told(reply, "settings")
    state.learn(user, _zone(settings, me))
    state.application = client.application
    plan = app_info(told := _told(reply, "app"))
    if told is not None:
        client.allow_pace(plan.most_per_s)
    available = _available(reply)
    state.learn_methods(available)
    if (sections := reply.find("sections")) is not None:
        own = settings if isinstance(settings, dict) else {}
        state.groups |= groups_in(own)
        state.learn_sections(SECTIONS.rows(sections), own)
    return Identity(
        user_id=user,
        user_name=" ".join(name for name in names if name),
        capabilities=_capabilities(
            frozenset(scopes),
            available,
            application=state.application,
            series_parts=await state.probes.find(SERIES_PARTS) != NO,
        ),
        time_zone=state.time_zone,
        admin=as_flag(me.get("ADMIN")),
        clock_offset_s=_offset_s(reply, before, after),
        scopes=scopes,
        customs=_customs(reply),
        installed=plan.installed,
        paid=not plan.payment_expired,
        fast=plan.enterprise,
    )


def _customs(reply: BatchReply) -> Customs | None:
    """What is usual there; None where the user may not ask."""
    portal, user = _told(reply, "portal"), _told(reply, "settings")
    if portal is None and user is None:
        return None
    return customs_of(as_map(portal), as_map(user))


def _capabilities(
    scopes: frozenset[str],
    available: frozenset[str],
    *,
    application: bool = False,
    series_parts: bool = True,
) -> Capabilities:
    """What is offered: what is both permitted and known to this portal."""
    crm, calendar, users = "crm" in scopes, "calendar" in scopes, bool(scopes & _USER_SCOPES)
    activities = crm and "crm.activity.add" in available
    # The new family of methods does for the old one, which its makers have given up.
    items = "crm.item.list" in available and "crm.contact.list" not in available
    recordings = _recordings(scopes, available, application=application)
    missing = [
        name
        for name, granted in (("crm", crm), ("calendar", calendar), ("user", users))
        if not granted
    ]
    return Capabilities(
        contacts=crm and ("crm.contact.list" in available or items),
        edit_contacts=crm and ("crm.contact.update" in available or items),
        create_contacts=crm and ("crm.contact.add" in available or items),
        calendar=calendar and "calendar.event.get" in available,
        create_events=bool(recordings),
        calls=activities,
        responsible=activities and users,
        priority=True,
        all_day=calendar and "calendar.event.add" in available,
        reminders=1,
        recordings=recordings,
        application=application,
        series=calendar and "calendar.event.add" in available,
        series_parts=series_parts and calendar and "calendar.event.add" in available,
        deals=crm and bool({"crm.deal.list", "crm.item.list"} & available),
        attendees=calendar and users and "calendar.event.add" in available,
        free_busy=calendar and users and "calendar.event.get" in available,
        timeline=crm and "crm.timeline.comment.add" in available,
        missing_scopes=tuple(missing),
    )


def _recordings(
    scopes: frozenset[str], available: frozenset[str], *, application: bool
) -> tuple[Recording, ...]:
    """How a booking can be recorded, the fullest record first."""
    crm, calendar = "crm" in scopes, "calendar" in scopes
    able = (
        (Recording.ACTIVITY, crm and "crm.activity.add" in available),
        (Recording.TODO, crm and "crm.activity.todo.add" in available),
        (Recording.CARD, crm and application and "crm.activity.configurable.add" in available),
        (Recording.EVENT, calendar and "calendar.event.add" in available),
    )
    return tuple(way for way, can in able if can)


def _available(reply: BatchReply) -> frozenset[str]:
    found = set()
    for number, name in enumerate(METHODS):
        told = _decoded(reply, f"m{number}")
        if isinstance(told, dict) and as_flag(told.get("isAvailable")):
            found.add(name)
    return frozenset(found)


def _zone(settings: object, me: dict[str, object]) -> str:
    """The user's zone: the calendar's setting, else the profile's; empty where neither tells."""
    told = (
        settings.get("timezoneName") if isinstance(settings, dict) else None,
        me.get("TIME_ZONE"),
    )
    names = (as_text(name).strip() for name in told)
    return next((name for name in names if zone_named(name) is not None), "")


def _offset_s(reply: BatchReply, before: datetime, after: datetime) -> float:
    """Server clock minus ours, taken in the middle of the round trip."""
    now = reply.time.now or instant(_decoded(reply, "now"))
    if now is None:
        return 0.0
    return (now - before - (after - before) / 2).total_seconds()


def _told(reply: BatchReply, name: str) -> object:
    """What a command was answered; None where it was refused or not asked."""
    return _decoded(reply, name) if name in reply.results else None


def _decoded(reply: BatchReply, name: str) -> object:
    try:
        value: object = msgspec.json.decode(reply.get(name))
    except msgspec.DecodeError:
        raise OutcomeUnknownError from None
    return value
