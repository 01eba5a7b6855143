"""The one style sheet, filled with the colours of a look."""

from dataclasses import fields
from string import Template

from desktop.ui.palettes import Theme
from desktop.ui.resources import resource


def style_sheet(theme: Theme) -> str:
    """``resources/style.qss`` with its ``$names`` replaced by what ``theme`` says."""
    names = {field.name: getattr(theme.colors, field.name).name() for field in fields(theme.colors)}
    names["marks"] = resource("icons/marks").as_posix()
    names["look"] = theme.name
    return Template(resource("style.qss").read_text("utf-8")).substitute(names)
