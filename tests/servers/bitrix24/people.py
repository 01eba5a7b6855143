"""Users and departments, and the methods that need no permission."""

from datetime import datetime, timedelta
from typing import Any

from .clock import zone_named
from .errors import RestError, missing, system_error
from .filters import Fields
from .listing import Query, list_params, page_of
from .settings import ALL_SCOPES
from .values import Row, to_flag, to_int, to_list, to_text
from .world import Call, Page

_BRIEF = frozenset(
    "ID ACTIVE NAME LAST_NAME SECOND_NAME PERSONAL_PHOTO UF_DEPARTMENT WORK_POSITION "
    "UF_PHONE_INNER TIME_ZONE".split()
)
_CONTACT_DATA = frozenset(
    "EMAIL PERSONAL_MOBILE WORK_PHONE PERSONAL_PHONE IS_ONLINE USER_TYPE".split()
)
USER_FIELDS: Fields = {
    "ID": "int",
    "NAME": "text",
    "LAST_NAME": "text",
    "SECOND_NAME": "text",
    "EMAIL": "text",
    "WORK_POSITION": "text",
    "USER_TYPE": "link",
    "ACTIVE": "link",
    "TIME_ZONE": "link",
}


def profile(call: Call) -> Row:
    """``profile``: always available."""
    row = call.world.users.get(call.caller.user_id)
    if row is None or not row["ACTIVE"]:
        return {}
    told: Row = {
        "ID": row["ID"],
        "ADMIN": bool(row["_ADMIN"]),
        "NAME": row["NAME"],
        "LAST_NAME": row["LAST_NAME"],
        "PERSONAL_GENDER": row["PERSONAL_GENDER"],
        "TIME_ZONE": row["TIME_ZONE"],
    }
    if call.world.crm.profile_offset:
        here = zone_named(call.world.user_zone(call.caller.user_id))
        offset = datetime.fromtimestamp(call.world.clock.now(), here).utcoffset()
        told["TIME_ZONE_OFFSET"] = int((offset or timedelta()).total_seconds())
    if row.get("PERSONAL_PHOTO"):
        told["PERSONAL_PHOTO"] = row["PERSONAL_PHOTO"]
    return told


def _visible(call: Call, row: Row, select: list[str] | None = None) -> Row:
    scopes = call.caller.scopes
    shown = {name: value for name, value in row.items() if not name.startswith("_")}
    if "user" not in scopes:
        allowed = _BRIEF | _CONTACT_DATA if "user_basic" in scopes else _BRIEF
        shown = {name: value for name, value in shown.items() if name in allowed}
    if select:
        shown = {name: value for name, value in shown.items() if name in {"ID", *select}}
    return shown


def current(call: Call) -> Row:
    """``user.current``."""
    return _visible(call, call.world.users.rows[call.caller.user_id])


def get_users(call: Call) -> Page:
    """``user.get``: filter fields may also stand at the top level."""
    return _users(call, dict(call.params))


def search_users(call: Call) -> Page:
    """``user.search``: ``FIND`` looks into names and position."""
    return _users(call, dict(call.params))


def _users(call: Call, params: Row) -> Page:
    conditions = params.get("filter")
    conditions = dict(conditions) if isinstance(conditions, dict) else {}
    top_level = {name.upper(): value for name, value in params.items() if name != "filter"}
    conditions.update((n, v) for n, v in top_level.items() if n in USER_FIELDS)
    find = to_text(conditions.pop("FIND", top_level.get("FIND"))).casefold()
    if "ACTIVE" in conditions:
        conditions["ACTIVE"] = "1" if to_flag(conditions["ACTIVE"]) else ""
    department = to_int(conditions.get("UF_DEPARTMENT", top_level.get("UF_DEPARTMENT")))
    sort = to_text(params.get("sort")).upper() or "ID"
    query = Query(conditions, {sort: to_text(params.get("order")) or "ASC"}, USER_FIELDS)

    def seen(row: Row) -> bool:
        words = " ".join(to_text(row.get(n)) for n in ("NAME", "LAST_NAME", "WORK_POSITION"))
        if row.get("USER_TYPE") == "email":
            return False
        return find in words.casefold() and (
            department is None or department in row.get("UF_DEPARTMENT", ())
        )

    world = call.world
    _, _, select, start = list_params({**params, "filter": None, "order": None})
    if not world.crm.user_select:
        select = []
    rows = world.users.rows
    ids = query.matching(world.users, world.zone, seen)
    return page_of(world, ids, start, lambda number: _visible(call, rows[number], select))


