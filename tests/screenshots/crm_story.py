"""What the pictures of the CRM show: deals, a timeline, colleagues, rooms, a portal's habits."""

from datetime import timedelta

from tests.builders import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.screenshots.story import ZONE, at
from tests.servers.portal import Portal

COLLEAGUES = ((13, "Olga", "Sommer"), (14, "Murat", "Demir"), (15, "Chiara", "Bellini"))

DEALS = (
    ("Annual licence 2027", "12500", "EXECUTING"),
    ("Pilot: two branch offices", "4800", "PREPARATION"),
    ("Training days", "1900", "NEW"),
)
NOTES = (
    "Asks for a discount from 40 seats on; decides with the board in December.",
    "Sent the offer with both options.",
    "Prefers mornings, and the phone to e-mail.",
)
FIELDS = (
    ("UF_CRM_PRICES", "Price list", "Partners 2026"),
    ("UF_CRM_SINCE", "Customer since", "2019"),
    ("UF_CRM_TONGUE", "Speaks", "German, English"),
)


def furnish_crm(portal: Portal) -> None:
    """Beside the week of `story.furnish`: all that a CRM knows of Alex, and who works there."""
    for number, first, last in COLLEAGUES:
        portal.control.add_user(number, first, last)
    _know_alex(portal)
    _set_habits(portal)
    _call_meetings(portal)


def _know_alex(portal: Portal) -> None:
    control = portal.control
    row = next(one for one in control.contacts() if one["LAST_NAME"] == "Vronsky")
    alex = int(row["ID"])
    for title, sum_, stage in DEALS:
        control.add_deal(
            TITLE=title,
            CONTACT_ID=alex,
            OPPORTUNITY=sum_,
            CURRENCY_ID="EUR",
            STAGE_ID=stage,
            ASSIGNED_BY_ID=7,
        )
    for name, title, _value in FIELDS:
        control.add_user_field("contact", name, title=title)
    values = {name: value for name, _title, value in FIELDS}
    control.call("crm.contact.update", {"id": alex, "fields": values}, by=12)
    for text in NOTES:
        fields = {"ENTITY_ID": alex, "ENTITY_TYPE": "contact", "COMMENT": text}
        control.call("crm.timeline.comment.add", {"fields": fields}, by=7)


def _set_habits(portal: Portal) -> None:
    control = portal.control
    group = control.add_group("Sales DACH", 7, 12, 13, number=6)
    usual = {"user7": "41", "group6": str(group["section"])}
    control.set_user_options(7, defaultSections=usual, work_time_start="8.30")
    control.configure(calendar_options={"year_holidays": "25.12,26.12,1.01", "week_start": "MO"})
    for name in ("Room Elbe", "Room Spree"):
        control.add_room(name)
    for kind, owner, name, day, hours in (
        ("group", 6, "Pipeline review", FRIDAY, (15, 16)),
        ("company_calendar", 0, "Town hall", MONDAY, (16.5, 17.5)),
    ):
        start, end = (at(day, hour).isoformat() for hour in hours)
        sent = {"type": kind, "ownerId": owner, "section": 0, "name": name}
        zones = {"timezone_from": ZONE, "timezone_to": ZONE}
        control.call("calendar.event.add", {**sent, **zones, "from": start, "to": end}, by=12)


def _call_meetings(portal: Portal) -> None:
    control = portal.control
    zones = {"timezone_from": ZONE, "timezone_to": ZONE}
    invited = control.add_event(
        13,
        name="Offer for Nordlicht: prices",
        start=at(WEDNESDAY, 16).isoformat(),
        end=at(WEDNESDAY, 17).isoformat(),
        is_meeting="Y",
        attendees=[13, 7, 14, 15],
        description="Which discount do we give, and who tells them?",
        location="Room 4",
        **zones,
    )
    control.answer_invitation(invited, 14, "Y")
    control.answer_invitation(invited, 15, "N")
    for owner, day, hours in ((13, THURSDAY, (9, 11.5)), (14, THURSDAY, (14, 15)),
                              (13, WEDNESDAY, (11, 12)), (14, WEDNESDAY, (10, 14))):  # fmt: skip
        start, end = (at(day, hour).isoformat() for hour in hours)
        control.add_event(owner, name="Taken", start=start, end=end, **zones)
    first = at(TUESDAY - timedelta(weeks=2), 8.5)
    control.add_event(
        7,
        name="Coffee with the team",
        start=first.isoformat(),
        end=(first + timedelta(minutes=30)).isoformat(),
        rrule={"FREQ": "WEEKLY", "INTERVAL": 1, "BYDAY": ["TU", "TH"]},
        **zones,
    )
