"""What a lead's or deal's stage brings along: its meaning, the pipeline, money in fixed form."""

from . import card_kinds
from .card_kinds import CardKind
from .directories import semantics_of, stage_directory
from .values import Row, to_text
from .world import World


def complete(kind: CardKind, world: World, row: Row) -> None:
    """Fill in what the server computes itself; an unknown stage becomes the first one."""
    row["OPPORTUNITY"] = _money(row.get("OPPORTUNITY"))
    if kind is card_kinds.LEAD:
        code = to_text(row.get("STATUS_ID")) or "NEW"
        meaning = semantics_of(world, "STATUS", code)
        row["STATUS_ID"] = "NEW" if meaning is None else code
        row["STATUS_SEMANTIC_ID"] = meaning or "P"
        return
    category = to_text(row.get("CATEGORY_ID")) or "0"
    code = to_text(row.get("STAGE_ID"))
    first = "NEW" if category == "0" else f"C{category}:NEW"
    meaning = semantics_of(world, stage_directory(category), code) if code else None
    row["CATEGORY_ID"] = category
    row["STAGE_ID"] = first if meaning is None else code
    row["STAGE_SEMANTIC_ID"] = meaning or "P"
    row["CLOSED"] = "N" if row["STAGE_SEMANTIC_ID"] == "P" else "Y"
    row["IS_NEW"] = "Y" if row["STAGE_ID"] == first else "N"


def _money(value: object) -> str:
    try:
        return f"{float(to_text(value) or 0):.2f}"
    except ValueError:
        return "0.00"
