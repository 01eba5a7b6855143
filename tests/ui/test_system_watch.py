"""What the system says becomes a wish to look at the servers again."""

import socket
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.ui import system_watch
from desktop.ui.system_watch import SystemWatch
from tests.services.platform.test_network_news import OLD_ROUTE, message

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt is asked")
def test_a_network_that_comes_is_told_and_one_that_goes_is_not(qtbot, monkeypatch):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    ours.setblocking(False)
    monkeypatch.setattr(system_watch, "open_news", lambda: ours)
    watch = SystemWatch()
    heard: list[None] = []
    watch.network_came.connect(lambda: heard.append(None))

    with theirs, qtbot.waitSignal(watch.network_came):
        theirs.send(message(OLD_ROUTE))
        theirs.send(message())

    assert len(heard) == 1
    del watch
    assert ours.fileno() == -1


def test_windows_in_front_are_watched(qapp):
    watch = SystemWatch()
    heard: list[bool] = []
    watch.watched_changed.connect(heard.append)

    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)

    assert heard == [True, False]
