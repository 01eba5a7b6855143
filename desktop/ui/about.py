"""AboutDialog: which Parley this is, and under which licence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.assets import app_icon
from desktop.ui.widgets.buttons import PrimaryButton
from desktop.ui.widgets.labels import PlainLabel, title_label

ICON_PX = 64


class AboutDialog(QDialog):
    """A picture, a version, a licence."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Parley"))
        picture = PlainLabel()
        picture.setPixmap(app_icon().pixmap(ICON_PX, ICON_PX))
        words = QVBoxLayout()
        words.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(20)
        close = PrimaryButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(row)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        words.addWidget(title_label("Parley"))
        words.addWidget(PlainLabel(self.tr("Version {number}").format(number=version)))
        words.addWidget(
            PlainLabel(
                self.tr("Find the client, see the time, book the meeting, and never lose it."),
                tone="muted",
                wrap=True,
            )
        )
        words.addWidget(
            PlainLabel(
                self.tr("Free software under the MIT licence; Qt is used under the LGPL."),
                tone="muted",
                wrap=True,
            )
        )
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        self.resize(420, self.sizeHint().height())
