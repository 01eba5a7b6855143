"""The order of the Tab key, for parts that join a window late."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(part: QWidget, after: QWidget) -> None:
    """Let what is inside ``part`` come after what is inside ``after``, in its own order."""
    last = next(reversed(list(_stops(after))), None)
    for stop in list(_stops(part)):
        if last is not None:
            QWidget.setTabOrder(last, stop)
        last = stop


def in_order(*parts: QWidget) -> None:
    """Let Tab go through the ``parts`` as they stand here, in each in its own order."""
    last: QWidget | None = None
    seen: list[QWidget] = []
    for part in parts:
        for stop in (part, *part.findChildren(QWidget)):
            if stop in seen or not _is_reached(stop):
                continue
            seen.append(stop)
            if last is not None:
                QWidget.setTabOrder(last, stop)
            last = stop


def _stops(part: QWidget) -> Iterator[QWidget]:
    """The widgets in ``part`` that Tab may reach, in order."""
    widget: QWidget | None = part
    while widget is not None:
        inside = widget is part or part.isAncestorOf(widget)
        if inside and _is_reached(widget):
            yield widget
        widget = widget.nextInFocusChain()
        if widget is part:
            return


def _is_reached(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
