"""Booking objects, a separate idea from rooms: ``calendar.resource.*``."""

from . import event_wire
from .calendar_reads import shown_between, window
from .calendar_texts import refuse, required
from .values import Row, to_int, to_list, to_text
from .world import Call

BOOKING_TYPE = "#resourcebooking#"


def listed(call: Call) -> list[Row]:
    """``calendar.resource.list``."""
    return list(call.world.resources.rows.values())


def add(call: Call) -> int:
    """``calendar.resource.add``."""
    required(call, "name")
    number = call.world.resources.new_id()
    row = {
        "ID": str(number),
        "NAME": to_text(call.params["name"]),
        "CREATED_BY": str(call.caller.user_id),
    }
    call.world.resources.put(number, row)
    return number


def update(call: Call) -> int:
    """``calendar.resource.update``."""
    required(call, "resourceId", "name")
    number = _existing(call)
    row = call.world.resources.rows[number]
    call.world.resources.put(number, {**row, "NAME": to_text(call.params["name"])})
    return number


def delete(call: Call) -> bool:
    """``calendar.resource.delete``: its bookings go with it."""
    required(call, "resourceId")
    number = _existing(call)
    for row in list(call.world.events.rows.values()):
        if (row["type"], row["owner"]) == ("resource", number):
            call.world.events.remove(row["id"])
    call.world.resources.remove(number)
    return True


def _existing(call: Call) -> int:
    number = to_int(call.params["resourceId"])
    if number is None or call.world.resources.get(number) is None:
        raise refuse(call, "failed_resource")
    return number


def bookings(call: Call) -> list[Row]:
    """``calendar.resource.booking.list``: event-like, with ``RESOURCE_BOOKING_ID``."""
    required(call, "filter")
    sent = call.params["filter"]
    chosen = sent if isinstance(sent, dict) else {}
    lists = [to_list(chosen.get(name)) for name in ("resourceTypeIdList", "resourceIdList")]
    if len([one for one in lists if one]) != 1:
        raise refuse(call, "one_list")
    wanted = {number for one in lists for number in map(to_int, one)}
    first, last = window(Call(call.world, call.method, chosen, call.caller))
    how = event_wire.Telling(unmasked=True)
    return [
        {**event, "RESOURCE_BOOKING_ID": str(row["booking"])}
        for row in call.world.events.rows.values()
        if row["type"] == "resource" and row["owner"] in wanted
        for event in shown_between(call, row, first, last, how)
    ]


METHODS = {
    "calendar.resource.list": listed,
    "calendar.resource.add": add,
    "calendar.resource.update": update,
    "calendar.resource.delete": delete,
    "calendar.resource.booking.list": bookings,
}
