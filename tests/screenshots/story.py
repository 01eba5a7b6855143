"""The invented week that the pictures show: people and calendars on the portal, plans at home."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desktop.domain.contact import Contact
from desktop.domain.ids import AccountId
from desktop.domain.sample import sample_people
from tests.builders import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY
from tests.servers.portal import Portal

ZONE = "Europe/Berlin"
NOW = "2026-11-18T10:37:20+01:00"
SATURDAY = FRIDAY + timedelta(days=1)

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "NAME": "Alex", "LAST_NAME": "Vronsky", "POST": "CEO", "_COMPANY": "Acme GmbH",
        "PHONE": "+49 30 100 10 20", "EMAIL": "vronsky@acme.example",
        "ADDRESS": "Friedrichstr. 12", "ADDRESS_CITY": "Berlin", "ADDRESS_COUNTRY": "Germany",
    },
    {
        "NAME": "Anna", "LAST_NAME": "Vronskaya", "POST": "Head of Procurement",
        "_COMPANY": "Nordlicht AG", "PHONE": "+49 40 555 01 28",
        "EMAIL": "a.vronskaya@nordlicht.example", "ADDRESS_CITY": "Hamburg",
    },
    {
        "NAME": "Пётр", "LAST_NAME": "Вронский", "POST": "Коммерческий директор",
        "_COMPANY": "ООО Ромашка", "PHONE": "+7 916 123-45-67", "ADDRESS_CITY": "Москва",
    },
    {
        "NAME": "Lena", "LAST_NAME": "Vrona", "POST": "Partner", "_COMPANY": "Praha Design s.r.o.",
        "PHONE": "+420 221 000 111", "EMAIL": "lena@prahadesign.example",
        "ADDRESS_CITY": "Praha",
    },
    {
        "NAME": "Katrin", "LAST_NAME": "Brandt", "POST": "Buyer", "_COMPANY": "Nordlicht AG",
        "PHONE": "+49 40 555 01 31", "EMAIL": "brandt@nordlicht.example",
    },
    {
        "NAME": "James", "LAST_NAME": "Whitfield", "POST": "Operations Director",
        "_COMPANY": "Harbour & Sons", "PHONE": "+44 20 7946 0102",
        "EMAIL": "james@harbour.example", "ADDRESS_CITY": "London",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting that somebody books in the program: title, day, hours, with whom, where."""

    title: str
    day: date
    hours: tuple[float, float]
    who: str
    place: str = ""
    call: bool = False


MEETINGS: tuple[Plan, ...] = (
    Plan("Demo: Nordlicht", MONDAY, (11, 12.5), "Brandt", "Hamburg"),
    Plan("Call Lena Vrona", MONDAY, (15, 15.5), "Vrona", call=True),
    Plan("Acme NDA", TUESDAY, (10, 11.25), "Vronsky", "Friedrichstr. 12"),
    Plan("Visit Praha Design", TUESDAY, (14, 15), "Vrona", "Praha"),
    Plan("Lunch with Katrin Brandt", WEDNESDAY, (11.5, 12.5), "Brandt", "Café Einstein"),
    Plan("Meeting with Alex Vronsky", THURSDAY, (10, 11), "Vronsky", "Acme, Berlin"),
    Plan("Offer", FRIDAY, (11, 12), "Whitfield", "Video"),
    Plan("Price list", MONDAY - timedelta(days=6), (10, 11), "Vronsky"),
    Plan("First talk", MONDAY - timedelta(days=14), (15, 16), "Vronsky"),
)

WAITING: tuple[Plan, ...] = (
    Plan("Call Пётр Вронский", WEDNESDAY, (16, 16.75), "Вронский", call=True),
    Plan("Demo: Ромашка", FRIDAY, (14, 15.5), "Вронский", "Video"),
)
"""Booked without a network."""


def furnish(portal: Portal) -> None:
    """People, two calendars and the events that others made."""
    control = portal.control
    control.set_clock(NOW)
    companies: dict[str, int] = {}
    for person in PEOPLE:
        fields = dict(person)
        company = fields.pop("_COMPANY")
        if company not in companies:
            companies[company] = control.add_company(TITLE=company)
        control.add_contact(**fields, COMPANY_ID=companies[company], ASSIGNED_BY_ID=7)
    for one in sample_people(AccountId("")):
        if one.family_name not in {"Vronsky", "Вронская"}:
            control.add_contact(**_fields(one), ASSIGNED_BY_ID=7)
    team = control.add_section(7, "Team", color="#0369a1")
    clients = control.add_section(7, "Clients", color="#15803d")
    weekly = {"FREQ": "WEEKLY", "INTERVAL": 1, "BYDAY": ["MO"]}
    daily = {"FREQ": "WEEKLY", "INTERVAL": 1, "BYDAY": ["WE"]}
    _event(portal, "Weekly planning", MONDAY - timedelta(weeks=3), 9, 10, rrule=weekly)
    _event(portal, "Stand-up", WEDNESDAY - timedelta(weeks=2), 9, 9.75, section=team, rrule=daily)
    _event(portal, "Team sync", TUESDAY, 10.5, 12, section=team)
    _event(portal, "Offer review", WEDNESDAY, 14, 15)
    _event(portal, "Quarter forecast", THURSDAY, 15.5, 17, section=team, location="Room 4")
    _event(portal, "Hold: Nordlicht", THURSDAY, 13, 14, section=clients)
    _event(portal, "1:1 with Olga", FRIDAY, 9.5, 10.5, section=team)
    _event(portal, "Call the bank", FRIDAY, 11.25, 11.75)
    _days(portal, "Trade fair Berlin", TUESDAY, THURSDAY, section=clients)
    _days(portal, "Invoice run", FRIDAY, FRIDAY, section=team)


def _fields(person: Contact) -> dict[str, Any]:
    fields = {
        "NAME": person.given_name,
        "LAST_NAME": person.family_name,
        "POST": person.position,
        "PHONE": person.phones[0].value if person.phones else "",
        "EMAIL": person.emails[0].value if person.emails else "",
    }
    return {name: value for name, value in fields.items() if value}


def at(day: date, hour: float) -> datetime:
    """A wall clock time, without its zone."""
    return datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)


def _event(portal: Portal, name: str, day: date, start: float, end: float, **more: Any) -> None:
    portal.control.add_event(
        name=name,
        start=at(day, start).isoformat(),
        end=at(day, end).isoformat(),
        timezone_from=ZONE,
        timezone_to=ZONE,
        **more,
    )


def _days(portal: Portal, name: str, first: date, last: date, **more: Any) -> None:
    portal.control.add_event(
        name=name, start=first.isoformat(), end=last.isoformat(), skip_time="Y", **more
    )
