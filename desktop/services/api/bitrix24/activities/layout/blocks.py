"""The content blocks of a layout's body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.services.api.bitrix24.activities.layout.actions import Action, action_wire, read_action
from desktop.services.api.bitrix24.activities.layout.fields import Fields, filled, mapped
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError
from desktop.services.api.bitrix24.activities.layout.texts import Scope, Text, read_text, told

MOST_BLOCKS = 20
"""In a body, and in a line."""


class Size(Enum):
    """How large a text is."""

    SMALLEST = "xs"
    SMALL = "sm"
    MEDIUM = "md"


class Shade(Enum):
    """How dark a text is."""

    LIGHTEST = "base_50"
    LIGHT = "base_60"
    DARK = "base_70"
    DARKEST = "base_90"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Some words; ``tip`` shows when the mouse rests on them."""

    value: Text
    multiline: bool = False
    tip: Text = ""
    bold: bool = False
    size: Size | None = None
    shade: Shade | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class LargeText:
    """Many words, folded until they are wanted."""

    value: Text
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: Text
    action: Action
    bold: bool = False
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The activity's deadline, to be changed on the spot unless it is read only."""

    read_only: bool = False
    scope: Scope | None = None


SmallBlock = TextBlock | Link | Deadline
"""What may stand within another block."""


@dataclass(frozen=True, slots=True)
class WithTitle:
    """A block behind, or below, a title."""

    title: Text
    block: SmallBlock
    inline: bool = False
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class LineOfBlocks:
    """Blocks side by side, by their keys."""

    blocks: tuple[tuple[str, SmallBlock], ...]
    scope: Scope | None = None


Block = SmallBlock | LargeText | WithTitle | LineOfBlocks

_SMALL = ("text", "link", "deadline")


def read_block(fields: Fields) -> Block:
    """A content block: its type, and what that has."""
    fields.only("type", "properties")
    fields.require("type")
    reader = _READERS.get(fields.string("type"))
    if reader is None:
        raise LayoutRefusedError(LayoutFault.ENUM, fields.at("type"))
    properties = fields.inner("properties") if fields.has("properties") else None
    return reader(properties or Fields({}, fields.at("properties"), fields.languages))


def block_wire(block: Block) -> dict[str, object]:
    """A content block for the wire."""
    kind, properties = _told(block)
    scope = None if block.scope is None else block.scope.value
    return {"type": kind, "properties": {**properties, **filled(scope=scope)}}


def _read_text_block(fields: Fields) -> TextBlock:
    fields.only("value", "multiline", "title", "bold", "size", "color", "scope")
    fields.require("value")
    return TextBlock(
        read_text(fields, "value"),
        fields.flag("multiline"),
        read_text(fields, "title"),
        fields.flag("bold"),
        fields.choice("size", Size),
        fields.choice("color", Shade),
        fields.choice("scope", Scope),
    )


def _read_large_text(fields: Fields) -> LargeText:
    fields.only("value", "scope")
    fields.require("value")
    return LargeText(read_text(fields, "value"), fields.choice("scope", Scope))


def _read_link(fields: Fields) -> Link:
    fields.only("text", "action", "bold", "scope")
    fields.require("text", "action")
    return Link(
        read_text(fields, "text"),
        read_action(fields.inner("action")),
        fields.flag("bold"),
        fields.choice("scope", Scope),
    )


def _read_deadline(fields: Fields) -> Deadline:
    fields.only("readonly", "scope")
    return Deadline(fields.flag("readonly"), fields.choice("scope", Scope))


def _read_with_title(fields: Fields) -> WithTitle:
    fields.only("title", "block", "inline", "scope")
    fields.require("title", "block")
    return WithTitle(
        read_text(fields, "title"),
        _read_small(fields.inner("block")),
        fields.flag("inline"),
        fields.choice("scope", Scope),
    )


def _read_line(fields: Fields) -> LineOfBlocks:
    fields.only("blocks", "scope")
    fields.require("blocks")
    blocks = fields.items("blocks", _read_small, most=MOST_BLOCKS)
    return LineOfBlocks(blocks, fields.choice("scope", Scope))


def _read_small(fields: Fields) -> SmallBlock:
    fields.require("type")
    if fields.string("type") not in _SMALL:
        raise LayoutRefusedError(LayoutFault.ENUM, fields.at("type"))
    block = read_block(fields)
    assert isinstance(block, SmallBlock)
    return block


_READERS: Mapping[str, Callable[[Fields], Block]] = {
    "text": _read_text_block,
    "largeText": _read_large_text,
    "link": _read_link,
    "deadline": _read_deadline,
    "withTitle": _read_with_title,
    "lineOfBlocks": _read_line,
}


def _told(block: Block) -> tuple[str, dict[str, object]]:
    match block:
        case TextBlock():
            return "text", {
                "value": told(block.value),
                **filled(
                    multiline=block.multiline,
                    title=told(block.tip),
                    bold=block.bold,
                    size=None if block.size is None else block.size.value,
                    color=None if block.shade is None else block.shade.value,
                ),
            }
        case LargeText():
            return "largeText", {"value": told(block.value)}
        case Link():
            action = action_wire(block.action)
            return "link", {"text": told(block.text), "action": action, **filled(bold=block.bold)}
        case Deadline():
            return "deadline", {"readonly": block.read_only}
        case WithTitle():
            inner = block_wire(block.block)
            title = {"title": told(block.title), "block": inner}
            return "withTitle", {**title, **filled(inline=block.inline)}
        case LineOfBlocks():
            return "lineOfBlocks", {"blocks": mapped(block.blocks, block_wire) or {}}
