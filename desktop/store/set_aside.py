"""Putting the files of a profile aside, unopened: for whoever finds their key again."""

from datetime import datetime
from pathlib import Path

from desktop.store.backups import move_database
from desktop.store.lock import ProfileLock

NAMES = ("store.db", "cache.db", "store.backup-1.db", "store.backup-2.db")


def set_files_aside(folder: Path, now: datetime) -> Path | None:
    """Moves what is encrypted with the old key into a folder beside it, named by ``now``.

    The copies go too: the next ones would push them out. Put back where they were, all of it is
    as before. None where there was nothing. Raises `ProfileInUseError` and `OSError`.
    """
    found = [folder / name for name in NAMES if (folder / name).exists()]
    if not found:
        return None
    lock = ProfileLock(folder / "profile.lock")
    try:
        place = _new_folder(folder, now)
        for path in found:
            move_database(path, place / path.name)
    finally:
        lock.release()
    return place


def _new_folder(folder: Path, now: datetime) -> Path:
    name = f"set-aside-{now:%Y%m%dT%H%M%S}"
    number = 1
    while (place := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    place.mkdir(mode=0o700)
    return place
