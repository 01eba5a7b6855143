"""The parts around the blocks: header, tags, logo, footer buttons, menu."""

from dataclasses import dataclass
from enum import Enum

from desktop.services.api.bitrix24.activities.layout.actions import Action, action_wire, read_action
from desktop.services.api.bitrix24.activities.layout.fields import Fields, filled, mapped
from desktop.services.api.bitrix24.activities.layout.texts import Scope, Text, read_text, told

MOST_TAGS = 2
MOST_BUTTONS = 2


class TagType(Enum):
    """The colour of a tag; of badges, too."""

    WARNING = "warning"
    SUCCESS = "success"
    FAILURE = "failure"
    PRIMARY = "primary"
    SECONDARY = "secondary"


class ButtonType(Enum):
    """How much a button stands out."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Tag:
    """A coloured word beside the title."""

    title: Text
    type: TagType
    action: Action | None = None
    scope: Scope | None = None
    hide_if_readonly: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The first line."""

    title: Text
    action: Action | None = None
    tags: tuple[tuple[str, Tag], ...] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """The large sign at the body's side."""

    code: str
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the footer."""

    title: Text
    type: ButtonType
    action: Action
    scope: Scope | None = None
    hide_if_readonly: bool = False


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An own entry of the footer's menu."""

    title: Text
    action: Action
    scope: Scope | None = None
    hide_if_readonly: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """The footer's menu: which of the portal's entries it has, and own ones."""

    pin: bool = True
    postpone: bool = True
    delete: bool = True
    items: tuple[tuple[str, MenuItem], ...] = ()


@dataclass(frozen=True, slots=True)
class Footer:
    """The last line."""

    buttons: tuple[tuple[str, Button], ...] = ()
    menu: Menu | None = None


def read_header(fields: Fields) -> Header:
    """The header."""
    fields.only("title", "titleAction", "tags")
    fields.require("title")
    return Header(
        read_text(fields, "title"),
        _action(fields, "titleAction"),
        fields.items("tags", _read_tag, most=MOST_TAGS),
    )


def header_wire(header: Header) -> dict[str, object]:
    """The header for the wire."""
    return {
        "title": told(header.title),
        **filled(titleAction=action_wire(header.action), tags=mapped(header.tags, _tag_wire)),
    }


def read_logo(fields: Fields) -> Logo:
    """The logo."""
    fields.only("code", "action")
    fields.require("code")
    return Logo(fields.string("code"), _action(fields, "action"))


def logo_wire(logo: Logo) -> dict[str, object]:
    """The logo for the wire."""
    return {"code": logo.code, **filled(action=action_wire(logo.action))}


def read_footer(fields: Fields) -> Footer:
    """The footer."""
    fields.only("buttons", "menu")
    menu = _read_menu(fields.inner("menu")) if fields.has("menu") else None
    return Footer(fields.items("buttons", _read_button, most=MOST_BUTTONS), menu)


def footer_wire(footer: Footer) -> dict[str, object]:
    """The footer for the wire."""
    menu = None if footer.menu is None else _menu_wire(footer.menu)
    return filled(buttons=mapped(footer.buttons, _button_wire), menu=menu)


def _read_tag(fields: Fields) -> Tag:
    fields.only("title", "type", "action", "scope", "hideIfReadonly")
    fields.require("title", "type")
    kind = fields.choice("type", TagType)
    assert kind is not None
    return Tag(
        read_text(fields, "title"),
        kind,
        _action(fields, "action"),
        fields.choice("scope", Scope),
        fields.flag("hideIfReadonly"),
    )


def _tag_wire(tag: Tag) -> dict[str, object]:
    return {
        "title": told(tag.title),
        "type": tag.type.value,
        **filled(action=action_wire(tag.action), **_shown(tag)),
    }


def _read_button(fields: Fields) -> Button:
    fields.only("title", "type", "action", "scope", "hideIfReadonly")
    fields.require("title", "type", "action")
    kind = fields.choice("type", ButtonType)
    assert kind is not None
    return Button(
        read_text(fields, "title"),
        kind,
        read_action(fields.inner("action")),
        fields.choice("scope", Scope),
        fields.flag("hideIfReadonly"),
    )


def _button_wire(button: Button) -> dict[str, object]:
    return {
        "title": told(button.title),
        "type": button.type.value,
        "action": action_wire(button.action),
        **filled(**_shown(button)),
    }


def _read_menu(fields: Fields) -> Menu:
    fields.only("showPinItem", "showPostponeItem", "showDeleteItem", "items")
    return Menu(
        fields.flag("showPinItem", usual=True),
        fields.flag("showPostponeItem", usual=True),
        fields.flag("showDeleteItem", usual=True),
        fields.items("items", _read_item),
    )


def _menu_wire(menu: Menu) -> dict[str, object]:
    return {
        "showPinItem": menu.pin,
        "showPostponeItem": menu.postpone,
        "showDeleteItem": menu.delete,
        **filled(items=mapped(menu.items, _item_wire)),
    }


def _read_item(fields: Fields) -> MenuItem:
    fields.only("title", "action", "scope", "hideIfReadonly")
    fields.require("title", "action")
    return MenuItem(
        read_text(fields, "title"),
        read_action(fields.inner("action")),
        fields.choice("scope", Scope),
        fields.flag("hideIfReadonly"),
    )


def _item_wire(item: MenuItem) -> dict[str, object]:
    shown = filled(**_shown(item))
    return {"title": told(item.title), "action": action_wire(item.action), **shown}


def _shown(part: Tag | Button | MenuItem) -> dict[str, object]:
    scope = None if part.scope is None else part.scope.value
    return {"scope": scope, "hideIfReadonly": part.hide_if_readonly}


def _action(fields: Fields, name: str) -> Action | None:
    return read_action(fields.inner(name)) if fields.has(name) else None
