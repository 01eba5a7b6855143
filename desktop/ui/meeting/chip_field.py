"""A line to type names in, with the chosen ones before it as chips."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.meeting.popup_list import PopupList
from desktop.ui.meeting.tab_order import put_before
from desktop.ui.widgets.avatar import avatar_pixmap
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout

CHIP_DISC_PX = 18
LINE_LEAST_PX = 140
PICK_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ChipField(QFrame):
    """Chips and a line in one frame; what is found stands in ``popup``, over the dialog.

    Whoever derives from it looks for what is typed, and says what a row of the list is worth.
    """

    removal_requested = Signal(object)  # the value of a chip

    def __init__(self, line: QLineEdit, popup: PopupList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "field")
        self._chips: dict[Hashable, Chip] = {}
        self._list = popup
        inside = QWidget()
        self._flow = FlowLayout(inside, gap_px=4)
        self._line = line
        self._line.setProperty("kind", "bare")
        self._line.setMinimumWidth(LINE_LEAST_PX)
        self._line.setParent(inside)
        self._flow.addWidget(self._line)
        self._line.textEdited.connect(self._on_text_edited)
        self._line.installEventFilter(self)
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 3)
        column.addWidget(inside)

    def set_stage(self, stage: QWidget) -> None:
        """The list of what was found stands over ``stage``, so that nothing cuts it off."""
        self._list.setParent(stage)

    def set_offered(self, offered: bool) -> None:
        """Whether people can be added and removed."""
        self._line.setHidden(not offered)
        for chip in self._chips.values():
            chip.setEnabled(offered)

    def left_over(self) -> str:
        """What was typed and is nobody yet."""
        return self._line.text().strip() if not self._line.isHidden() else ""

    @property
    def line(self) -> QLineEdit:
        """Where names are typed."""
        return self._line

    def typing(self) -> bool:
        """Whether the line has the focus."""
        return self._line.hasFocus()

    def reset(self) -> None:
        """Forget what was typed and searched for."""
        self._line.clear()
        self.close_list()

    @property
    def list_open(self) -> bool:
        """Whether the list of what was found is shown."""
        return self._list.isVisible()

    def close_list(self) -> None:
        """Hide the list."""
        self._list.hide()

    # For those who derive from it

    def _show_chips(self, people: Sequence[tuple[Hashable, str, str]]) -> None:
        """Show these values as chips, each with its text and its name."""
        for value in set(self._chips) - {one[0] for one in people}:
            self._take_out(self._chips.pop(value))
        self._flow.removeWidget(self._line)
        for value, text, name in people:
            if value not in self._chips:
                chip = self._chips[value] = self._chip(value, text, name)
                self._flow.addWidget(chip)
                put_before((chip,), self._line)
        self._flow.addWidget(self._line)
        self.updateGeometry()

    def _find(self, text: str) -> None:
        """Look for ``text`` and show what is found."""

    def _pick_current(self) -> bool:
        """Take the row under the list's cursor; False where there is none."""
        return False

    def _last_value(self) -> Hashable | None:
        """What Backspace in the empty line takes away."""
        return next(reversed(self._chips), None)

    # The inside

    def _chip(self, value: Hashable, text: str, name: str) -> Chip:
        picture = avatar_pixmap(name, str(value), CHIP_DISC_PX, self.devicePixelRatioF())
        chip = Chip(text, removable=True, picture=picture)
        chip.setProperty("value", value)
        chip.remove_requested.connect(self._on_remove_requested)
        return chip

    def _take_out(self, chip: Chip) -> None:
        if chip.hasFocus():
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _on_remove_requested(self) -> None:
        self.removal_requested.emit(self.sender().property("value"))

    def _on_text_edited(self, text: str) -> None:
        self._find(text)

    def _open_list(self) -> None:
        if self._line.hasFocus():
            self._list.open_under(self)

    def _picked(self) -> None:
        """Somebody was taken: go on typing."""
        self._line.clear()
        self.close_list()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._line:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        self._mark_focus(event)
        return (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and (self._take_key(event))
        )

    def _mark_focus(self, event: QEvent) -> None:
        if event.type() not in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            return
        focused = event.type() == QEvent.Type.FocusIn
        self.setProperty("focused", "true" if focused else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, typed = Qt.Key(event.key()), self._line.text()
        if key in PICK_KEYS:
            # Tab goes on where nothing was typed.
            taken = key is not Qt.Key.Key_Tab or bool(typed.strip())
            return taken and self.list_open and self._pick_current()
        if key in STEPS:
            self._step(STEPS[key])
        elif key == Qt.Key.Key_Escape and (self.list_open or typed):
            self.reset()
        elif key == Qt.Key.Key_Backspace and not typed and self._last_value() is not None:
            self.removal_requested.emit(self._last_value())
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        if self.list_open:
            self._list.step(by)
        else:
            self._find(self._line.text())
