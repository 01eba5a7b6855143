"""Calendar events and calendars as the portal sends them; any value may have any type."""

from typing import Any

import msgspec

from desktop.services.api.bitrix24.wire import RowReader


class EventRow(msgspec.Struct, rename="upper"):
    """One element of ``calendar.event.get``: an event, or one occurrence of a series."""

    id: Any = None
    parent_id: Any = None
    deleted: Any = None
    cal_type: Any = None
    owner_id: Any = None
    name: Any = None
    date_from: Any = None
    date_to: Any = None
    date_from_formatted: Any = None
    date_to_formatted: Any = None
    date_from_ts_utc: Any = None
    date_to_ts_utc: Any = None
    original_date_from: Any = None
    tz_from: Any = None
    tz_to: Any = None
    tz_offset_from: Any = None
    tz_offset_to: Any = None
    dt_skip_time: Any = None
    dt_length: Any = None
    timestamp_x: Any = None
    version: Any = None
    description: Any = None
    raw_description: Any = msgspec.field(name="~DESCRIPTION", default=None)
    series_from: Any = msgspec.field(name="~DATE_FROM", default=None)
    private_event: Any = None
    accessibility: Any = None
    importance: Any = None
    is_meeting: Any = None
    meeting_status: Any = None
    meeting_host: Any = None
    meeting: Any = None
    location: Any = None
    remind: Any = None
    color: Any = None
    rrule: Any = None
    exdate: Any = None
    recurrence_id: Any = None
    relations: Any = None
    dav_xml_id: Any = None
    attendee_list: Any = None
    attendees_codes: Any = None
    section_id: Any = None
    sect_id: Any = None
    uf_crm_cal_event: Any = msgspec.UNSET
    is_accessible_to_user: Any = None


class SectionRow(msgspec.Struct, rename="upper"):
    """A calendar."""

    id: Any = None
    name: Any = None
    color: Any = None
    cal_type: Any = None
    owner_id: Any = None
    external_type: Any = None
    perm: Any = None


class UserRow(msgspec.Struct, rename="upper"):
    """A colleague."""

    id: Any = None
    name: Any = None
    last_name: Any = None
    email: Any = None
    time_zone: Any = None
    active: Any = None


EVENTS = RowReader(EventRow)
SECTIONS = RowReader(SectionRow)
USERS = RowReader(UserRow)
