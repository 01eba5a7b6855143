"""Calendar events as only the portal's own pages, other programs and other years make them."""

from typing import Any, Final

Row = dict[str, Any]

QUIRKS: Final[dict[str, tuple[Row, Row]]] = {
    "entities": ({"name": '<b>Tom & "Jerry"</b> &amp; Co'}, {}),
    "page reminders": (
        {
            "remind": [
                {"type": "min", "count": 15},
                {"type": "daybefore", "before": 1, "time": 540},
                {"type": "date", "value": "11/16/2026 08:00:00 am"},
            ]
        },
        {},
    ),
    "no reminders": ({"remind": []}, {}),
    "files": ({}, {"files": ["n31", "n32"]}),
    "codes of BB": (
        {"description": "[B]Agenda[/B]\n[URL=https://x.example]link[/URL] <i>x</i>"},
        {},
    ),
    "shared link": ({}, {"event_type": "#shared_crm#"}),
    "collab": ({}, {"event_type": "#collab#"}),
    "department": ({"is_meeting": "Y", "attendees": [7]}, {"codes": ["U7", "DR15"]}),
    "unknown zone": ({}, {"tz_from": "Mars/Olympus", "tz_to": "Mars/Olympus"}),
    "renamed zone": ({"timezone_from": "Asia/Calcutta"}, {}),
    "no zone": ({}, {"tz_from": "", "tz_to": ""}),
    "two zones": (
        {
            "end": "DAYT12:30:00",
            "timezone_from": "Europe/Berlin",
            "timezone_to": "America/New_York",
        },
        {},
    ),
    "no length": ({"end": "DAYT10:00:00"}, {}),
    "overnight": ({"start": "DAYT23:00:00", "end": "2026-11-18T01:00:00"}, {}),
    "tentative": ({"accessibility": "quest", "importance": "low"}, {}),
    "free": ({"accessibility": "free"}, {}),
    "away": ({"start": "DAY", "end": "DAY", "skip_time": "Y", "accessibility": "absent"}, {}),
    "private": ({"private_event": "Y", "importance": "high"}, {}),
    "own color": ({"color": "#9dcf00", "text_color": "#000000"}, {}),
    "room that is gone": ({"location": "calendar_999_1000"}, {}),
    "endless": ({"rrule": {"FREQ": "DAILY", "INTERVAL": 3}}, {}),
    "end of month": (
        {
            "start": "2026-10-31T10:00:00",
            "end": "2026-10-31T11:00:00",
            "rrule": {"FREQ": "MONTHLY"},
        },
        {},
    ),
}
"""Name -> parameters of ``calendar.event.add``, and what is overwritten as the portal keeps it.

``DAY`` stands for the date at which the events are wanted.
"""
