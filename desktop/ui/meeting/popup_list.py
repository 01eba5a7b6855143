"""A list over the dialog, under the line that is typed in."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

PAD_PX = 4


class PopupList(QFrame):
    """The keyboard stays in the line above; ``body`` is what is shown."""

    picked = Signal(object)  # what the row stands for

    def __init__(self, *body: QWidget) -> None:
        super().__init__()
        self.setProperty("popup", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD_PX, PAD_PX, PAD_PX, PAD_PX)
        for widget in body:
            column.addWidget(widget)
        self.hide()

    def open_under(self, field: QWidget) -> None:
        """Show the list under ``field``, or over it where there is no room below."""
        stage = self.parentWidget()
        if stage is None:
            return
        at = field.mapTo(stage, QPoint(0, field.height() + PAD_PX))
        height = self._wanted_height(field.width())
        if at.y() + height > stage.height():
            above = field.mapTo(stage, QPoint(0, 0)).y() - height - PAD_PX
            at.setY(above if above >= 0 else max(0, stage.height() - height))
        self.setGeometry(at.x(), at.y(), field.width(), height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move the cursor."""

    def _wanted_height(self, width: int) -> int:  # noqa: ARG002 - for those who derive from it
        return self.sizeHint().height()
