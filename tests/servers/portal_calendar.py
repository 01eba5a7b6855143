"""A test's grip on the emulated portal's calendars: what colleagues do in them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from .quirks import QUIRKS
from .zones import Night

Row = dict[str, Any]


class CalendarControl(ABC):
    """The part of the portal's control that is about calendars."""

    @abstractmethod
    def _ask(self, verb: str, /, **arguments: Any) -> Any: ...

    def call(self, method: str, params: Row | None = None, *, by: int = 12) -> Any:
        """Call a REST method as an employee, past limits, faults and the request log."""
        return self._ask("call", method=method, params=params or {}, by=by)

    def record(self, kind: str, number: int) -> Row | None:
        """One stored record, or None."""
        found: Row | None = self._ask("record", kind=kind, number=number)
        return found

    # Calendars, groups, rooms, people

    def add_section(
        self, owner: int, name: str, *, kind: str = "user", color: str = "#9cbeee"
    ) -> int:
        """A calendar."""
        return int(self._ask("add_section", owner=owner, name=name, kind=kind, color=color))

    def add_room(self, name: str) -> int:
        """A meeting room: ``calendar_<id>`` as an event's location books it."""
        return self.add_section(0, name, kind="location")

    def share_section(self, section: int, **access: int) -> None:
        """Set a calendar's ``ACCESS``: ``G2=13, U12=17``.

        9 nothing, 11 busy only, 13 titles, 15 everything, 17 writing, 19 giving rights.
        """
        self._ask("patch", kind="section", number=section, changes={"ACCESS": access})

    def add_group(self, name: str, *members: int, number: int | None = None) -> Row:
        """A workgroup with a calendar; ``group`` and ``section``."""
        found: Row = self._ask("add_group", name=name, members=list(members), number=number)
        return found

    def add_absence(self, user: int, first: str, last: str, name: str = "Vacation") -> int:
        """Whole days on which an employee is away, by the personnel records."""
        return int(self._ask("add_absence", user=user, first=first, last=last, name=name))

    def book_resource(self, resource: int, name: str, start: str, end: str, zone: str = "") -> int:
        """A booking of a resource; its event's id."""
        asked = {"resource": resource, "name": name, "start": start, "end": end, "zone": zone}
        return int(self._ask("book_resource", **asked))

    def set_user_options(self, user: int, **options: Any) -> None:
        """Answers of ``calendar.user.settings.get``, also those that REST cannot write."""
        self._ask("set_user_options", user=user, **options)

    # Events

    def add_event(self, owner: int = 7, **params: Any) -> int:
        """An event in that employee's calendar, with the parameters of ``calendar.event.add``."""
        sent = {"type": "user", "ownerId": owner, "section": 0, "from": params.pop("start", "")}
        sent["to"] = params.pop("end", sent["from"])
        return int(self.call("calendar.event.add", {**sent, **params}, by=owner))

    def change_event(self, number: int, *, by: int | None = None, **params: Any) -> Any:
        """Somebody, usually its organiser, changes an event: only what ``params`` names.

        ``params`` as in ``calendar.event.update``, with ``start`` and ``end``; of an attendee's
        copy the organiser's event is changed. The method's answer.
        """
        sent = self._complete(self._organised(number))
        for name, theirs in (("start", "from"), ("end", "to")):
            if name in params:
                sent[theirs] = params.pop(name)
        organiser = sent.pop("organiser")
        who = organiser if by is None else by
        return self.call("calendar.event.update", {**sent, "host": organiser, **params}, by=who)

    def change_occurrence(self, number: int, day: str, **params: Any) -> int:
        """The organiser changes one occurrence alone: the id of the event that it becomes."""
        return self._change_part(number, day, "this", params)

    def change_following(self, number: int, day: str, **params: Any) -> int:
        """The organiser changes a series from ``day`` on: the id of its tail."""
        return self._change_part(number, day, "next", params)

    def _change_part(self, number: int, day: str, mode: str, params: Row) -> int:
        row = self._organised(number)
        length = datetime.fromisoformat(row["end"]) - datetime.fromisoformat(row["start"])
        start = params.setdefault("start", f"{day}{row['start'][10:]}")
        if "end" not in params:
            params["end"] = (datetime.fromisoformat(start) + length).isoformat()
        answer = self.change_event(number, recurrence_mode=mode, current_date_from=day, **params)
        return int(answer["recEventId"])

    def leave_out(self, number: int, *days: str) -> None:
        """Occurrences are deleted in the portal's own pages, as REST cannot."""
        self._ask("leave_out", event=number, days=list(days))

    def delete_event(self, number: int) -> None:
        """The organiser deletes an event, a series as a whole."""
        row = self._organised(number)
        self.call("calendar.event.delete", {"id": row["id"]}, by=row["host"] or row["created_by"])

    def answer_invitation(self, number: int, user: int, status: str) -> None:
        """An invited colleague answers: Y, N or Q. ``number``: any copy of the meeting."""
        entry = next(
            one["entryId"] for one in self._organised(number)["attendees"] if one["id"] == user
        )
        self.call("calendar.meeting.status.set", {"eventId": entry, "status": status}, by=user)

    def _organised(self, number: int) -> Row:
        row = self.record("event", number)
        if row is None:
            raise KeyError(number)
        return row if row["parent"] == number else self._organised(row["parent"])

    def _complete(self, row: Row) -> Row:
        """The parameters of an update that changes nothing."""
        sent = {
            "id": row["id"],
            "type": row["type"],
            "ownerId": row["owner"],
            "section": row["section"],
            "from": row["start"],
            "to": row["end"],
            "timezone_from": row["tz_from"],
            "timezone_to": row["tz_to"],
            "skip_time": "Y" if row["all_day"] else "N",
            "private_event": "Y" if row["private"] else "N",
            "crm_fields": row["crm"],
            "organiser": row["host"] or row["created_by"],
        }
        names = (
            "name",
            "description",
            "location",
            "color",
            "accessibility",
            "importance",
            "remind",
        )
        sent |= {name: row[name] for name in names}
        if row["rrule"]:
            sent["rrule"] = row["rrule"]
        return sent

    # Whole situations

    def seed_series(
        self,
        owner: int = 7,
        *,
        left_out: Sequence[str] = (),
        moved: dict[str, str] | None = None,
        **params: Any,
    ) -> Row:
        """A series with exceptions, made in the portal's pages.

        ``left_out``: local dates that do not take place; ``moved``: local date -> new start of
        that occurrence. ``series`` and ``moved`` (date -> id).
        """
        series = self.add_event(owner, **params)
        if left_out:
            self.leave_out(series, *left_out)
        pairs = (moved or {}).items()
        return {
            "series": series,
            "moved": {day: self.change_occurrence(series, day, start=at) for day, at in pairs},
        }

    def seed_quirks(self, owner: int = 7, day: str = "2026-11-17") -> dict[str, int]:
        """One event of each odd kind on that date; name -> id. See ``tests.servers.quirks``."""
        found = {}
        for name, (params, stored) in QUIRKS.items():
            times = {"start": f"{day}T10:00:00", "end": f"{day}T11:00:00"}
            sent = {"name": name, **times, **params}
            for key in ("start", "end"):
                sent[key] = sent[key].replace("DAY", day)
            found[name] = self.add_event(owner, **sent)
            if stored:
                self._ask("patch", kind="event", number=found[name], changes=stored)
        return found

    def seed_night(self, night: Night, owner: int = 7) -> dict[str, int]:
        """Events around a night in which the clocks change; name -> id.

        ``weekly``: at nine, a week before, that day, a week after; ``daily``: at the odd time,
        the day before, that day, the day after; ``over``: from 23:00 to 05:00 through the night;
        ``whole``: that day and the next; ``whole_weekly``: a single day, three weeks.
        """
        zone = {"timezone_from": night.zone, "timezone_to": night.zone}
        odd = night.local(-1, night.at.hour, night.at.minute)
        weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[night.day.weekday()]
        weekly = {"FREQ": "WEEKLY", "BYDAY": [weekday], "COUNT": 3}
        day, week = night.local(0, 0), night.local(-7, 0)

        def add(name: str, start: datetime, end: datetime, **more: Any) -> int:
            times = {"start": start.isoformat(), "end": end.isoformat()}
            return self.add_event(owner, name=f"{night.zone} {name}", **times, **zone, **more)

        half = timedelta(minutes=30)
        nine = night.local(-7, 9)
        return {
            "weekly": add("weekly", nine, nine + half, rrule=weekly),
            "daily": add("daily", odd, odd + half, rrule={"FREQ": "DAILY", "COUNT": 3}),
            "over": add("over", night.local(-1, 23), night.local(0, 5)),
            "whole": add("whole", day, day + timedelta(days=1), skip_time="Y"),
            "whole_weekly": add("whole_weekly", week, week, skip_time="Y", rrule=weekly),
        }
