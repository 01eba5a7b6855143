"""Makes the events of the view known to a screen reader, one by one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.calendar.describe import accessible_text
from desktop.ui.calendar.paint_context import qrect
from desktop.ui.calendar.scene import Key
from desktop.ui.calendar.view_state import ViewState


class EventSpeech:
    """Keeps one invisible child of the view in the place of each event.

    Widgets, because Qt then looks after their lives: an accessible interface made by hand would
    have to outlive every screen reader that still asks it. They exist only while one is there.
    """

    def __init__(self, viewport: QWidget, state: ViewState) -> None:
        self._viewport = viewport
        self._state = state
        self._children: dict[Key, QWidget] = {}

    def say(self, text: str) -> None:
        """Speak ``text`` now."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._viewport, text))

    def follow(self) -> None:
        """The events moved or changed."""
        if QAccessible.isActive():
            self.place_children()

    def place_children(self) -> None:
        """One child per event that is laid out, named as it is read."""
        frame = self._state.frame
        places = {bar.key: (bar.entry, bar.rect) for bar in self._state.scene.bars}
        for box in self._state.scene.boxes:
            rect = box.rect.moved(dy=frame.top - frame.scroll_px)
            places.setdefault(box.key, (box.entry, rect))
        for key in self._children.keys() - places.keys():
            self._children.pop(key).deleteLater()
        for key, (entry, rect) in places.items():
            child = self._children.get(key)
            if child is None:
                child = _silent_child(self._viewport)
                self._children[key] = child
            clashes = self._state.clashes(entry)
            child.setAccessibleName(accessible_text(entry, self._state.zone, clashes=clashes))
            child.setGeometry(qrect(rect))

    @property
    def children(self) -> dict[Key, QWidget]:
        """The stand-ins, by event."""
        return dict(self._children)


def _silent_child(viewport: QWidget) -> QWidget:
    child = QWidget(viewport)
    child.setObjectName("calendarEvent")
    child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    child.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
    child.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    child.lower()
    child.show()
    return child
