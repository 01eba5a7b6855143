"""What stands in a fresh portal, and made-up contacts in any number."""

import random
from collections.abc import Iterator
from typing import Final

from .calendar_records import make_section
from .clock import iso
from .contact_fields import USER_FIELD
from .directories import furnish_directories
from .settings import ALL_SCOPES
from .user_fields import user_field
from .values import Row
from .world import Credential, World

_FIRST: Final = (
    "Alex Anna Boris Carla Daniel Elena Farid Greta Hanna Ivan Jana Karim Lena Maxim Nadia Oleg "
    "Petra Quentin Rosa Stefan Tanja Ulrich Vera Walter Xenia Yusuf Zoe José Jürgen Łukasz"
).split()
_LAST: Final = (
    "Vronsky Schmidt Müller Weber Ivanova Petrov Novak García Kowalski Yılmaz Rossi Dubois Jansen "
    "Andersson O'Neill Horvat Popescu Silva Fischer Becker Hoffmann Wagner Titov Smirnov Berg "
    "Lindqvist Costa Moreau Peeters Nagy"
).split()
_POSTS: Final = ("CEO", "Buyer", "Sales manager", "Engineer", "Assistant", "")
_FIRMS: Final = ("Acme", "Nordwind", "Helios", "Baltika", "Orion", "Vertex", "Lumen", "Castor")
_SPAN_S: Final = 3 * 365 * 86400


def furnish(world: World, secret: str) -> None:
    """People, calendars and the webhook of user 7; no contacts yet."""
    now = iso(world.clock.now() - 86400, world.zone)
    for number, first, last, position, admin in (
        (1, "Maria", "Admin", "Administrator", True),
        (7, "Anna", "Titova", "Sales manager", False),
        (12, "John", "Smith", "", False),
    ):
        world.users.put(number, user_row(number, first, last, position, now, admin=admin))
    world.departments.put(1, {"ID": "1", "NAME": "Acme", "SORT": 500})
    world.departments.put(
        15, {"ID": "15", "NAME": "Sales", "SORT": 500, "PARENT": "1", "UF_HEAD": "7"}
    )
    for owner in (7, 12, 1):
        make_section(world, "user", owner)
    make_section(world, "company_calendar", 0, "Company", "#f7a700")
    locked = make_section(world, "user", 7, "Team (read only)", "#aadf4d")
    row = world.sections.rows[locked]
    rights = {**row["PERM"], "add": False, "edit": False, "edit_section": False, "access": False}
    world.sections.put(
        locked, {**row, "EXTERNAL_TYPE": "google", "ACCESS": [], "CREATED_BY": "1", "PERM": rights}
    )
    furnish_directories(world)
    world.user_fields = {"contact": {USER_FIELD: user_field("string", "Customer level")}}
    world.credentials = [Credential(secret=secret, path_user=7, acts_as=7, scopes=list(ALL_SCOPES))]
    world.keep()


def user_row(
    number: int, first: str, last: str, position: str, since: str, *, admin: bool = False
) -> Row:
    """An employee; ``_`` keys are the portal's own."""
    return {
        "ID": str(number),
        "ACTIVE": True,
        "NAME": first,
        "LAST_NAME": last,
        "SECOND_NAME": "",
        "EMAIL": f"{first.lower()}@acme-crm.example",
        "TIME_ZONE": "",
        "LAST_LOGIN": since,
        "DATE_REGISTER": since,
        "IS_ONLINE": "N",
        "LAST_ACTIVITY_DATE": {},
        "TIMESTAMP_X": {},
        "PERSONAL_GENDER": "",
        "PERSONAL_BIRTHDAY": "",
        "WORK_POSITION": position,
        "UF_EMPLOYMENT_DATE": "",
        "UF_DEPARTMENT": [1, 15] if number == 7 else [1],
        "USER_TYPE": "employee",
        "_ADMIN": admin,
    }


def seed_contacts(world: World, count: int, responsible: int = 7, seed: int = 1) -> tuple[int, int]:
    """Make ``count`` contacts, the same for the same seed; the first and the last id.

    Nine in ten have a phone, three in four an address, one in five belongs to a company.
    """
    companies = _companies(world)
    first = world.contacts.new_id(count)
    entry = world.multifields.new_id(count * 3)
    rows = _contacts(world, range(first, first + count), entry, companies, responsible, seed)
    world.contacts.put_many(rows)
    return first, first + count - 1


def _companies(world: World) -> list[int]:
    if not world.companies.ids:
        now = world.now_iso()
        for name in _FIRMS:
            number = world.companies.new_id()
            row = {"ID": str(number), "TITLE": f"{name} GmbH", "ASSIGNED_BY_ID": "7"}
            world.companies.put(number, {**row, "DATE_CREATE": now, "DATE_MODIFY": now})
    return list(world.companies.ids)


def _contacts(
    world: World, numbers: range, entry: int, companies: list[int], responsible: int, seed: int
) -> Iterator[tuple[int, Row]]:
    chance, now, owner = random.Random(seed), world.clock.now(), str(responsible)
    for number in numbers:
        draw = chance.random
        created = now - 86400 - draw() * _SPAN_S
        first, last = _FIRST[int(draw() * len(_FIRST))], _LAST[int(draw() * len(_LAST))]
        stamp = iso(created, world.zone)
        row: Row = {
            "ID": str(number),
            "NAME": first,
            "LAST_NAME": f"{last}-{number}" if draw() < 0.3 else last,
            "POST": _POSTS[int(draw() * len(_POSTS))],
            "ASSIGNED_BY_ID": owner,
            "CREATED_BY_ID": "1",
            "MODIFY_BY_ID": owner,
            "DATE_CREATE": stamp,
            "DATE_MODIFY": stamp,
            "LAST_ACTIVITY_TIME": stamp,
            "LAST_ACTIVITY_BY": owner,
            "HAS_PHONE": "N",
            "HAS_EMAIL": "N",
        }
        if draw() < 0.2:
            company = companies[int(draw() * len(companies))]
            row["COMPANY_ID"], row["_COMPANIES"] = str(company), [company]
        if draw() < 0.9:
            row["PHONE"], row["HAS_PHONE"] = (
                [_entry(entry, "PHONE", f"+49{30_0000000 + number}")],
                "Y",
            )
        if draw() < 0.75:
            address = f"{first.lower()}.{number}@acme.example"
            row["EMAIL"], row["HAS_EMAIL"] = [_entry(entry + 1, "EMAIL", address)], "Y"
        entry += 3
        yield number, row


def _entry(number: int, field: str, value: str) -> Row:
    return {"ID": str(number), "VALUE_TYPE": "WORK", "VALUE": value, "TYPE_ID": field}
