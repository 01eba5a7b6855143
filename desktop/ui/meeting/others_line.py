"""What the chosen time means for the people: their local time, and hours outside work."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.contact import Contact
from desktop.domain.drafting import zone_of
from desktop.domain.meeting import MeetingDraft
from desktop.domain.timespan import TimeSpan, When
from desktop.ui.meeting.parts import FormParts
from desktop.ui.meeting.texts import hours_hint, local_time_text, my_time_text, their_hours_hint
from desktop.ui.widgets.labels import PlainLabel, small_label

MOST_PEOPLE = 3


class OthersLine(QWidget):
    """A line for each of the first people whose zone is known and another one; then hints."""

    def __init__(
        self,
        parts: FormParts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("meetingLocalTimes")
        self._local_time = parts.local_time
        self._work = parts.work
        self._zone = parts.zone
        self._lines = [small_label(wrap=True) for _ in range(MOST_PEOPLE)]
        self.hint = small_label(tone="warning", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in (*self._lines, self.hint):
            column.addWidget(label)

    def show_draft(self, draft: MeetingDraft, contacts: Sequence[Contact]) -> None:
        """Show what the draft's time is for me, if it was typed for elsewhere, and for these."""
        times, hints = self._told(draft.when, contacts)
        times = [*self._mine(draft), *times][:MOST_PEOPLE]
        for number, label in enumerate(self._lines):
            _put(label, times[number] if number < len(times) else "")
        _put(self.hint, " · ".join(hints))
        self.setVisible(bool(times or hints))

    def texts(self) -> tuple[str, ...]:
        """The lines about local times that are shown."""
        return tuple(one.whole_text() for one in self._lines if not one.isHidden())

    def _mine(self, draft: MeetingDraft) -> list[str]:
        """My own clock, where the times were typed for another one."""
        if not isinstance(draft.when, TimeSpan):
            return []
        span, typed = draft.when.in_zone(self._zone), draft.when.in_zone(zone_of(draft))
        if span.start.utcoffset() == typed.start.utcoffset():
            return []
        return [my_time_text(span, typed, draft.time_zone)]

    def _told(self, when: When, contacts: Sequence[Contact]) -> tuple[list[str], list[str]]:
        if not isinstance(when, TimeSpan):
            return [], []
        span = when.in_zone(self._zone)
        hints = [hint] if (hint := hours_hint(span, self._work(), self._zone)) else []
        times: list[str] = []
        for contact in contacts[:MOST_PEOPLE]:
            local = self._local_time(contact)
            if local is None or local.at(span.start).utcoffset() == span.start.utcoffset():
                continue
            name = contact.given_name or contact.name
            times.append(local_time_text(span, local, name))
            theirs = their_hours_hint(span, self._work(), local, name)
            hints.extend([theirs] if theirs else [])
        return times, hints


def _put(label: PlainLabel, text: str) -> None:
    if label.whole_text() != text:
        label.setText(text)
    label.setVisible(bool(text))
