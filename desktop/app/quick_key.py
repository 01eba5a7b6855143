"""The key of a profile's files and its other secrets, where one short question gives them.

The keyring's library is not loaded for it.
"""

from pathlib import Path

from desktop.app.profile import known_profile_id
from desktop.services.platform.secret_service import read_secret
from desktop.services.secret_entries import SERVICE, read_heading, user_name
from desktop.store.database import KEY_BYTES

KEY_NAME = "store-key"


def quick_key(profile: Path) -> bytes | None:
    """The key of a profile that has one, where it takes one short question; None otherwise."""
    secret = quick_secret(profile, KEY_NAME)
    if secret is None:
        return None
    try:
        key = bytes.fromhex(secret)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def quick_secret(profile: Path, name: str) -> str | None:
    """A profile's secret that stands in one entry; None where the library has to be asked."""
    known = known_profile_id(profile)
    entry = None if known is None else read_secret(SERVICE, user_name(known, name))
    heading = None if entry is None else read_heading(entry)
    return heading[2] if heading is not None and heading[1] == 1 else None
