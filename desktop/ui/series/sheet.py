"""SeriesSheet: how far does it reach? One question for saving, dragging and deleting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.reach import Affected, Reach
from desktop.services.series import SeriesAct, SeriesQuestion
from desktop.ui.series.texts import (
    button_text,
    dates_text,
    divided_text,
    going_text,
    heading_text,
    keep_text,
    named_text,
    over_text,
    past_text,
    reach_text,
)
from desktop.ui.widgets.buttons import PrimaryButton, QuietButton
from desktop.ui.widgets.labels import PlainLabel, small_label, title_label
from desktop.ui.widgets.message_box import MessageBox

WIDTH_PX = 480
INDENT_PX = 28
NAMES = {Reach.THIS: "reachThis", Reach.FOLLOWING: "reachFollowing", Reach.ALL: "reachAll"}


@dataclass(frozen=True, slots=True)
class SeriesAnswer:
    """What the user chose."""

    reach: Reach
    keep: bool = True
    """Those that were changed alone stay as they are."""
    past: bool = False
    """Those that are over go, too."""


class SeriesSheet(QDialog):
    """Belongs to the window that asks. Enter takes what is chosen, at first only this one;
    Escape takes nothing. ``finished`` comes after ``answered`` or alone.
    """

    answered = Signal(object)  # SeriesAnswer

    def __init__(
        self, clock: Callable[[], datetime], zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("seriesSheet")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._clock = clock
        self._zone = zone
        self._question: SeriesQuestion | None = None
        self._heading = title_label("")
        self._title = PlainLabel(tone="muted")
        self._title.setObjectName("seriesTitle")
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._on_chosen)
        self._buttons: dict[Reach, QRadioButton] = {}
        self._dates: dict[Reach, PlainLabel] = {}
        self.keep = QCheckBox()
        self.keep.setObjectName("seriesKeep")
        self.past = QCheckBox()
        self.past.setObjectName("seriesPast")
        self._names = small_label(wrap=True)
        self._names.setObjectName("seriesNames")
        self._over = small_label(wrap=True)
        self._over.setObjectName("seriesOver")
        self._note = MessageBox("seriesNote")
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.setObjectName("seriesCancel")
        self._cancel.clicked.connect(self.reject)
        self.go = PrimaryButton()
        self.go.setObjectName("seriesGo")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self._arrange()

    def ask(self, question: SeriesQuestion) -> None:
        """Show the question with its nearest choice taken: only this one, where that is offered."""
        self._question = question
        self.setWindowTitle(heading_text(question.act))
        self._heading.setText(heading_text(question.act))
        self._title.setText(question.title.strip() or self.tr("Untitled"))
        self.go.setText(button_text(question.act))
        now = self._clock()
        for reach, button in self._buttons.items():
            choice = question.choice(reach)
            self._show_choice(button, self._dates[reach], choice, question.act, now)
        self.keep.setChecked(True)
        self.past.setChecked(False)
        nearest = self._buttons[question.choices[0].reach]
        nearest.setChecked(True)
        self._show_rest()
        self.open()
        nearest.setFocus(Qt.FocusReason.OtherFocusReason)

    def reach(self) -> Reach:
        """What is chosen."""
        chosen = self._group.checkedButton()
        return next((reach for reach, one in self._buttons.items() if one is chosen), Reach.THIS)

    def _show_choice(
        self,
        button: QRadioButton,
        dates: PlainLabel,
        choice: Affected | None,
        act: SeriesAct,
        now: datetime,
    ) -> None:
        for part in (button, dates):
            part.setVisible(choice is not None)
        if choice is None:
            return
        button.setText(reach_text(choice, act))
        dates.setText(dates_text(choice, now, self._zone))
        button.setAccessibleDescription(dates.whole_text())

    def _on_chosen(self, _button: QRadioButton, checked: bool) -> None:
        if checked and self._question is not None:
            self._show_rest()

    def _show_rest(self) -> None:
        """What depends on the choice: those changed alone, those that are over, the division."""
        question = self._question
        choice = None if question is None else question.choice(self.reach())
        if question is None or choice is None:
            return
        now = self._clock()
        deletes = question.act is SeriesAct.DELETE
        alone = choice.exceptions if choice.reach is not Reach.THIS else ()
        self.keep.setVisible(bool(alone) and not deletes)
        self.keep.setText(keep_text(alone) if alone else "")
        going = going_text(alone, question.title, now, self._zone) if deletes and alone else ""
        names = going or (named_text(alone, question.title, now, self._zone) if alone else "")
        self._names.setText(names)
        self._names.setVisible(bool(names))
        offers_past = deletes and choice.reach is Reach.ALL and choice.past > 0
        self.past.setVisible(offers_past)
        self.past.setText(past_text(choice.past) if offers_past else "")
        over = over_text(choice, question.act)
        self._over.setText(over)
        self._over.setVisible(bool(over))
        if question.divided and choice.reach is Reach.THIS:
            self._note.say("info", divided_text(question))
        else:
            self._note.clear()
        self._fit()

    def _fit(self) -> None:
        """Take the height that the words need, so that none is cut."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(WIDTH_PX, self.minimumSizeHint().width())
            self.resize(width, layout.totalHeightForWidth(width))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._title)
        column.addSpacing(4)
        for reach in Reach:
            self._buttons[reach] = QRadioButton()
            self._buttons[reach].setObjectName(NAMES[reach])
            self._dates[reach] = small_label(wrap=True)
            self._dates[reach].setObjectName(f"{NAMES[reach]}Dates")
            self._group.addButton(self._buttons[reach])
            column.addWidget(self._buttons[reach], 0, Qt.AlignmentFlag.AlignLeading)
            column.addWidget(_indented(self._dates[reach]))
        column.addSpacing(4)
        for part in (self.keep, self.past):
            column.addWidget(part)
        column.addWidget(_indented(self._names))
        column.addWidget(self._over)
        column.addWidget(self._note)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self.go)

    # Qt overrides

    def accept(self) -> None:
        question = self._question
        deletes = question is not None and question.act is SeriesAct.DELETE
        past = deletes and not self.past.isHidden() and self.past.isChecked()
        self.answered.emit(SeriesAnswer(self.reach(), self.keep.isChecked(), past))
        super().accept()


def _indented(label: PlainLabel) -> PlainLabel:
    """Below the words of the button over it, on whichever side it begins."""
    rtl = label.isRightToLeft()
    label.setContentsMargins(0 if rtl else INDENT_PX, 0, INDENT_PX if rtl else 0, 0)
    return label
