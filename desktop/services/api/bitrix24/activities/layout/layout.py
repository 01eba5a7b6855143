"""Layout: the whole of it, read and written."""

from dataclasses import dataclass

from desktop.services.api.bitrix24.activities.layout.blocks import (
    MOST_BLOCKS,
    Block,
    block_wire,
    read_block,
)
from desktop.services.api.bitrix24.activities.layout.fields import Fields, filled, mapped
from desktop.services.api.bitrix24.activities.layout.parts import (
    Footer,
    Header,
    Logo,
    footer_wire,
    header_wire,
    logo_wire,
    read_footer,
    read_header,
    read_logo,
)
from desktop.services.api.bitrix24.activities.layout.refusals import LayoutFault, LayoutRefusedError


@dataclass(frozen=True, slots=True)
class Layout:
    """LayoutDto of ``crm.activity.configurable.*``. ``icon`` is a code of the portal's list."""

    icon: str
    header: Header
    logo: Logo
    blocks: tuple[tuple[str, Block], ...]
    footer: Footer | None = None


def layout_from(raw: object, languages: frozenset[str] | None = None) -> Layout:
    """A layout as it goes over the wire; `LayoutRefusedError` where the portal would refuse it.

    ``languages``: those that the portal has; None where that is not known.
    """
    if not raw:
        raise LayoutRefusedError(LayoutFault.EMPTY)
    fields = Fields(raw, "", languages)
    fields.only("icon", "header", "body", "footer")
    fields.require("icon", "header", "body")
    icon = fields.inner("icon")
    icon.only("code")
    icon.require("code")
    body = fields.inner("body")
    body.only("logo", "blocks")
    body.require("logo")
    if body.has("blocks"):
        body.require("blocks")
    return Layout(
        icon.string("code"),
        read_header(fields.inner("header")),
        read_logo(body.inner("logo")),
        body.items("blocks", read_block, most=MOST_BLOCKS),
        read_footer(fields.inner("footer")) if fields.has("footer") else None,
    )


def layout_wire(layout: Layout, languages: frozenset[str] | None = None) -> dict[str, object]:
    """The layout for the wire; raises `LayoutRefusedError` rather than let the portal refuse it."""
    body = {
        "logo": logo_wire(layout.logo),
        **filled(blocks=mapped(layout.blocks, block_wire)),
    }
    footer = None if layout.footer is None else footer_wire(layout.footer)
    wire: dict[str, object] = {
        "icon": {"code": layout.icon},
        "header": header_wire(layout.header),
        "body": body,
        **filled(footer=footer or None),
    }
    layout_from(wire, languages)
    return wire
