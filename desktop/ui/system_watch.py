"""SystemWatch: what the system tells a program about the network and about being looked at."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation

Reachability = QNetworkInformation.Reachability


class SystemWatch(QObject):
    """Signals only; where a system tells nothing, there are none."""

    network_came = Signal()  # there may be a way to the servers again
    watched_changed = Signal(bool)  # whether one of the windows is in front

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)
        feature = QNetworkInformation.Feature.Reachability
        if QNetworkInformation.loadBackendByFeatures(feature):
            network = QNetworkInformation.instance()
            network.reachabilityChanged.connect(self._on_reachability_changed)

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        self.watched_changed.emit(state is Qt.ApplicationState.ApplicationActive)

    def _on_reachability_changed(self, reachability: Reachability) -> None:
        if reachability in (Reachability.Online, Reachability.Site, Reachability.Local):
            self.network_came.emit()
