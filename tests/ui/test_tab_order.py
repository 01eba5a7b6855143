"""Parts that join a window late take their place in the order of the Tab key."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.tab_order import follow


def order(window: QWidget) -> list[str]:
    found: list[str] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        found += [widget.objectName()] if widget.objectName() else []
        widget = widget.nextInFocusChain()
    return found


def fields(parent: QWidget, *names: str) -> None:
    for name in names:
        field = QLineEdit()
        field.setObjectName(name)
        layout = parent.layout() or QHBoxLayout(parent)
        layout.addWidget(field)


def test_a_part_follows_what_joined_after_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    search, pane, status = QWidget(window), QWidget(window), QWidget(window)
    fields(search, "query")
    fields(status, "progress", "account")
    fields(pane, "name", "phone")
    assert order(window) == ["query", "progress", "account", "name", "phone"]

    follow(status, pane)

    assert order(window) == ["query", "name", "phone", "progress", "account"]


def test_an_empty_part_changes_nothing(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    pane, status = QWidget(window), QWidget(window)
    fields(status, "progress", "account")

    follow(status, pane)

    assert order(window) == ["progress", "account"]
