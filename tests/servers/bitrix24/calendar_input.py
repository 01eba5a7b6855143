"""What a calendar write sends: times in three forms, rules, and everything else."""

import re
from datetime import UTC, datetime
from typing import Any

from . import calendar_records as records
from .calendar_texts import refuse
from .occurrences import WEEKDAYS
from .values import Row, to_flag, to_int, to_list, to_rows, to_text
from .world import Call

_OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_CRM_LINK = re.compile(r"(C|CO|L|D|T[0-9a-f]+)_(\d+)$")


def read_times(call: Call, present: Row) -> Row:
    """Start, end, zones and all-day flag; what is not sent stays as it was.

    A timed event without a zone is in the caller's, an all-day one in none. Only ``skip_time`` "Y"
    makes an event all-day. A time with an offset keeps the offset as zone.
    """
    sent, usual = call.params, call.world.user_zone(call.caller.user_id)
    all_day = sent.get("skip_time") == "Y"
    heard = call.world.settings.zones_honoured
    named = to_text(sent.get("timezone_from")) if heard else ""
    zone_from = named or present.get("tz_from") or ("" if all_day else usual)
    zone_to = (to_text(sent.get("timezone_to")) if heard else "") or zone_from
    start, zone_from = _moment(call, "from", present.get("start"), zone_from, usual)
    end, zone_to = _moment(call, "to", present.get("end"), zone_to, usual)
    if start is None or end is None:
        raise refuse(call, "unset", name="from", method=call.method)
    if all_day:
        start, end = start[:10] + "T00:00:00", end[:10] + "T00:00:00"
    if end < start and zone_from == zone_to:
        end = start
    return {"start": start, "end": end, "tz_from": zone_from, "tz_to": zone_to, "all_day": all_day}


def _moment(
    call: Call, name: str, present: str | None, zone: str, usual: str
) -> tuple[str | None, str]:
    stamp = to_int(call.params.get(f"{name}_ts"))
    if stamp:
        moment = datetime.fromtimestamp(stamp, UTC).astimezone(records.zone_of(usual))
        return moment.replace(tzinfo=None).isoformat(), usual
    text = to_text(call.params.get(name)).strip()
    if not text:
        return present, zone
    offset = _OFFSET.search(text) if len(text) > 10 else None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        day = call.world.culture.read_date(text)
        if day is None:
            raise refuse(call, "value", name=name) from None
        return f"{day.isoformat()}T00:00:00", zone
    if offset and call.world.settings.offsets_honoured:
        zone = "UTC" if offset[1] == "Z" else f"{offset[1][:3]}:{offset[1][-2:]}"
    return moment.replace(tzinfo=None, microsecond=0).isoformat(), zone


def read_rule(call: Call, sent: object) -> Row | None:
    """A recurrence rule; anything that the server cannot express is ignored."""
    if not isinstance(sent, dict) or not sent.get("FREQ") or sent["FREQ"] == "NONE":
        return None
    frequency = to_text(sent["FREQ"]).upper()
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise refuse(call, "value", name="rrule")
    rule: Row = {"FREQ": frequency, "INTERVAL": to_int(sent.get("INTERVAL")) or 1}
    until = call.world.culture.read_date(to_text(sent.get("UNTIL")))
    count = to_int(sent.get("COUNT"))
    if count:
        rule["COUNT"] = count
    elif until is not None:
        rule["UNTIL"] = until.isoformat()
    if frequency == "WEEKLY":
        named = sent.get("BYDAY")
        chosen = named.split(",") if isinstance(named, str) else to_list(named)
        rule["BYDAY"] = [name for name in WEEKDAYS if name in chosen] or ["MO"]
        if call.world.settings.off_rule_start == "shown":
            rule["_FIRST"] = True
    return rule


_TEXTS = {
    "name": "name",
    "description": "description",
    "location": "location",
    "color": "color",
    "accessibility": "accessibility",
    "importance": "importance",
}


def plain_fields(call: Call) -> Row:
    """The sent fields that are neither times, rule, calendar nor attendees."""
    sent = call.params
    for name in _TEXTS:
        if isinstance(sent.get(name), (list, dict)):
            raise refuse(call, "value", name=name)
    fields: Row = {ours: to_text(sent[theirs]) for theirs, ours in _TEXTS.items() if theirs in sent}
    if "private_event" in sent:
        fields["private"] = to_flag(sent["private_event"])
    if "remind" in sent:
        told = to_rows(sent["remind"])
        if call.method.endswith("update") and _clears(call, "foreign_reminders"):
            told = [item for item in told if item.get("type") in ("min", "hour", "day")]
        fields["remind"] = [_reminder(item) for item in told]
    if "crm_fields" in sent:
        fields["crm"] = _links(call, sent["crm_fields"])
    return fields


def changed_fields(call: Call) -> Row:
    """What an update changes besides times and people: the sent fields, and what it empties."""
    fields = plain_fields(call)
    if "rrule" in call.params:
        fields["rrule"] = read_rule(call, call.params["rrule"])
    for name, ours, nothing in (
        ("rrule", "rrule", None),
        ("crm_fields", "crm", []),
        ("remind", "remind", []),
    ):
        if name not in call.params and _clears(call, name):
            fields[ours] = nothing
    if _clears(call, "files"):
        fields["files"] = []
    return fields


def _clears(call: Call, name: str) -> bool:
    return name in call.world.settings.update_clears


def _reminder(item: Row) -> Row:
    if "count" not in item:
        return item
    return {"type": to_text(item.get("type")) or "min", "count": to_int(item["count"]) or 0}


def _links(call: Call, sent: Any) -> list[str]:
    if sent == "":
        return []
    if not isinstance(sent, list):
        raise refuse(call, "links")
    world = call.world
    kept = {"C": world.contacts, "CO": world.companies, "L": world.leads, "D": world.deals}
    for link in sent:
        match = _CRM_LINK.match(to_text(link))
        target = kept.get(match[1]) if match else None
        if match is None or (target is not None and target.get(int(match[2])) is None):
            raise refuse(call, "value", name="crm_fields")
    return [to_text(link) for link in sent]
