"""Plain text out of HTML, BB code and entities: nothing foreign is ever shown as markup."""

import html
import re

_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\s*/?\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[!/a-zA-Z][^<>]{0,2000}>")
_BB_LINK = re.compile(r"\[url=([^\[\]\s]{1,2000})\](.{0,2000}?)\[/url\]", re.IGNORECASE | re.DOTALL)
_BB_TAG = re.compile(
    r"\[/?(?:b|i|u|s|p|url|img|quote|code|list|table|tr|td|th|user|size|color|font|left|right"
    r"|center|justify|video|spoiler|disk|mention)(?:[= ][^\]\n]{0,500})?\]",
    re.IGNORECASE,
)
_BB_ITEM = re.compile(r"\[\*\]")
_MANY_BREAKS = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """``text`` without HTML tags, with its line breaks and with entities decoded once."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return _tidy(html.unescape(text))


def plain_bb(text: str) -> str:
    """``text`` without BB code; a link keeps its address behind its words."""
    if "[" in text:
        text = _BB_LINK.sub(_link, text)
        text = _BB_TAG.sub("", _BB_ITEM.sub("- ", text))
    return _tidy(text)


def plain_rich(text: str) -> str:
    """``text`` of which nobody says whether it is HTML or BB code."""
    return plain_bb(plain_text(text))


def one_line(text: str) -> str:
    """A title: entities decoded once, white space folded."""
    return " ".join(html.unescape(text).split())


def _link(match: re.Match[str]) -> str:
    address, words = match[1], match[2]
    return words if address in words else f"{words} ({address})"


def _tidy(text: str) -> str:
    return _MANY_BREAKS.sub("\n\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
