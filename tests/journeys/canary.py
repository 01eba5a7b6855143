"""Looks for words that must not stand anywhere, in every byte of some files."""

import base64
from pathlib import Path
from urllib.parse import quote


def spellings(word: str) -> set[bytes]:
    """How a word may stand in a file."""
    told = word.encode()
    wide = {word.encode("utf-16-le"), word.encode("utf-16-be")}
    coded = {base64.b64encode(told).rstrip(b"="), told.hex().encode(), quote(word).encode()}
    return {told, told.lower(), told.upper(), *wide, *coded}


def files_with(folder: Path, *words: str) -> list[str]:
    """Files of ``folder`` in which, or in whose names, one of ``words`` stands."""
    wanted = set().union(*(spellings(word) for word in words))
    found = []
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if any(one in content or one in str(path).encode() for one in wanted):
            found.append(str(path.relative_to(folder)))
    return found
