"""SystemWatch: what the system tells a program about the network and about being looked at."""

import sys
import weakref

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtGui import QGuiApplication

from desktop.services.platform.network_news import network_came, open_news

if sys.platform != "linux":
    from PySide6.QtNetwork import QNetworkInformation


class SystemWatch(QObject):
    """Signals only; where a system tells nothing, there are none."""

    network_came = Signal()  # there may be a way to the servers again
    watched_changed = Signal(bool)  # whether one of the windows is in front

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)
        if sys.platform == "linux":
            self._hear_of_routes()
        else:
            self._hear_of_reachability()

    def _hear_of_routes(self) -> None:
        self._news = open_news()
        if self._news is not None:
            kind = QSocketNotifier.Type.Read
            notifier = QSocketNotifier(self._news.fileno(), kind, self)
            notifier.activated.connect(self._on_news)
            weakref.finalize(self, self._news.close)

    def _on_news(self) -> None:
        if self._news is not None and network_came(self._news):
            self.network_came.emit()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        self.watched_changed.emit(state is Qt.ApplicationState.ApplicationActive)

    if sys.platform != "linux":

        def _hear_of_reachability(self) -> None:
            feature = QNetworkInformation.Feature.Reachability
            if QNetworkInformation.loadBackendByFeatures(feature):
                network = QNetworkInformation.instance()
                network.reachabilityChanged.connect(self._on_reachability_changed)

        def _on_reachability_changed(
            self, reachability: "QNetworkInformation.Reachability"
        ) -> None:
            kinds = QNetworkInformation.Reachability
            if reachability in (kinds.Online, kinds.Site, kinds.Local):
                self.network_came.emit()
