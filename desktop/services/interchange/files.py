"""Files that the user chose: read whole within a budget, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from desktop.domain.errors import Field, InvalidInputError, StoreFullError
from desktop.services.interchange.texts import MAX_FILE_BYTES


def read_chosen(path: Path) -> bytes:
    """The bytes of ``path``. Raises `InvalidInputError` where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        raise InvalidInputError(Field.FILE, "unreadable", path.name) from None
    if len(data) > MAX_FILE_BYTES:
        raise InvalidInputError(Field.FILE, "too large", path.name)
    return data


def write_chosen(path: Path, data: bytes) -> None:
    """Writes ``data`` to ``path``, which never holds half of it. Raises `StoreFullError`."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError:
        raise StoreFullError from None
