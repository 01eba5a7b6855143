"""How a secret stands in a keyring: the names of its entries, and the heading of the first."""

import re

SERVICE = "io.parley.Desktop"

_HEAD = re.compile(r"parley1:(\d{1,9}):(\d{1,4}):(.*)", re.DOTALL)


def user_name(profile_id: str, name: str) -> str:
    """The user name under which a profile's secret is kept."""
    return f"{profile_id}/{name}"


def heading(generation: int, parts: int, text: str) -> str:
    """The text of the first entry: its generation, how many there are, and the beginning."""
    return f"parley1:{generation}:{parts}:{text}"


def read_heading(entry: str) -> tuple[int, int, str] | None:
    """Generation, number of parts and beginning; None where this is no such entry."""
    match = _HEAD.fullmatch(entry)
    return None if match is None else (int(match[1]), int(match[2]), match[3])
