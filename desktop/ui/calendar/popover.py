"""The popover of a new meeting: title, contact, and the time that was chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.ids import ContactId, DraftId
from desktop.domain.timespan import TimeSpan, When
from desktop.ui import theme
from desktop.ui.calendar.clash_hint import ClashHint
from desktop.ui.calendar.contact_field import ContactField, Find
from desktop.ui.calendar.describe import when_text
from desktop.ui.calendar.geometry import Rect
from desktop.ui.calendar.placing import ARROW_PX, Placement, Side, placed
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel

WIDTH_PX = 320


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the popover."""

    when: When
    draft_id: DraftId
    """The draft that this is stored as, once anything is typed."""
    title: str = ""
    contact_id: ContactId | None = None
    contact_name: str = ""

    @property
    def touched(self) -> bool:
        """Whether anything was typed that would be a loss."""
        return bool(self.title.strip()) or self.contact_id is not None


class EventPopover(QFrame):
    """A child of the page, placed beside a slot. It is no dialog: the calendar stays usable."""

    save_requested = Signal(object)  # Typed
    more_requested = Signal(object)  # Typed
    draft_changed = Signal(object)  # Typed
    discarded = Signal(object)  # Typed
    when_changed = Signal(object)  # TimeSpan
    closed = Signal()

    def __init__(
        self, find: Find, tasks: TaskRunner, zone: Callable[[], tzinfo], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("eventPopover")
        self.setAccessibleName(self.tr("New meeting"))
        self._page = parent
        self._zone = zone
        self._when: When | None = None
        self._draft_id: DraftId | None = None
        self._slot = QRect()
        self._placement = Placement(0, 0, Side.NONE, 0)
        self.title = QLineEdit(self)
        self.title.setObjectName("popoverTitle")
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title"))
        self.contact = ContactField(find, tasks, self)
        self.times = PlainLabel(wrap=True)
        self.hint = ClashHint(zone, self)
        self.hint.setObjectName("popoverHint")
        self.save = PrimaryButton(self.tr("Save"))
        self.save.setObjectName("popoverSaveButton")
        self.more = QuietButton(self.tr("More…"))
        self.more.setObjectName("popoverMoreButton")
        self._question = QWidget(self)
        self.discard = QuietButton(self.tr("Discard"))
        self.discard.setObjectName("popoverDiscardButton")
        self.keep = QuietButton(self.tr("Keep editing"))
        self.keep.setObjectName("popoverKeepButton")
        self._buttons = QWidget(self)
        self._arrange()
        self._connect()
        self.hide()

    # What it is about

    def open_for(self, typed: Typed, slot: QRect) -> None:
        """Show ``typed`` beside ``slot``, a rectangle of the parent; the caret is in the title."""
        self._when, self._draft_id = typed.when, typed.draft_id
        self.title.setText(typed.title)
        self.contact.show_contact(typed.contact_id, typed.contact_name)
        self.times.setText(when_text(typed.when, self._zone()))
        self.show_hint("")
        self._ask(False)
        self.set_busy(False)
        self.show()
        self.place(slot)
        self.raise_()
        self.title.setFocus(Qt.FocusReason.PopupFocusReason)

    def typed(self) -> Typed | None:
        """What stands in it; None before it was opened."""
        if self._when is None or self._draft_id is None:
            return None
        return Typed(
            self._when,
            self._draft_id,
            self.title.text(),
            self.contact.contact_id,
            self.contact.contact_name,
        )

    def show_hint(self, text: str, slots: tuple[TimeSpan, ...] = ()) -> None:
        """Say what the time clashes with and offer others; an empty text says nothing."""
        self.hint.say(text, slots)

    def set_when(self, when: When) -> None:
        """It is about another time now."""
        self._when = when
        self.times.setText(when_text(when, self._zone()))
        self.show_hint("")

    def place(self, slot: QRect) -> None:
        """Stand beside ``slot``, a rectangle of the parent; fold away while it is out of sight."""
        self._slot = slot
        if slot.isNull():
            self.setVisible(False)
            return
        if not self.isVisible():
            self.show()
        self._resettle()

    def end(self) -> None:
        """Go away; nothing is kept in it."""
        self._when = None
        self._draft_id = None
        self.hide()

    def set_busy(self, busy: bool) -> None:
        """Saving is under way; it is not asked for twice."""
        self.save.setEnabled(not busy)

    @property
    def asking(self) -> bool:
        """Whether it asks if what was typed shall be lost."""
        return not self._question.isHidden()

    # How it is made

    def _arrange(self) -> None:
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        question = QHBoxLayout(self._question)
        question.setContentsMargins(0, 4, 0, 0)
        question.addWidget(PlainLabel(self.tr("Discard the draft?")), 1)
        question.addWidget(self.discard)
        question.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(ARROW_PX + 16, 16, ARROW_PX + 16, 14)
        column.setSpacing(8)
        for part in (
            self.title,
            self.contact,
            self.times,
            self.hint,
            self._buttons,
            self._question,
        ):
            column.addWidget(part)
        self.setFixedWidth(WIDTH_PX + 2 * ARROW_PX)

    def _connect(self) -> None:
        self.title.textEdited.connect(self._on_edited)
        self.contact.contact_changed.connect(self._on_edited)
        self.contact.submitted.connect(self._on_save)
        self.contact.size_changed.connect(self._resettle)
        self.hint.size_changed.connect(self._resettle)
        self.hint.slot_taken.connect(self._on_slot_taken)
        self.save.clicked.connect(self._on_save)
        self.more.clicked.connect(self._on_more)
        self.discard.clicked.connect(self._on_discard)
        self.keep.clicked.connect(self._on_keep)
        self.title.installEventFilter(self)

    def _resettle(self) -> None:
        if self._when is None or self._slot.isNull():
            return
        column = self.layout()
        assert column is not None
        for part in (self.contact, self.hint):
            part.updateGeometry()  # what it keeps of their heights is of before they changed
        column.invalidate()
        column.activate()
        self.resize(self.width(), column.totalHeightForWidth(self.width()))
        room = Rect(0, 0, self._page.width(), self._page.height())
        slot = Rect(self._slot.x(), self._slot.y(), self._slot.width(), self._slot.height())
        self._placement = placed(slot, self.width(), self.height(), room, rtl=self.isRightToLeft())
        self.move(self._placement.x, self._placement.y)
        self.update()

    # What the user does

    def _on_edited(self) -> None:
        typed = self.typed()
        if typed is None:
            return
        placeholder = self.tr("Title")
        if typed.contact_name:
            placeholder = self.tr("Meeting with {0}").format(typed.contact_name)
        self.title.setPlaceholderText(placeholder)
        self.draft_changed.emit(typed)

    def _on_save(self) -> None:
        typed = self.typed()
        if typed is not None and self.save.isEnabled():
            self.save_requested.emit(typed)

    def _on_more(self) -> None:
        typed = self.typed()
        if typed is not None:
            self.more_requested.emit(typed)

    def _on_slot_taken(self, slot: TimeSpan) -> None:
        self.set_when(slot)
        self.when_changed.emit(slot)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_discard(self) -> None:
        typed = self.typed()
        self.end()
        if typed is not None:
            self.discarded.emit(typed)
        self.closed.emit()

    def _on_keep(self) -> None:
        self._ask(False)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, asking: bool) -> None:
        self._question.setVisible(asking)
        self._buttons.setVisible(not asking)
        if asking:
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self._resettle()

    def _escape(self) -> None:
        typed = self.typed()
        if self.asking:
            self._on_keep()
        elif typed is not None and typed.touched:
            self._ask(True)
        else:
            self._on_discard()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._on_save()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._on_save()
        # Letters stop here: the calendar under the popover must not take them for commands.
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = theme.current().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(ARROW_PX, 0.5, -ARROW_PX, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, theme.RADIUS_PX + 2, theme.RADIUS_PX + 2)
        y = self._placement.arrow_y
        if self._placement.side is not Side.NONE:
            edge = area.left() if self._placement.side is Side.LEFT else area.right()
            tip = edge + (-ARROW_PX if self._placement.side is Side.LEFT else ARROW_PX)
            base = edge + (1 if tip < edge else -1)  # inside, or the edge would show between them
            arrow = QPainterPath(QPointF(base, y - ARROW_PX))
            arrow.lineTo(tip, y)
            arrow.lineTo(base, y + ARROW_PX)
            arrow.closeSubpath()
            shape = shape.united(arrow)
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.window)
        painter.drawPath(shape)
        painter.end()
