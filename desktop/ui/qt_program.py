"""The QApplication that the program runs in."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import STYLE, STYLE_PROPERTY

HAND_OVER_S = 0.0005
"""A thread that computes lets go of the interpreter so soon after the window asks for it.

Python's own 5 ms is a third of a frame for every thread that is busy: a first sync keeps three.
"""


class ParleyApplication(QApplication):
    """The application object; asked to quit, it closes its windows.

    A system menu or the end of the desktop session ends Qt's loop at once by default, under
    whatever is being saved. Here the last window that closes is what ends the program.
    """

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit:
            self.closeAllWindows()
            return True
        return bool(super().event(event))


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the one QApplication, with Parley's names and the style that themes build on."""
    sys.setswitchinterval(HAND_OVER_S)
    # By an option: `setStyle` answers with the style before, for which the binding makes classes.
    app = ParleyApplication([*argv[:1], "-style", STYLE, *argv[1:]])
    app.setProperty(STYLE_PROPERTY, STYLE)
    app.setApplicationName("Parley")
    app.setApplicationDisplayName("Parley")
    app.setOrganizationName("Parley")
    app.setDesktopFileName("io.parley.Desktop")
    # Qt would end the loop under the tasks that still have to be finished.
    app.setQuitOnLastWindowClosed(False)
    return app
