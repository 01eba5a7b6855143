"""The reference of a start: one empty QMainWindow. Prints when it was painted, then stays."""

import signal
import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """Nothing but a window."""

    painted = False

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            print(time.monotonic_ns(), flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = Bare()
    window.resize(1280, 800)
    window.show()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.exit(app.exec())
