"""The key of a profile's files, where it takes one short question to have it."""

from pathlib import Path

from desktop.app.profile import known_profile_id
from desktop.services.platform.secret_service import read_secret
from desktop.services.secret_entries import SERVICE, read_heading, user_name
from desktop.store.database import KEY_BYTES

KEY_NAME = "store-key"


def quick_key(profile: Path) -> bytes | None:
    """The key of a profile that has one, where it takes one short question; None otherwise."""
    known = known_profile_id(profile)
    entry = None if known is None else read_secret(SERVICE, user_name(known, KEY_NAME))
    heading = None if entry is None else read_heading(entry)
    if heading is None or heading[1] != 1:
        return None
    try:
        key = bytes.fromhex(heading[2])
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
