"""Why the portal would refuse a layout: its own codes."""

from enum import Enum


class LayoutFault(Enum):
    """The codes of ``crm.activity.configurable.add`` that a layout can be refused with."""

    EMPTY = "ERROR_EMPTY_LAYOUT"
    REQUIRED = "FIELD_IS_REQUIRED"
    REDUNDANT = "FIELD_IS_REDUNDANT"
    """A key that the layout does not have there."""
    ENUM = "ENUM_FIELD"
    """None of the words that are allowed there."""
    TOO_MANY = "TOO_MANY_ITEMS"
    KEY = "KEY_CONTAIN_WRONG_SYMBOLS"
    LANGUAGE = "WRONG_LANG"
    VALUE = "WRONG_FIELD_VALUE"
    """A value of another type than the field's."""


class LayoutRefusedError(ValueError):
    """The portal would refuse the layout; ``path`` leads there: ``body.blocks.when.type``."""

    def __init__(self, fault: LayoutFault, path: str = "") -> None:
        super().__init__(f"{fault.value} at {path or 'the layout'}")
        self.fault = fault
        self.path = path
