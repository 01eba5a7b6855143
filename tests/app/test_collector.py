"""The collector of cycles: all of it only while nothing is read."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer

from desktop.app.collector import AGAIN_MS, EVERY_MS, NEVER, Collector


class Knot:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def usual_collector() -> Iterator[None]:
    """Python's own settings, afterwards."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("usual_collector", "qapp")
@pytest.mark.parametrize("busy", [True, False])
def test_it_waits_while_an_account_is_read(busy: bool) -> None:
    parent = QObject()
    released: list[bool] = []
    collector = Collector(lambda: busy, lambda: released.append(True), parent)
    knot = weakref.ref(Knot())
    timer = collector.findChild(QTimer)
    assert timer is not None

    timer.timeout.emit()

    assert (knot() is None) is not busy
    assert bool(released) is not busy
    assert timer.isActive()
    assert timer.interval() == (AGAIN_MS if busy else EVERY_MS)
    assert gc.isenabled()
    assert gc.get_threshold()[2] == NEVER
