"""What happens on a click."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from desktop.services.api.bitrix24.activities.layout.fields import Fields, filled
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError

Params = Mapping[str, object]
_NONE: Params = MappingProxyType({})


class ActionType(Enum):
    """The portal's words."""

    REDIRECT = "redirect"
    REST_EVENT = "restEvent"
    OPEN_APP = "openRestApp"


class Animation(Enum):
    """What is locked until the application has answered: the record, or the button."""

    LOADER = "loader"
    DISABLE = "disable"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Goes to an address: one of the portal's opens in a slider, any other in a new tab."""

    uri: str


@dataclass(frozen=True, slots=True)
class RestEvent:
    """Tells the application; nothing for a program that no portal can call."""

    id: str
    params: Params = field(default_factory=lambda: _NONE)
    animation: Animation | None = None


@dataclass(frozen=True, slots=True)
class OpenApp:
    """Opens the application's own page in a slider of ``width`` or from ``left_boundary``, in
    pixels; not both.
    """

    params: Params = field(default_factory=lambda: _NONE)
    width: int | None = None
    left_boundary: int | None = None
    title: str = ""


Action = Redirect | RestEvent | OpenApp


def read_action(fields: Fields) -> Action:
    """An action."""
    fields.require("type")
    kind = fields.choice("type", ActionType)
    if kind is ActionType.REDIRECT:
        fields.only("type", "uri")
        fields.require("uri")
        return Redirect(fields.string("uri"))
    if kind is ActionType.REST_EVENT:
        fields.only("type", "id", "actionParams", "animationType")
        fields.require("id")
        animation = fields.choice("animationType", Animation)
        return RestEvent(fields.string("id"), _params(fields), animation)
    fields.only("type", "actionParams", "sliderParams")
    slider = Fields({}) if not fields.has("sliderParams") else fields.inner("sliderParams")
    slider.only("width", "leftBoundary", "title")
    width, left = slider.number("width"), slider.number("leftBoundary")
    if width is not None and left is not None:
        raise LayoutRefusedError(LayoutFault.VALUE, slider.path)
    return OpenApp(_params(fields), width, left, slider.string("title"))


def action_wire(action: Action | None) -> dict[str, object] | None:
    """An action for the wire."""
    match action:
        case None:
            return None
        case Redirect(uri):
            return {"type": ActionType.REDIRECT.value, "uri": uri}
        case RestEvent(name, params, animation):
            return {
                "type": ActionType.REST_EVENT.value,
                "id": name,
                **filled(
                    actionParams=dict(params) or None,
                    animationType=None if animation is None else animation.value,
                ),
            }
        case OpenApp(params, width, left, title):
            slider = filled(leftBoundary=left, title=title)
            if width is not None:
                slider["width"] = width
            return {
                "type": ActionType.OPEN_APP.value,
                **filled(actionParams=dict(params) or None, sliderParams=slider or None),
            }


def _params(fields: Fields) -> Params:
    raw = fields.raw("actionParams")
    if raw is None:
        return _NONE
    if isinstance(raw, list):
        raw = {str(place): value for place, value in enumerate(raw)}
    if not isinstance(raw, Mapping):
        raise LayoutRefusedError(LayoutFault.VALUE, fields.at("actionParams"))
    return MappingProxyType({str(name): value for name, value in raw.items()})
