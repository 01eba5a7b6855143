"""``crm.status.list``: contact types, sources, lead statuses, deal stages of two pipelines."""

from typing import Final

from .filters import Fields
from .listing import Query, list_params
from .values import Row, to_text
from .world import Call, Page, World

_FIELDS: Final[Fields] = {
    "ID": "int",
    "ENTITY_ID": "link",
    "STATUS_ID": "link",
    "NAME": "text",
    "SORT": "int",
    "SYSTEM": "flag",
    "CATEGORY_ID": "int",
    "SEMANTICS": "link",
}
_PLAIN: Final = {
    "CONTACT_TYPE": "CLIENT=Clients SUPPLIER=Suppliers PARTNER=Partners OTHER=Other",
    "SOURCE": "CALL=Call EMAIL=E-Mail WEB=Website TRADE_SHOW=Exhibition OTHER=Other",
    "HONORIFIC": "HNR_EN_1=Mr. HNR_EN_2=Mrs. HNR_EN_3=Ms.",
    "COMPANY_TYPE": "CUSTOMER=Client SUPPLIER=Supplier COMPETITOR=Competitor PARTNER=Partner",
    "INDUSTRY": "IT=IT TELECOM=Telecommunication MANUFACTURING=Manufacturing OTHER=Other",
    "EMPLOYEES": "EMPLOYEES_1=under-50 EMPLOYEES_2=50-250 EMPLOYEES_3=250-500",
}
_STAGES: Final = {
    "STATUS": "NEW=Unassigned IN_PROCESS=Processing PROCESSED=Processed "
    "CONVERTED=Good/S JUNK=Junk/F",
    "DEAL_STAGE": "NEW=New PREPARATION=Preparation EXECUTING=Executing WON=Won/S LOSE=Lost/F "
    "APOLOGY=Analyse/F",
    "DEAL_STAGE_9": "C9:NEW=Enquiry C9:PREPAYMENT_INVOICE=Invoice C9:WON=Paid/S C9:LOSE=Lost/F",
}


def furnish_directories(world: World) -> None:
    """The entries of a fresh portal."""
    for entity, entries in {**_PLAIN, **_STAGES}.items():
        for at, written in enumerate(entries.split()):
            code, _, rest = written.partition("=")
            name, _, semantics = rest.partition("/")
            add_status(world, entity, code, name, 10 * (at + 1), semantics)


def add_status(
    world: World, entity: str, code: str, name: str, sort: int, semantics: str = ""
) -> int:
    """One entry; ``semantics`` ``S`` or ``F`` for stages that end a lead or deal."""
    number = world.statuses.new_id()
    category = entity.removeprefix("DEAL_STAGE_")
    staged = entity in _STAGES or entity.startswith("DEAL_STAGE")
    meaning = {"S": "success", "F": "failure"}.get(semantics, "process")
    row: Row = {
        "ID": str(number),
        "ENTITY_ID": entity,
        "STATUS_ID": code,
        "NAME": name,
        "NAME_INIT": name,
        "SORT": str(sort),
        "SYSTEM": "Y",
        "CATEGORY_ID": category if category.isdigit() else None,
        "COLOR": "#39A8EF" if staged else None,
        "SEMANTICS": semantics or None,
        "EXTRA": {"SEMANTICS": meaning, "COLOR": "#39A8EF"} if staged else [],
    }
    world.statuses.put(number, row)
    return number


def semantics_of(world: World, entity: str, code: str) -> str | None:
    """``P``, ``S`` or ``F`` of a status or stage, None for a code that does not exist."""
    for row in world.statuses.rows.values():
        if row["ENTITY_ID"] == entity and row["STATUS_ID"] == code:
            return row["SEMANTICS"] or "P"
    return None


def stage_directory(category: object) -> str:
    """The directory with the stages of that pipeline: ``DEAL_STAGE`` or ``DEAL_STAGE_9``."""
    number = to_text(category)
    return "DEAL_STAGE" if number in ("", "0") else f"DEAL_STAGE_{number}"


def list_statuses(call: Call) -> Page:
    """``crm.status.list``: everything at once, lowest ``SORT`` first."""
    conditions, order, _, _ = list_params(call.params)
    query = Query(conditions, order or {"SORT": "ASC"}, _FIELDS)
    records = call.world.statuses
    ids = query.matching(records, call.world.zone)
    rows = [records.rows[number] for number in ids.part(0, len(ids))]
    return Page(rows, len(rows))


METHODS = {"crm.status.list": list_statuses}
