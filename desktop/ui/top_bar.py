"""The bar over everything: where in time one is, and the one button to book."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, plain_tooltip, title_label
from desktop.ui.widgets.segmented import SegmentedControl

BRAND_WIDTH_PX = 248
RANGE_WIDTH_PX = 260


class TopBar(QWidget):
    """Menu, name, today and its neighbours, the dates on view, the views, *New meeting*."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self._actions = actions
        self._menu_button = IconButton("menu", self.tr("Menu"))
        self._menu: QMenu | None = None
        self._menu_button.clicked.connect(self._on_menu_clicked)
        self._range = title_label("", 1.25)
        self._note = _Note(tone="muted")
        self._arrange()

    def show_range(self, text: str, note: str) -> None:
        """Show the dates on view, e.g. "16 – 22 November 2026", and "Week 47" beside them."""
        self._range.setText(text)
        self._note.setText(note)
        self._range.setMinimumWidth(0)  # a label asks for no less than its minimum
        width = self._range.sizeHint().width() + 2
        # Where there is little room, the empty space beside the name goes first, then the week.
        self._range.setMinimumWidth(min(width, RANGE_WIDTH_PX))
        self._range.setMaximumWidth(width)
        self._note.setMaximumWidth(self._note.sizeHint().width())

    def range_text(self) -> str:
        """The dates that are shown."""
        return self._range.whole_text()

    def menu(self) -> QMenu:
        """The menu with everything that has no button, made when it is asked for first."""
        if self._menu is None:
            self._menu = self._make_menu()
        return self._menu

    def _arrange(self) -> None:
        actions = self._actions
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._brand(), 50)
        row.addWidget(_text_button(actions.today))
        row.addSpacing(4)
        row.addWidget(_arrow(actions.previous, "chevron-left", "chevron-right"))
        row.addWidget(_arrow(actions.next, "chevron-right", "chevron-left"))
        row.addSpacing(12)
        row.addWidget(self._range, 1000)
        row.addWidget(self._note, 1000)
        row.addStretch(2)
        views = SegmentedControl(self.tr("View"))
        views.add_commands(actions.views.actions())
        row.addWidget(views)
        row.addSpacing(8)
        row.addWidget(_primary_button(actions.new_meeting))

    def _brand(self) -> QWidget:
        brand = QWidget()
        brand.setMaximumWidth(BRAND_WIDTH_PX)
        brand.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(brand)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._menu_button)
        row.addSpacing(4)
        name = title_label("Parley", 1.15)
        name.setMinimumWidth(name.sizeHint().width())
        row.addWidget(name, 1)
        return brand

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        actions = self._actions
        for group in (
            (actions.new_meeting, actions.new_contact),
            (actions.undo, actions.redo),
            (actions.sync_now, actions.show_outbox),
            (actions.add_account, actions.accounts),
            (actions.import_files, actions.export_files),
            (actions.settings, actions.about, actions.quit),
        ):
            menu.addActions(list(group))
            menu.addSeparator()
        return menu

    def _on_menu_clicked(self) -> None:
        menu = self.menu()
        corner = self._menu_button.rect().bottomLeft() + QPoint(0, theme.GRID_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(self._menu_button.width() - menu.sizeHint().width())
        # Shown, not run: a loop inside this one would stop every task.
        menu.popup(self._menu_button.mapToGlobal(corner))


class _Note(PlainLabel):
    """Said in full or not at all: "W…" tells nobody anything."""

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)


def _text_button(action: QAction) -> QPushButton:
    button = QuietButton(action.text())
    button.setToolTip(plain_tooltip(action.toolTip()))
    _follow(button, action)
    return button


def _primary_button(action: QAction) -> QPushButton:
    button = PrimaryButton(action.text(), icon_name="plus")
    button.setObjectName("newMeetingButton")
    button.setToolTip(plain_tooltip(action.toolTip()))
    _follow(button, action)
    return button


def _follow(button: QPushButton, action: QAction) -> None:
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    button.setEnabled(action.isEnabled())


class _Arrow(IconButton):
    """Points forward or back in time; which way that is, the reading direction says."""

    def __init__(self, action: QAction, left_to_right: str, right_to_left: str) -> None:
        super().__init__(left_to_right, action.toolTip(), framed=True)
        self.setAccessibleName(action.text())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if mirrored:
            self.show_as(right_to_left, action.toolTip())
        self.clicked.connect(action.trigger)


def _arrow(action: QAction, left_to_right: str, right_to_left: str) -> QToolButton:
    return _Arrow(action, left_to_right, right_to_left)
