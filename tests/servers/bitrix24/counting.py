"""How often a request makes the portal count a list's rows, which is what costs it time."""

from .params import parse_query
from .values import Row, to_int

_COUNTED = (".list", "user.get", "user.search")


def counted(method: str, params: Row) -> int:
    """The list commands, alone or in a batch, whose ``start`` is not -1."""
    if method != "batch":
        return int(method.endswith(_COUNTED) and to_int(params.get("start")) != -1)
    lines = params.get("cmd")
    found = 0
    for line in lines.values() if isinstance(lines, dict) else lines or ():
        name, _, query = str(line).partition("?")
        found += counted(name, parse_query(query)) if name != "batch" else 0
    return found
