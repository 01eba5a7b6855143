"""``crm.item.list``: strict about names and values, takes ``start`` literally."""

import re
from collections.abc import Callable

from .card_kinds import CardKind
from .errors import RestError
from .filters import Fields, Test, build, split_key
from .item_names import filterable, legacy_name, shown
from .listing import Query, page_of
from .values import Row, to_flag, to_int, to_list, to_rows, to_text
from .world import Call, Page, World


def list_items(kind: CardKind, call: Call) -> Page:
    """One page of a kind's items."""
    world, records = call.world, kind.records(call.world)
    fields = filterable(kind, world)
    groups, sent = _without_groups(call.params.get("filter"))
    conditions = {
        split_key(key)[0] + name: wanted
        for key, name, wanted in _named(kind, world, sent, _bad_filter)
    }
    ordered = _named(kind, world, call.params.get("order"), _bad_order)
    order = {name: way for _, name, way in ordered}
    query = Query(conditions, order, fields)
    select = [to_text(name) for name in to_list(call.params.get("select"))]
    original = to_flag(call.params.get("useOriginalUfNames"))
    hidden = world.settings.hidden.get(kind.kind)
    tests = [_group_test(kind, world, fields, group) for group in groups]
    if hidden:
        tests.append(lambda row: int(row["ID"]) not in hidden)
    seen: Test | None = (lambda row: all(test(row) for test in tests)) if tests else None
    ids = query.matching(records, world.zone, seen)

    def show(number: int) -> Row:
        return shown(kind, world, records.rows[number], select, original=original)

    page = page_of(world, ids, to_int(call.params.get("start")) or 0, show, literal=True)
    return Page({"items": page.rows}, page.total, page.next)


def _without_groups(sent: object) -> tuple[list[Row], Row]:
    """Numbered groups with their ``logic`` apart from the plain conditions."""
    if isinstance(sent, list):
        sent = {str(at): value for at, value in enumerate(sent)}
    if not isinstance(sent, dict):
        return [], {}
    groups = [value for key, value in sent.items() if key.isdigit() and isinstance(value, dict)]
    return groups, {key: value for key, value in sent.items() if not key.isdigit()}


def _group_test(kind: CardKind, world: World, fields: Fields, group: Row) -> Test:
    """One group: its members are joined by OR or AND, conditions inside a member by AND."""
    members = []
    for member in to_rows({key: value for key, value in group.items() if key.isdigit()}):
        named = _named(kind, world, member, _bad_filter)
        members.append(
            [
                build(name, fields[name], split_key(key)[0], wanted, world.zone)
                for key, name, wanted in named
            ]
        )
    joined = any if to_text(group.get("logic")).upper() == "OR" else all
    return lambda row: joined(all(test(row) for test in tests) for tests in members)


def _bad_filter(name: str, problem: str = "is not allowed in filter") -> RestError:
    return RestError("INVALID_ARG_VALUE", f"Invalid filter: field '{name}' {problem}")


def _bad_order(name: str) -> RestError:
    return RestError("INVALID_ARG_VALUE", f"Invalid order: field '{name}' is not allowed in order")


def _named(
    kind: CardKind, world: World, sent: object, refuse: Callable[[str], RestError]
) -> list[tuple[str, str, object]]:
    """Key as sent, old field name and value; what is unknown or impossible is refused."""
    known: list[tuple[str, str, object]] = []
    fields = filterable(kind, world)
    for key, value in sent.items() if isinstance(sent, dict) else ():
        name = split_key(key)[1]
        legacy = legacy_name(kind, world, name)
        if legacy is None:
            raise refuse(name)
        if refuse is _bad_order:
            _check_way(name, value)
        elif fields[legacy] == "int" and not _numeric(value):
            raise _bad_filter(name, "has invalid value")
        known.append((key, legacy, value))
    return known


def _check_way(name: str, value: object) -> None:
    if to_text(value).upper() not in ("ASC", "DESC"):
        told = f"allowed sort directions are `ASC, DESC`. But got '{value}' for field '{name}'"
        raise RestError("INVALID_ARG_VALUE", f"Invalid order: {told}")


def _numeric(value: object) -> bool:
    """Whether it can be compared with a number; the text of a broken reference can, too."""
    several = to_list(value) if isinstance(value, (list, dict)) else [value]
    return all(re.fullmatch(r"\s*[+-]?\d*\s*|Array", to_text(one)) for one in several)
