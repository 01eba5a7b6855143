"""The tests' back door to the calendar: what comes about outside of the REST methods."""

from . import calendar_records as records
from .resources import BOOKING_TYPE
from .values import Row
from .world import World


class CalendarVerbs:
    """Verbs of the control; arguments and answers are JSON values."""

    _world: World

    def add_group(self, name: str, members: list[int], number: int | None = None) -> Row:
        """A workgroup with a calendar; ``group`` and ``section``."""
        groups = self._world.groups
        chosen = groups.new_id() if number is None else number
        groups.put(chosen, {"ID": str(chosen), "NAME": name, "members": members})
        section = records.make_section(self._world, "group", chosen, name, creator=members[0])
        return {"group": chosen, "section": section}

    def add_absence(self, user: int, first: str, last: str, name: str = "Vacation") -> int:
        """An absence in the personnel records: whole days, the last one included."""
        number = self._world.absences.new_id()
        row = {"id": number, "user": user, "name": name, "from": first, "to": last}
        self._world.absences.put(number, row)
        return number

    def book_resource(self, resource: int, name: str, start: str, end: str, zone: str = "") -> int:
        """A booking of a resource, as the booking page makes it; its event's id."""
        zone = zone or self._world.settings.zone
        event = records.new_event(
            self._world,
            7,
            type="resource",
            owner=resource,
            name=name,
            start=start,
            end=end,
            tz_from=zone,
            tz_to=zone,
            event_type=BOOKING_TYPE,
        )
        self._world.events.put(event["id"], {**event, "booking": event["id"] + 50_000})
        return int(event["id"])

    def leave_out(self, event: int, days: list[str]) -> Row:
        """Take dates out of a series and of its copies, as its page does."""
        kept = {}
        for row in list(self._world.events.rows.values()):
            if event in (row["id"], row["parent"]):
                exdates = sorted({*row["exdates"], *days})
                kept[row["id"]] = records.save(self._world, {**row, "exdates": exdates})
        return kept[event]

    def set_user_options(self, user: int, **options: object) -> Row:
        """Answers of ``calendar.user.settings.get`` that REST cannot write, such as work times."""
        row = self._world.users.rows[user]
        present = {**(row.get("_OPTIONS") or {}), **options}
        self._world.users.put(user, {**row, "_OPTIONS": present})
        return present
