"""The layout of a configurable activity, checked as strictly as the server does (section 4.6)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .errors import RestError

Check = Callable[[str, Any, Sequence[str]], None]
"""Field's name, its value and the portal's languages; RestError for what cannot be."""

_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Dto:
    """An object of the layout: its fields; required ones end in ``*``."""

    fields: Mapping[str, Check]

    def __call__(self, name: str, value: Any, languages: Sequence[str]) -> None:
        """Check an object of this kind."""
        if not isinstance(value, dict):
            raise _wrong(name)
        known = {key.rstrip("*"): check for key, check in self.fields.items()}
        for key in value:
            if key not in known:
                text = f'Field "{key}" is not described in the object'
                raise RestError("FIELD_IS_REDUNDANT", text)
        for key in self.fields:
            if key.endswith("*") and value.get(key[:-1]) in (None, "", {}, []):
                raise _required(key[:-1])
        for key, part in value.items():
            if part is not None:
                known[key](key, part, languages)


def _wrong(name: str) -> RestError:
    return RestError("WRONG_FIELD_VALUE", f'Field "{name}" has wrong value')


def _required(name: str) -> RestError:
    return RestError("FIELD_IS_REQUIRED", f'Field "{name}" is required')


def _string(name: str, value: Any, languages: Sequence[str]) -> None:
    if not isinstance(value, str):
        raise _wrong(name)


def _flag(name: str, value: Any, languages: Sequence[str]) -> None:
    if not isinstance(value, bool) and value not in ("true", "false", "Y", "N", 0, 1):
        raise _wrong(name)


def _pixels(name: str, value: Any, languages: Sequence[str]) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name)


def _anything(name: str, value: Any, languages: Sequence[str]) -> None:
    if not isinstance(value, (dict, list)):
        raise _wrong(name)


def check_text(name: str, value: Any, languages: Sequence[str]) -> None:
    """A string, or texts by the codes of languages that the portal has."""
    if isinstance(value, str):
        return
    if not isinstance(value, dict) or not value:
        raise _wrong(name)
    for code, text in value.items():
        if code not in languages:
            raise RestError("WRONG_LANG", f'Language "{code}" is not available')
        _string(name, text, languages)


def _one_of(*allowed: str) -> Check:
    def check(name: str, value: Any, languages: Sequence[str]) -> None:
        if value not in allowed:
            told = ", ".join(allowed)
            raise RestError("ENUM_FIELD", f'Field "{name}" must be one of: {told}')

    return check


def _map_of(part: Check, most: int, *, filled: bool = False) -> Check:
    def check(name: str, value: Any, languages: Sequence[str]) -> None:
        entries = dict(enumerate(value)) if isinstance(value, list) else value
        if not isinstance(entries, dict):
            raise _wrong(name)
        if filled and not entries:
            raise _required(name)
        if len(entries) > most:
            raise RestError("TOO_MANY_ITEMS", f'Field "{name}" has more than {most} items')
        for key, entry in entries.items():
            if not _KEY.fullmatch(str(key)):
                text = f'Key "{key}" of field "{name}" contains wrong symbols'
                raise RestError("KEY_CONTAIN_WRONG_SYMBOLS", text)
            part(str(key), entry, languages)

    return check


_SCOPE: Final = _one_of("web", "mobile")
_SLIDER: Final = Dto({"width": _pixels, "leftBoundary": _pixels, "title": _string})
_ACTIONS: Final[dict[str, Mapping[str, Check]]] = {
    "redirect": {"type*": _string, "uri*": _string},
    "restEvent": {
        "type*": _string,
        "id*": _string,
        "actionParams": _anything,
        "animationType": _one_of("loader", "disable"),
    },
    "openRestApp": {"type*": _string, "actionParams": _anything, "sliderParams": _SLIDER},
}


def _action(name: str, value: Any, languages: Sequence[str]) -> None:
    if not isinstance(value, dict):
        raise _wrong(name)
    if not value.get("type"):
        raise _required("type")
    _one_of(*_ACTIONS)("type", value["type"], languages)
    Dto(_ACTIONS[value["type"]])(name, value, languages)
    slider = value.get("sliderParams") or {}
    if "width" in slider and "leftBoundary" in slider:
        raise _wrong("sliderParams")


def _blocks_of(*types: str) -> Check:
    def check(name: str, value: Any, languages: Sequence[str]) -> None:
        _BLOCK(name, value, languages)
        _one_of(*types)("type", value["type"], languages)
        Dto(_properties(value["type"]))("properties", value.get("properties") or {}, languages)

    return check


def _properties(block: str) -> Mapping[str, Check]:
    """What a block of that type may have; looked up late, for blocks stand in blocks."""
    simple = _blocks_of("text", "link", "deadline")
    return {
        "text": {
            "value*": check_text,
            "multiline": _flag,
            "title": check_text,
            "bold": _flag,
            "size": _one_of("xs", "sm", "md"),
            "color": _one_of("base_50", "base_60", "base_70", "base_90"),
            "scope": _SCOPE,
        },
        "largeText": {"value*": check_text, "scope": _SCOPE},
        "link": {"text*": check_text, "action*": _action, "bold": _flag, "scope": _SCOPE},
        "withTitle": {"title*": check_text, "block*": simple, "inline": _flag, "scope": _SCOPE},
        "lineOfBlocks": {"blocks*": _map_of(simple, 20, filled=True), "scope": _SCOPE},
        "deadline": {"readonly": _flag, "scope": _SCOPE},
    }[block]


_BLOCK: Final = Dto({"type*": _string, "properties": _anything})
_ANY_BLOCK: Final = _blocks_of("text", "largeText", "link", "withTitle", "lineOfBlocks", "deadline")
BLOCKS: Final = _map_of(_ANY_BLOCK, 20, filled=True)
"""1 to 20 content blocks."""
_TAG: Final = Dto(
    {
        "title*": check_text,
        "type*": _one_of("warning", "success", "failure", "primary", "secondary"),
        "action": _action,
        "scope": _SCOPE,
        "hideIfReadonly": _flag,
    }
)
_BUTTON: Final = Dto(
    {
        "title*": check_text,
        "type*": _one_of("primary", "secondary"),
        "action*": _action,
        "scope": _SCOPE,
        "hideIfReadonly": _flag,
    }
)
_ITEM: Final = Dto(
    {"title*": check_text, "action*": _action, "scope": _SCOPE, "hideIfReadonly": _flag}
)
_MENU: Final = Dto(
    {
        "showPinItem": _flag,
        "showPostponeItem": _flag,
        "showDeleteItem": _flag,
        "items": _map_of(_ITEM, 1000),
    }
)
_LAYOUT: Final = Dto(
    {
        "icon*": Dto({"code*": _string}),
        "header*": Dto({"title*": check_text, "titleAction": _action, "tags": _map_of(_TAG, 2)}),
        "body*": Dto({"logo*": Dto({"code*": _string, "action": _action}), "blocks": BLOCKS}),
        "footer": Dto({"buttons": _map_of(_BUTTON, 2), "menu": _MENU}),
    }
)


def check_layout(layout: Any, languages: Sequence[str]) -> None:
    """Refuse a layout as the server would; an empty one is ERROR_EMPTY_LAYOUT."""
    if not layout:
        raise RestError("ERROR_EMPTY_LAYOUT", "Layout can not be empty")
    _LAYOUT("layout", layout, languages)


def check_blocks(layout: Any, languages: Sequence[str]) -> None:
    """Refuse extra blocks as the server would: an object with nothing but ``blocks``."""
    Dto({"blocks*": BLOCKS})("layout", layout, languages)


def in_language(text: Any, languages: Sequence[str]) -> str:
    """The text in English, else in the first language."""
    if isinstance(text, dict):
        return str(text.get("en") or next(iter(text.values())))
    return str(text)