def user_fields(call: Call) -> Row:
    """``user.fields``: name -> title."""
    return {name: name.replace("_", " ").title() for name in USER_FIELDS}


def departments(call: Call) -> Page:
    """``department.get``: filters are top-level parameters."""
    rows = list(call.world.departments.rows.values())
    for name in ("ID", "NAME", "PARENT", "UF_HEAD"):
        wanted = call.params.get(name.lower())
        if wanted is not None:
            choices = {to_text(choice) for choice in to_list(wanted)}
            rows = [row for row in rows if to_text(row.get(name)) in choices]
    return Page(rows, len(rows))


def scope(call: Call) -> list[str]:
    """``scope``: what was granted, or everything there is."""
    if to_flag(call.params.get("full")):
        return [*ALL_SCOPES, "user_basic", "user_brief", "task", "pull"]
    return sorted(call.caller.scopes)


def feature(call: Call) -> Row:
    """``feature.get``."""
    code = to_text(call.params.get("code"))
    if not code:
        raise RestError("CODE_EMPTY", "CODE can't be empty")
    extended = code == "rest_offline_extended" and call.world.crm.offline_queue
    return {"value": "Y" if extended else "N"}


def is_admin(call: Call) -> bool:
    """``user.admin``."""
    return bool(call.world.users.rows[call.caller.user_id]["_ADMIN"])


def has_access(call: Call) -> bool:
    """``user.access``: true if any of the codes fits."""
    if "access" not in call.params:
        raise missing("ACCESS")
    codes = {to_text(code) for code in to_list(call.params["access"])}
    return is_admin(call) or bool(codes & {"AU", f"U{call.caller.user_id}"})


def app_info(call: Call) -> Row:
    """``app.info``: for applications only."""
    if not call.caller.is_app:
        if call.world.crm.webhook_app_info:
            return {"SCOPE": sorted(call.caller.scopes), "LICENSE": "de_basic"}
        raise system_error("ACCESS_DENIED", "Access denied! Application context required")
    app = call.world.sign_in.apps.get(call.caller.client_id)
    return {
        "ID": 5 if app is None else app.number,
        "CODE": "local.650b1d4c5e6f71.12345678" if app is None else app.client_id,
        "VERSION": 1 if app is None else app.version,
        "STATUS": "L" if app is None else app.status,
        "INSTALLED": True,
        "PAYMENT_EXPIRED": "N",
        "DAYS": None,
        "LANGUAGE_ID": "en",
        "LICENSE": "de_basic",
        "LICENSE_TYPE": "basic",
        "LICENSE_FAMILY": "basic",
    }


def access_names(call: Call) -> Any:
    """``access.name``: names of codes; false without any."""
    codes = [to_text(code) for code in to_list(call.params.get("access"))]
    named: Row = {}
    for code in codes:
        row = call.world.users.get(to_int(code[1:])) if code.startswith("U") else None
        if row is not None:
            named[code] = {"provider": "", "name": f"{row['NAME']} {row['LAST_NAME']}"}
    return named if codes else False


METHODS = {
    "profile": profile,
    "user.current": current,
    "user.get": get_users,
    "user.search": search_users,
    "user.fields": user_fields,
    "user.admin": is_admin,
    "user.access": has_access,
    "access.name": access_names,
    "department.get": departments,
    "scope": scope,
    "server.time": lambda call: call.world.now_iso(),
    "feature.get": feature,
    "app.info": app_info,
}
