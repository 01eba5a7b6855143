"""Brings a file to the newest schema, one numbered step after the other."""

from collections.abc import Callable, Sequence

from desktop.domain.errors import StoreTooNewError
from desktop.store.database import Connection, transaction, user_version


def migrate(
    connection: Connection, steps: Sequence[str], before_change: Callable[[Connection], None]
) -> None:
    """Takes the steps that the file has not seen, all in one transaction.

    ``before_change`` is called first where there is something to lose: it copies the file.
    Raises `StoreTooNewError` where the file has seen steps that this program does not know.
    """
    version = user_version(connection)
    if version > len(steps):
        raise StoreTooNewError(f"schema {version}, known {len(steps)}")
    if version == len(steps):
        return
    if version:
        before_change(connection)
    with transaction(connection, writing=True):
        for step in steps[version:]:
            for statement in statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")


def statements(script: str) -> list[str]:
    """The single statements of a script; ``executescript`` would end the transaction.

    A semicolon at the end of a line ends a statement.
    """
    parts = script.split(";\n")
    return [part for part in parts if part.strip().strip(";")]
