"""What the system says becomes a wish to look at the servers again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation

from desktop.ui.system_watch import SystemWatch

Reachability = QNetworkInformation.Reachability


@pytest.mark.parametrize(
    ("reachability", "told"),
    [(Reachability.Online, 1), (Reachability.Local, 1), (Reachability.Disconnected, 0)],
)
def test_a_network_that_comes_is_told_and_one_that_goes_is_not(qapp, reachability, told):
    watch = SystemWatch()
    heard: list[None] = []
    watch.network_came.connect(lambda: heard.append(None))

    network = QNetworkInformation.instance()
    if network is None:
        pytest.skip("this system tells nothing about its network")
    network.reachabilityChanged.emit(reachability)

    assert len(heard) == told


def test_windows_in_front_are_watched(qapp):
    watch = SystemWatch()
    heard: list[bool] = []
    watch.watched_changed.connect(heard.append)

    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)

    assert heard == [True, False]
