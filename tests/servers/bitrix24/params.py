"""Request parameters: JSON, forms and queries, decoded as PHP does it."""

import re
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from .errors import RestError
from .values import Row

_SUBKEY = re.compile(r"\[([^\]]*)\]")


def parse_query(text: str) -> Row:
    """A PHP-style query: ``filter[>ID]=5&select[]=ID`` gives nested maps and lists.

    All values are strings. Maps with the keys 0, 1, ... become lists.
    """
    tree: Row = {}
    for pair in text.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            _insert(tree, unquote_plus(name), unquote_plus(value))
    return {name: _listed(value) for name, value in tree.items()}


def _insert(tree: Row, name: str, value: str) -> None:
    base, bracket, rest = name.partition("[")
    steps = _SUBKEY.findall(bracket + rest)
    node, key = tree, base
    for step in steps:
        child = node.get(key)
        if not isinstance(child, dict):
            child = node[key] = {}
        node = child
        key = step or str(_next_index(node))
    node[key] = value


def _next_index(node: Row) -> int:
    return max((int(key) for key in node if key.isdigit()), default=-1) + 1


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(child) for key, child in value.items()}
    if inner and list(inner) == [str(index) for index in range(len(inner))]:
        return list(inner.values())
    return inner


def parse_body(body: bytes, content_type: str) -> Row:
    """The parameters of a POST body of any of the accepted types."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return _parse_multipart(body, content_type)
    if kind == "application/x-www-form-urlencoded":
        return parse_query(body.decode("utf-8", "replace"))
    if not body.strip():
        return {}
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if kind == "application/json":
            raise RestError("INVALID_REQUEST", "Invalid request body") from None
        return parse_query(body.decode("utf-8", "replace"))
    return decoded if isinstance(decoded, dict) else {}


def _parse_multipart(body: bytes, content_type: str) -> Row:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    tree: Row = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            _insert(tree, name, payload.decode("utf-8", "replace"))
    return {name: _listed(value) for name, value in tree.items()}
