"""Made-up leads, deals and timelines in any number."""

import random
from typing import Final

from .clock import iso
from .values import Row
from .world import World

_SUBJECTS: Final = ("Offer", "Renewal", "Pilot", "Training", "Support contract", "Fair stand")
_STAGES: Final = (("NEW", "P"), ("PREPARATION", "P"), ("EXECUTING", "P"), ("WON", "S"))
_STATUSES: Final = (("NEW", "P"), ("IN_PROCESS", "P"), ("CONVERTED", "S"), ("JUNK", "F"))
_REMARKS: Final = ("Sent the offer", "Called back", "Asks for a discount", "On holiday until May")
_SPAN_S: Final = 2 * 365 * 86400


def seed_deals(world: World, count: int, seed: int = 1) -> tuple[int, int]:
    """Make ``count`` deals of the contacts that exist; the first and the last id."""
    chance, first = random.Random(seed), world.deals.new_id(count)
    people = world.contacts.ids
    rows = []
    for number in range(first, first + count):
        stage, meaning = chance.choice(_STAGES)
        contact = chance.choice(people) if people else None
        row: Row = {
            **_card(world, number, chance),
            "TITLE": f"{chance.choice(_SUBJECTS)} {number}",
            "CATEGORY_ID": "0",
            "STAGE_ID": stage,
            "STAGE_SEMANTIC_ID": meaning,
            "CLOSED": "N" if meaning == "P" else "Y",
            "IS_NEW": "Y" if stage == "NEW" else "N",
            "OPPORTUNITY": f"{chance.randrange(100, 50_000)}.00",
            "CONTACT_ID": None if contact is None else str(contact),
            "_CONTACTS": [] if contact is None else [contact],
        }
        if contact is not None:
            row["COMPANY_ID"] = world.contacts.rows[contact].get("COMPANY_ID")
        rows.append((number, row))
    world.deals.put_many(rows)
    return first, first + count - 1


def seed_leads(world: World, count: int, seed: int = 1) -> tuple[int, int]:
    """Make ``count`` leads; the first and the last id."""
    chance, first = random.Random(seed), world.leads.new_id(count)
    rows = []
    for number in range(first, first + count):
        status, meaning = chance.choice(_STATUSES)
        name = {"TITLE": f"Enquiry {number}", "NAME": "Lea", "LAST_NAME": f"Lead-{number}"}
        stage = {"STATUS_ID": status, "STATUS_SEMANTIC_ID": meaning}
        rows.append((number, {**_card(world, number, chance), **name, **stage}))
    world.leads.put_many(rows)
    return first, first + count - 1


def seed_timeline(world: World, count: int, seed: int = 1) -> int:
    """Make ``count`` comments, spread over the contacts that exist; how many."""
    chance, people = random.Random(seed), world.contacts.ids
    if not people:
        return 0
    first, now = world.comments.new_id(count), world.clock.now()
    world.comments.put_many(
        (
            number,
            {
                "ID": str(number),
                "ENTITY_ID": str(chance.choice(people)),
                "ENTITY_TYPE": "contact",
                "CREATED": iso(now - chance.random() * _SPAN_S, world.zone),
                "COMMENT": chance.choice(_REMARKS),
                "AUTHOR_ID": "7",
                "FILES": [],
            },
        )
        for number in range(first, first + count)
    )
    return count


def seed_calls(world: World, count: int, seed: int = 1) -> tuple[int, int]:
    """Make ``count`` completed calls, spread over the contacts; the first and the last id.

    Calls make no events, so nothing else changes.
    """
    chance, people = random.Random(seed), world.contacts.ids
    first, now = world.activities.new_id(count), world.clock.now()
    entries = world.multifields.new_id(count)
    rows = []
    for at in range(count if people else 0):
        contact = chance.choice(people)
        moment = now - 3600 - chance.random() * _SPAN_S
        start, end = iso(moment, world.zone), iso(moment + 600, world.zone)
        spoken: Row = {"ID": entries + at, "TYPE": "PHONE", "VALUE": "+49 30 1"}
        spoken.update(ENTITY_TYPE_ID=3, ENTITY_ID=contact)
        rows.append(
            (
                first + at,
                {
                    "ID": str(first + at),
                    "OWNER_TYPE_ID": "3",
                    "OWNER_ID": str(contact),
                    "TYPE_ID": "2",
                    "PROVIDER_ID": "VOXIMPLANT_CALL",
                    "PROVIDER_TYPE_ID": "CALL",
                    "SUBJECT": f"Call about {chance.choice(_SUBJECTS).lower()}",
                    "START_TIME": start,
                    "END_TIME": end,
                    "DEADLINE": start,
                    **dict.fromkeys(("CREATED", "LAST_UPDATED"), end),
                    **dict.fromkeys(("AUTHOR_ID", "EDITOR_ID", "RESPONSIBLE_ID"), "7"),
                    "COMPLETED": "Y",
                    "STATUS": "2",
                    "PRIORITY": "1",
                    "NOTIFY_TYPE": "0",
                    "NOTIFY_VALUE": "0",
                    "DESCRIPTION_TYPE": "1",
                    "DIRECTION": "2",
                    "_COMM": [spoken],
                    "_BINDINGS": [[3, contact]],
                },
            )
        )
    world.activities.put_many(rows)
    return first, first + len(rows) - 1


def _card(world: World, number: int, chance: random.Random) -> Row:
    stamp = iso(world.clock.now() - 86400 - chance.random() * _SPAN_S, world.zone)
    people = dict.fromkeys(
        ("ASSIGNED_BY_ID", "CREATED_BY_ID", "MODIFY_BY_ID", "LAST_ACTIVITY_BY"), "7"
    )
    times = dict.fromkeys(("DATE_CREATE", "DATE_MODIFY", "LAST_ACTIVITY_TIME"), stamp)
    return {"ID": str(number), **people, **times}
