"""Finding the parts of a widget, and failing where there is none."""

from typing import TypeVar

from PySide6.QtCore import QObject

T = TypeVar("T", bound=QObject)


def child(parent: QObject, kind: type[T], name: str | None = None) -> T:
    """The first ``kind`` below ``parent``, by its ``objectName`` where one is given."""
    found = parent.findChild(kind, name) if name is not None else parent.findChild(kind)
    assert found is not None, f"no {kind.__name__} {name or ''} in {parent}"
    return found
