"""A time zone, found by typing a part of its name."""

from importlib import resources

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.ui.meeting.typed_field import TypedField


class ZoneField(TypedField):
    """Shows an IANA name in plain words: "Europe/Berlin"; finds it by "berlin"."""

    zone_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("meetingTimeZone")
        self.setAccessibleName(self.tr("Time zone"))
        self.setPlaceholderText(self.tr("City or region"))
        self._names: dict[str, str] = {}
        self._found: QCompleter | None = None

    def show_zone(self, name: str) -> None:
        """Show a zone."""
        self.put_text(_spoken(name))

    def take_text(self, text: str) -> bool:
        name = self._find(text)
        if name is None:
            return False
        self.setModified(False)
        self.zone_entered.emit(name)
        return True

    def step(self, _by: int) -> None:
        """The arrow keys are the list's."""

    def _find(self, text: str) -> str | None:
        """The one zone that is meant: by its whole name, its city, or a part only it has."""
        typed = _spoken(text.strip()).casefold()
        names = self._known()
        if typed in names:
            return names[typed]
        by_city = [name for key, name in names.items() if key.rsplit("/", 1)[-1] == typed]
        if len(by_city) == 1:
            return by_city[0]
        inside = [name for key, name in names.items() if typed and typed in key]
        return inside[0] if len(inside) == 1 else None

    def _known(self) -> dict[str, str]:
        if not self._names:
            zones = zone_names()
            self._names = {_spoken(name).casefold(): name for name in zones}
            self._offer(tuple(map(_spoken, zones)))
        return self._names

    def _offer(self, shown: tuple[str, ...]) -> None:
        completer = QCompleter(self)
        completer.setModel(QStringListModel(list(shown), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._on_completed)
        self.setCompleter(completer)
        self._found = completer

    def _on_completed(self) -> None:
        self.commit()

    # Qt overrides

    def focusNextPrevChild(self, forward: bool) -> bool:
        # The list keeps the field from hearing that it is left.
        popup = None if self._found is None else self._found.popup()
        if popup is not None:
            popup.hide()
        self.commit()
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._known()
        super().focusInEvent(event)


def zone_names() -> tuple[str, ...]:
    """Every zone of the bundled database that names a place."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    places = (name for name in names if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(places))


def _spoken(name: str) -> str:
    return name.replace("_", " ")
