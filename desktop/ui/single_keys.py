"""Single keys as commands: only where nobody types, and whatever the keyboard's layout is."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

TEXT_FIELDS = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QAbstractSpinBox")
"""By their names in Qt: the classes themselves would be made at each start for this alone."""

PC_ROWS = {16: "qwertyuiop", 30: "asdfghjkl", 44: "zxcvbnm,./", 2: "1234567890"}
"""Scan codes of a row's first key: PC set 1, which Linux's evdev numbers keep."""

PC_KEYS = {first + place: key for first, row in PC_ROWS.items() for place, key in enumerate(row)}

X11_OFFSET = 8
"""X11 and xkb count evdev's codes from 8."""

MAC_KEYS = {
    12: "q", 13: "w", 14: "e", 15: "r", 17: "t", 16: "y", 32: "u", 34: "i", 31: "o", 35: "p",
    0: "a", 1: "s", 2: "d", 3: "f", 5: "g", 4: "h", 38: "j", 40: "k", 37: "l",
    6: "z", 7: "x", 8: "c", 9: "v", 11: "b", 45: "n", 46: "m", 43: ",", 47: ".", 44: "/",
}  # fmt: skip
"""Carbon's kVK codes, which Qt gives as the native virtual key."""

FREE_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def layout_is_latin() -> bool:
    """Whether the keyboard types Latin letters now, as far as the system tells."""
    script = QGuiApplication.inputMethod().locale().script()
    return script in (QLocale.Script.LatinScript, QLocale.Script.AnyScript)


def physical_key(event: QKeyEvent, platform: str = sys.platform) -> str:
    """What the pressed key types on a US keyboard; empty where the system does not say."""
    if platform == "darwin":
        return MAC_KEYS.get(event.nativeVirtualKey(), "") if event.nativeScanCode() else ""
    code = event.nativeScanCode()
    return PC_KEYS.get(code if platform == "win32" else code - X11_OFFSET, "")


@dataclass(frozen=True, slots=True)
class KeyReader:
    """Tells which command key an event means."""

    latin: Callable[[], bool] = layout_is_latin
    platform: str = sys.platform

    def keys_of(self, event: QKeyEvent) -> tuple[str, ...]:
        """What the press can stand for, likeliest first: the character, then the physical key."""
        typed = event.text().casefold()
        if not typed:
            return ()
        foreign = ord(typed[0]) > 0x24F if typed.isalpha() else not self.latin()
        physical = physical_key(event, self.platform) if foreign else ""
        return tuple(key for key in (typed, physical) if key)


def types_text(widget: QWidget | None) -> bool:
    """Whether keys pressed in ``widget`` are text to it."""
    if widget is None:
        return False
    if widget.inherits("QComboBox"):
        return bool(widget.property("editable"))
    return any(widget.inherits(name) for name in TEXT_FIELDS)


class SingleKeys:
    """Commands by single keys, for key presses that no widget wanted."""

    def __init__(
        self,
        by_character: Mapping[str, QAction],
        by_key: Mapping[Qt.Key, QAction],
        reader: KeyReader | None = None,
    ) -> None:
        self._by_character = by_character
        self._by_key = by_key
        self._reader = reader or KeyReader()

    def take(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Trigger the command of ``event``, unless text is being typed in ``focus``."""
        action = None if types_text(focus) else self._find(event)
        if action is None or not (action.isEnabled() and action.isVisible()):
            return False
        action.trigger()
        return True

    def _find(self, event: QKeyEvent) -> QAction | None:
        if event.modifiers() & ~FREE_MODIFIERS:
            return None
        for key in self._reader.keys_of(event):
            if key in self._by_character:
                return self._by_character[key]
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return None
        return self._by_key.get(Qt.Key(event.key()))
