"""How a booked meeting looks as a card in the portal's timeline, and what is read back of it.

The deadline is the start, kept by the portal itself; whatever else Parley needs stands in blocks
of its own keys, in words that colleagues read, too: ``length`` ("60 min"), ``place``, ``note``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.event import EventKind, Priority, Reminder
from desktop.services.api.bitrix24.activities.crm_booking import LONGEST_MIN, USUAL_MIN, CrmBooking
from desktop.services.api.bitrix24.activities.layout.actions import Redirect
from desktop.services.api.bitrix24.activities.layout.blocks import (
    Block,
    Deadline,
    LargeText,
    Link,
    Shade,
    TextBlock,
    WithTitle,
)
from desktop.services.api.bitrix24.activities.layout.layout import Layout, layout_from
from desktop.services.api.bitrix24.activities.layout.parts import (
    Button,
    ButtonType,
    Footer,
    Header,
    Logo,
    Menu,
    MenuItem,
    Tag,
    TagType,
)
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutRefusedError
from desktop.services.api.bitrix24.activities.layout.texts import shown

_ICONS = {EventKind.MEETING: "info", EventKind.CALL: "call", EventKind.EVENT: "document"}
_LOGO = "notification"
_WEIGHTS = {
    Priority.HIGH: Tag("Important", TagType.WARNING),
    Priority.LOW: Tag("Unimportant", TagType.SECONDARY),
}
_LENGTH = re.compile(r"\s*([0-9]{1,6}) min\s*")


@dataclass(frozen=True, slots=True)
class CardPerson:
    """Somebody whom the meeting is with: their name, and their page on the portal."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card says: its title, the booking behind it, and what its links lead to."""

    title: str
    booking: CrmBooking
    people: Sequence[CardPerson] = ()
    link: str = ""
    """Opens the meeting in Parley; empty: no such button."""


def card_layout(content: CardContent) -> Layout:
    """The card: when, how long, where, with whom, the note; buttons to the contact and Parley."""
    booking = content.booking
    blocks: list[tuple[str, Block]] = [
        ("when", WithTitle("When", Deadline(), inline=True)),
        ("length", _titled("Length", f"{booking.minutes} min")),
    ]
    if booking.place.strip():
        blocks.append(("place", _titled("Place", " ".join(booking.place.split()))))
    for number, person in enumerate(content.people[:10]):
        name = Link(person.name or "–", Redirect(person.page))
        blocks.append((f"with{number or ''}", WithTitle("With", name, inline=True)))
    if booking.note.strip():
        blocks.append(("note", LargeText(booking.note.strip())))
    tag = _WEIGHTS.get(booking.priority)
    return Layout(
        _ICONS[booking.kind],
        Header(content.title.strip() or "–", tags=() if tag is None else (("weight", tag),)),
        Logo(_LOGO),
        tuple(blocks),
        _footer(content),
    )


def content_from(raw: object, reminders: Sequence[Reminder] = ()) -> CardContent | None:
    """What a card of ours says; None where its layout cannot be read."""
    try:
        layout = layout_from(raw)
    except LayoutRefusedError:
        return None
    blocks = dict(layout.blocks)
    length = _LENGTH.fullmatch(_words(blocks.get("length")))
    minutes = int(length[1]) if length else USUAL_MIN
    booking = CrmBooking(
        _words(blocks.get("note")).replace("\r\n", "\n").strip(),
        next((kind for kind, code in _ICONS.items() if code == layout.icon), EventKind.EVENT),
        min(max(minutes, 1), LONGEST_MIN),
        tuple(reminders),
        _words(blocks.get("place")).strip(),
        _priority(dict(layout.header.tags)),
    )
    return CardContent(shown(layout.header.title), booking)


def _titled(title: str, words: str) -> WithTitle:
    return WithTitle(title, TextBlock(words, shade=Shade.DARKEST), inline=True)


def _footer(content: CardContent) -> Footer:
    buttons = []
    if content.people:
        page = Redirect(content.people[0].page)
        buttons.append(("contact", Button("Open contact", ButtonType.SECONDARY, page)))
    if content.link:
        parley = Redirect(content.link)
        buttons.append(("parley", Button("Parley", ButtonType.PRIMARY, parley)))
    items = tuple(
        (f"with{number}", MenuItem(person.name or "–", Redirect(person.page)))
        for number, person in enumerate(content.people[1:10])
    )
    return Footer(tuple(buttons), Menu(items=items))


def _words(block: Block | None) -> str:
    match block:
        case WithTitle(block=TextBlock(value=value)) | TextBlock(value=value):
            return shown(value)
        case LargeText(value=value):
            return shown(value)
        case _:
            return ""


def _priority(tags: Mapping[str, Tag]) -> Priority:
    tag = tags.get("weight")
    kinds = {one.type: priority for priority, one in _WEIGHTS.items()}
    return Priority.NORMAL if tag is None else kinds.get(tag.type, Priority.NORMAL)
