"""What the portal and its people have chosen for the calendar."""

from datetime import UTC, datetime, timedelta

from . import calendar_records as records
from .calendar_rights import is_guest
from .calendar_texts import required
from .values import Row, to_text
from .world import Call, World

_NOT_WRITTEN = (
    "timezoneName",
    "timezoneOffsetUTC",
    "timezoneDefaultName",
    "work_time_start",
    "work_time_end",
)


def portal_settings(call: Call) -> Row:
    """``calendar.settings.get``; guests see only the working hours, as numbers."""
    if is_guest(call.world, call.caller.user_id):
        return {"work_time_start": 9, "work_time_end": 19}
    return {
        "work_time_start": "9",
        "work_time_end": "19",
        "year_holidays": "1.01,2.01,1.05,9.05,12.06",
        "year_workdays": "31.12",
        "week_holidays": ["SA", "SU"],
        "week_start": "MO",
        "user_name_template": "#NAME# #LAST_NAME#",
        "sync_by_push": False,
        "user_show_login": True,
        "path_to_user": "/company/personal/user/#user_id#/",
        "path_to_user_calendar": "/company/personal/user/#user_id#/calendar/",
        "dep_manager_sub": True,
        "denied_superpose_types": [],
        "pathes_for_sites": "",
        "forum_id": "8",
        "rm_for_sites": True,
        **call.world.settings.calendar_options,
    }


def user_settings(call: Call) -> Row:
    """``calendar.user.settings.get``: the best source of the user's zone."""
    world, user_id = call.world, call.caller.user_id
    user = world.users.get(user_id) or {}
    section = to_text(user.get("_CRM_SECTION")) or to_text(
        records.first_section(world, "user", user_id)
    )
    return {**_usual(world, user_id, section), **(user.get("_OPTIONS") or {})}


def _usual(world: World, user_id: int, section: str) -> Row:
    zone = world.user_zone(user_id)
    now = datetime.fromtimestamp(world.clock.now(), UTC).astimezone(records.zone_of(zone))
    offset = now.utcoffset() or timedelta()
    return {
        "view": "week",
        "meetSection": section,
        "crmSection": section,
        "showDeclined": True,
        "denyBusyInvitation": False,
        "collapseOffHours": "N",
        "showWeekNumbers": "N",
        "showTasks": "Y",
        "syncTasks": "N",
        "showCompletedTasks": "N",
        "lastUsedSection": "false",
        "sendFromEmail": "",
        "defaultSections": {f"user{user_id}": section} if section else [],
        "syncPeriodPast": "3",
        "syncPeriodFuture": "12",
        "defaultReminders": {
            "fullDay": [{"type": "min", "count": 15}],
            "withTime": [{"type": "min", "count": 50}],
        },
        "timezoneName": zone,
        "timezoneOffsetUTC": int(offset.total_seconds()),
        "timezoneDefaultName": "",
        "work_time_start": "9.00",
        "work_time_end": "19.30",
    }


def set_user_settings(call: Call) -> bool:
    """``calendar.user.settings.set``: everything but zone and working hours."""
    required(call, "settings")
    world, user_id = call.world, call.caller.user_id
    sent = call.params["settings"]
    known = set(_usual(world, user_id, "")) - set(_NOT_WRITTEN)
    taken = {name: sent[name] for name in sent if name in known} if isinstance(sent, dict) else {}
    user = world.users.rows[user_id]
    options = {**(user.get("_OPTIONS") or {}), **taken}
    crm_section = to_text(taken.get("crmSection")) or user.get("_CRM_SECTION")
    world.users.put(user_id, {**user, "_OPTIONS": options, "_CRM_SECTION": crm_section})
    return True


METHODS = {
    "calendar.settings.get": portal_settings,
    "calendar.user.settings.get": user_settings,
    "calendar.user.settings.set": set_user_settings,
}
