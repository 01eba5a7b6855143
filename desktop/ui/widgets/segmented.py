"""A row of choices of which one is taken: view switches, kinds of meeting."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop.ui.widgets.buttons import PushButton

FORWARD = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class SegmentedControl(QWidget):
    """One tab stop; arrows move the choice, as in a group of radio buttons."""

    chosen = Signal(object)  # the value given to `add`, when the user chose it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values: dict[QPushButton, Hashable] = {}
        self._actions: dict[QPushButton, QAction] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def add(self, value: Hashable, text: str) -> None:
        """Append a choice; the first one is taken until `set_value`."""
        self._append(value, text)
        self._settle()

    def add_commands(self, actions: Iterable[QAction]) -> None:
        """Append choices that trigger ``actions`` and show their text, state and visibility."""
        for action in actions:
            self._actions[self._append(action, action.text())] = action
            action.changed.connect(self._on_actions_changed)
        # Before they are shown: what is polished already has to be polished once more.
        self._shape([one for one, action in self._actions.items() if action.isVisible()])
        self._on_actions_changed()

    def _append(self, value: Hashable, text: str) -> QPushButton:
        segment = _Segment(text, self)
        segment.setChecked(not self._values)
        self._values[segment] = value
        self._group.addButton(segment)
        self._row.addWidget(segment)
        return segment

    def value(self) -> Hashable:
        """The choice that is taken; None where there is none."""
        button = self._group.checkedButton()
        return self._values.get(button) if isinstance(button, QPushButton) else None

    def set_value(self, value: Hashable) -> None:
        """Take a choice without telling anybody."""
        for segment, own in self._values.items():
            if own == value:
                segment.setChecked(True)
        self._settle()

    def set_shown(self, value: Hashable, shown: bool) -> None:
        """Offer a choice or leave it out."""
        for segment, own in self._values.items():
            if own == value:
                segment.setVisible(shown)
        self._settle()

    def _segments(self) -> list[QPushButton]:
        return list(self._values)

    def _offered(self) -> list[QPushButton]:
        return [segment for segment in self._values if not segment.isHidden()]

    def _on_actions_changed(self) -> None:
        for segment, action in self._actions.items():
            segment.setText(action.text())
            segment.setToolTip(action.toolTip())
            segment.setEnabled(action.isEnabled())
            segment.setVisible(action.isVisible())
            if action.isChecked():
                segment.setChecked(True)
        self._settle()

    def _on_clicked(self, segment: QPushButton) -> None:
        self._settle()
        if segment in self._actions:
            self._actions[segment].trigger()
        self.chosen.emit(self._values[segment])

    def _settle(self) -> None:
        """Give each segment its corners, and the taken one the tab stop."""
        offered = self._offered()
        self._shape(offered)
        for segment in offered:
            tab = Qt.FocusPolicy.StrongFocus if segment.isChecked() else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(tab)
        if offered and not any(segment.isChecked() for segment in offered):
            offered[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _shape(self, offered: list[QPushButton]) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for place, segment in enumerate(reversed(offered) if mirrored else offered):
            self._give_corners(segment, _place(place, len(offered)))

    def _give_corners(self, segment: QPushButton, name: str) -> None:
        if segment.property("segment") == name:
            return
        segment.setProperty("segment", name)
        if segment.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            segment.style().unpolish(segment)
            segment.style().polish(segment)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = FORWARD.get(Qt.Key(event.key()))
        offered = [segment for segment in self._offered() if segment.isEnabled()]
        focused = self.focusWidget()
        if step is None or focused not in offered:
            super().keyPressEvent(event)
            return
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        target = offered[(offered.index(focused) + step) % len(offered)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._settle()
        super().changeEvent(event)


class _Segment(PushButton):
    """A choice; arrow keys are its row's."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setProperty("kind", "segment")

    def _give_corners(self, segment: QPushButton, name: str) -> None:
        if segment.property("segment") == name:
            return
        segment.setProperty("segment", name)
        if segment.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            segment.style().unpolish(segment)
            segment.style().polish(segment)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in FORWARD:
            event.ignore()
            return
        super().keyPressEvent(event)


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"
