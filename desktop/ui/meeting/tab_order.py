"""Putting widgets that are made later where they belong in the order of the Tab key."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(widgets: Iterable[QWidget], following: QWidget) -> None:
    """Let Tab visit ``widgets`` in their order just before ``following``."""
    before = following.previousInFocusChain()
    while before is not None and before is not following and _passed_over(before):
        before = before.previousInFocusChain()
    if before is not None:
        put_after(widgets, before)


def put_after(widgets: Iterable[QWidget], before: QWidget) -> None:
    """Let Tab visit ``widgets`` in their order just after ``before``."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def _passed_over(widget: QWidget) -> bool:
    return not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
