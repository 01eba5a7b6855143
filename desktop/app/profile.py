"""The profile's name: a random id that tells its keyring entries from those of other profiles."""

import json
import os
import tempfile
from pathlib import Path

from desktop.domain.ids import new_uid

FILE_NAME = "profile.json"


def profile_id(folder: Path) -> str:
    """The id of the profile in ``folder``, made at its first start. Raises `OSError`."""
    path = folder / FILE_NAME
    known = _read(path)
    if known is not None:
        return known
    made = new_uid()
    _write(path, json.dumps({"id": made}) + "\n")
    return made


def known_profile_id(folder: Path) -> str | None:
    """The id of the profile in ``folder``; None where it was never started, or cannot be read."""
    try:
        return _read(folder / FILE_NAME)
    except OSError:
        return None


def _read(path: Path) -> str | None:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    known = content.get("id") if isinstance(content, dict) else None
    return known if isinstance(known, str) and known else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".profile-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
